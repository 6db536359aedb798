" Columnist for Vim with ALE: to be sourced from your vimrc, after ALE is on the runtime path.
" Everything about text is decided in the server; this says where it is and what it is for.

if exists('g:loaded_columnist')
    finish
endif
let g:loaded_columnist = 1

let g:columnist_program = get(g:, 'columnist_program', 'columnist')

function! ColumnistRoot(buffer) abort
    let l:settings = ale#path#FindNearestFile(a:buffer, 'columnist.toml')
    let l:git = ale#path#FindNearestDirectory(a:buffer, '.git')
    if !empty(l:settings)
        return fnamemodify(l:settings, ':h')
    endif
    return empty(l:git) ? expand('#' . a:buffer . ':p:h') : fnamemodify(l:git, ':h:h')
endfunction

for s:filetype in ['markdown', 'text']
    call ale#linter#Define(s:filetype, {
    \   'name': 'columnist',
    \   'lsp': 'stdio',
    \   'executable': {-> g:columnist_program},
    \   'command': '%e lsp',
    \   'language': s:filetype is# 'text' ? 'plaintext' : s:filetype,
    \   'project_root': function('ColumnistRoot'),
    \})
endfor
