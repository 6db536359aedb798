;;; columnist.el --- Merged columns and references in transcriptions -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1") (eglot "1.9"))
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; Tells eglot of the language server `columnist', and gives its commands names: `columnist-repair' and the others.
;; Everything about text is decided in the server.

;;; Code:

(require 'eglot)

(defgroup columnist nil
  "Merged columns and references in transcriptions."
  :group 'text)

(defcustom columnist-program "columnist"
  "The program."
  :type 'string)

(defcustom columnist-modes '((markdown-mode :language-id "markdown") (text-mode :language-id "plaintext"))
  "The modes whose buffers are transcriptions, with what the server calls them."
  :type '(repeat sexp))

(add-to-list 'eglot-server-programs
             (cons columnist-modes (lambda (&rest _) (list columnist-program "lsp"))))

(defun columnist--execute (command &rest argument)
  "Have the server execute COMMAND with ARGUMENT, a property list."
  (eglot--signal-textDocument/didChange)
  (jsonrpc-request (eglot--current-server-or-lose) :workspace/executeCommand
                   (list :command command :arguments (vector argument))))

(defun columnist--uri ()
  "The address of the buffer's document."
  (plist-get (eglot--TextDocumentIdentifier) :uri))

(defun columnist--here (command &rest more)
  "Have the server execute COMMAND at point, with MORE."
  (apply #'columnist--execute command
         :uri (columnist--uri) :position (eglot--pos-to-lsp-position) more))

(defun columnist--say (&rest word)
  "Say WORD of the lines of the region, or of the line of point."
  (let ((first (if (use-region-p) (region-beginning) (line-beginning-position)))
        (last (if (use-region-p) (region-end) (line-end-position))))
    (apply #'columnist--execute "columnist/say"
           :uri (columnist--uri)
           :range (list :start (eglot--pos-to-lsp-position first) :end (eglot--pos-to-lsp-position last))
           word)))

(defun columnist-repair ()
  "Put the block at point in reading order."
  (interactive)
  (columnist--here "columnist/repair"))

(defun columnist-repair-document (doubtful)
  "Put every block that is beyond doubt in reading order; with a prefix argument, DOUBTFUL ones too."
  (interactive "P")
  (columnist--execute "columnist/repair" :uri (columnist--uri) :doubtful (if doubtful t :json-false)))

(defun columnist-left ()
  "Say that these lines stand in the left column."
  (interactive)
  (columnist--say :word "left"))

(defun columnist-right ()
  "Say that these lines stand in the right column."
  (interactive)
  (columnist--say :word "right"))

(defun columnist-full-width ()
  "Say that these lines run over the full width of the page."
  (interactive)
  (columnist--say :word "fullWidth"))

(defun columnist-columns (number)
  "Say that these lines were set in NUMBER columns."
  (interactive "nIn how many columns were these lines set? ")
  (columnist--say :word "columns" :number number))

(defun columnist-forget ()
  "Take back what was said of these lines."
  (interactive)
  (columnist--say :word "nothing"))

(defun columnist-move-split (words)
  "Move the split of this line by WORDS to the right."
  (interactive "p")
  (columnist--here "columnist/moveSplit" :by words))

(defun columnist-merge-back ()
  "Take back the repair of these lines."
  (interactive)
  (columnist--here "columnist/mergeBack"))

(defun columnist-not-merged ()
  "Mark the block at point as no merge."
  (interactive)
  (columnist--here "columnist/notMerged"))

(defun columnist-status ()
  "Tell how far the work on the report is."
  (interactive)
  (message "%s" (plist-get (columnist--execute "columnist/status") :summary)))

(provide 'columnist)

;;; columnist.el ends here
