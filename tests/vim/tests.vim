" What a user does in Vim with ALE, with the example report.
set nocompatible hidden
let g:ale_linters_explicit = 1
let g:ale_linters = {'markdown': ['columnist'], 'text': ['columnist']}
let g:ale_fix_on_save = 0
filetype plugin on
packadd ale
runtime plugin/ale.vim
execute 'source' $REPOSITORY . '/editors/vim/columnist.vim'

let s:failed = 0
function! s:Say(line) abort
    call writefile([a:line], '/dev/stdout', 'a')
endfunction

function! s:Wait(what, condition) abort
    let l:start = reltime()
    while reltimefloat(reltime(l:start)) < 45
        if eval(a:condition)
            return
        endif
        sleep 20m
    endwhile
    throw 'waited in vain for ' . a:what
endfunction

function! s:Equal(actual, expected) abort
    if a:actual !=# a:expected
        throw 'expected ' . string(a:expected) . ', got ' . string(a:actual)
    endif
endfunction

function! s:Open(file) abort
    execute 'edit' fnameescape($EXAMPLES . '/report/' . a:file)
    call ale#Queue(0)
endfunction

function! Findings() abort
    return filter(copy(ale#engine#GetLoclist(bufnr(''))), 'v:val.linter_name ==# "columnist"')
endfunction

function! s:Finding() abort
    call s:Open('4-los-eind.md')
    call s:Wait('the finding', 'len(Findings()) == 1')
    let l:found = Findings()[0]
    call s:Equal([l:found.lnum, l:found.col], [3, 5])
endfunction

function! s:Definition() abort
    call s:Open('1-haven.txt')
    call s:Wait('the server', '!empty(getbufvar(bufnr(""), "ale_linted", 0))')
    call cursor(23, 98)
    ALEGoToDefinition
    call s:Wait('the jump', 'expand("%:t") ==# "2-onderhoud.md"')
    call s:Equal(line('.'), 37)
endfunction

function! s:Edit() abort
    call s:Open('4-los-eind.md')
    call s:Wait('the finding', 'len(Findings()) == 1')
    call setline(3, 'Zie niets.')
    call ale#Queue(0)
    call s:Wait('the finding to go', 'empty(Findings())')
endfunction

for [s:name, s:case] in [
\   ['a reference that leads nowhere is a problem, where it stands', function('s:Finding')],
\   ['ALEGoToDefinition leads from a reference to the chapter in another file', function('s:Definition')],
\   ['an edit takes its finding along', function('s:Edit')],
\]
    try
        call s:case()
        call s:Say('ok: ' . s:name)
    catch
        let s:failed = 1
        call s:Say('FAIL: ' . s:name . ': ' . v:exception)
    endtry
endfor
call ale#lsp#StopAll()
if s:failed | cquit | endif
qall!
