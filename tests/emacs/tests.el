;;; What a user does in Emacs, with the example report. -*- lexical-binding: t; -*-
(require 'package)
(package-initialize)
(require 'columnist)
(require 'flymake)
(require 'imenu)
(require 'xref)

(setq eglot-confirm-server-initiated-edits nil eglot-sync-connect 10 eglot-autoshutdown nil make-backup-files nil)
(define-derived-mode markdown-mode text-mode "Markdown")
(add-to-list 'auto-mode-alist '("\\.md\\'" . markdown-mode))

(defvar report (expand-file-name "report/" (getenv "EXAMPLES")))

(defun wait-for (what condition)
  "Wait until CONDITION gives something, and give it; WHAT says what is waited for."
  (let ((end (+ (float-time) 45)) result)
    (while (and (not (setq result (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.02))
    (or result (error "Waited in vain for %s" what))))

(defun open-in (file)
  "Open FILE of the report, with the server."
  (find-file (concat report file))
  (unless (eglot-managed-p)
    (if (eglot-current-server)
        (eglot--maybe-activate-editing-mode)
      (apply #'eglot--connect (eglot--guess-contact))))
  (wait-for "the server" #'eglot-managed-p))

(defun findings (code)
  "The findings of CODE in this buffer."
  (flymake-start)
  (seq-filter (lambda (finding)
                (string-match-p (regexp-quote code) (flymake-diagnostic-text finding)))
              (flymake-diagnostics)))

(defun equally (actual expected)
  "Hold ACTUAL to EXPECTED."
  (unless (equal actual expected)
    (error "Expected %S, got %S" expected actual)))

(defvar failed nil)
(defmacro test (name &rest body)
  "Run BODY as the test NAME."
  `(condition-case err
       (progn ,@body (message "ok: %s" ,name))
     (error (setq failed t) (message "FAIL: %s: %s" ,name (error-message-string err)))))

(test "a reference that leads nowhere is a Flymake diagnostic, where it stands"
      (open-in "4-los-eind.md")
      (let ((found (car (wait-for "the finding" (lambda () (findings "hoofdstuk 7"))))))
        (equally (line-number-at-pos (flymake-diagnostic-beg found)) 3)))

(test "imenu is the outline"
      (open-in "2-onderhoud.md")
      (let ((index (format "%S" (funcall imenu-create-index-function))))
        (unless (string-match-p "2\\.3 De kosten" index) (error "%s" index))))

(test "xref leads from a reference to the chapter in another file"
      (open-in "1-haven.txt")
      (goto-char (point-min))
      (search-forward "hoofdstuk 2.3")
      (backward-char)
      (xref-find-definitions (xref-backend-identifier-at-point (xref-find-backend)))
      (equally (file-name-nondirectory buffer-file-name) "2-onderhoud.md")
      (equally (line-number-at-pos) 37))

(test "lines are said to be columns, repaired, and the repair is one undo"
      (open-in "1-haven.txt")
      (buffer-enable-undo)
      (let ((before (buffer-string)))
        (goto-char (point-min))
        (forward-line 3)
        (push-mark (point) t t)
        (forward-line 20)
        (end-of-line)
        (let ((transient-mark-mode t) (mark-active t)) (columnist-columns 2))
        (deactivate-mark)
        (wait-for "the finding" (lambda () (findings "ran together")))
        (goto-char (point-min))
        (forward-line 4)
        (undo-boundary)
        (columnist-repair)
        ;; Emacs in batch mode takes what the server asks of it while it waits for an answer itself.
        (columnist--execute "columnist/status")
        (wait-for "the repair" (lambda () (not (equal before (buffer-string)))))
        (unless (> (count-lines (point-min) (point-max)) 35) (error "No more lines than before"))
        (undo-boundary)
        (setq last-command nil)
        (undo)
        (equally (buffer-string) before)
        (eglot--signal-textDocument/didChange)))

(test "the state of the report is told"
      (let ((status (columnist--execute "columnist/status")))
        (unless (string-match-p "still merged" (plist-get status :summary)) (error "%S" status))))

(dolist (buffer (buffer-list))
  (with-current-buffer buffer (set-buffer-modified-p nil)))
(test "the server leaves when it is told to"
      (let ((server (eglot-current-server)))
        (eglot-shutdown server)
        (wait-for "its end" (lambda () (not (jsonrpc-running-p server))))))
(kill-emacs (if failed 1 0))
