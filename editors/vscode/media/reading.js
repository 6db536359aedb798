/** Shows the paragraphs that the extension sends, and keeps the one that the editor is at on top. */
const editor = acquireVsCodeApi();
const main = document.querySelector('main');

window.addEventListener('message', ({ data }) => {
  if (data.paragraphs !== undefined) {
    main.replaceChildren(...data.paragraphs.map((paragraph) => shown(paragraph, data.explain)));
  }
  scrollTo(data.top);
});

function shown({ kind, depth, pieces }, explain) {
  const element = document.createElement(kind === 'heading' ? `h${Math.min(depth, 3)}` : 'p');
  element.className = kind;
  element.tabIndex = 0;
  for (const { text, range, doubtful } of pieces) {
    const piece = document.createElement('span');
    piece.textContent = text;
    piece.dataset.line = range.start.line;
    piece.dataset.character = range.start.character;
    if (doubtful) {
      piece.className = 'doubtful';
      piece.title = explain;
    }
    element.append(piece);
  }
  const go = (piece) => editor.postMessage({ line: Number(piece.dataset.line), character: Number(piece.dataset.character) });
  element.addEventListener('click', ({ target }) => go(target.closest('span') ?? element.firstChild));
  element.addEventListener('keydown', ({ key }) => key === 'Enter' && go(element.firstChild));
  return element;
}

/** The first piece, in the order of reading, that stands on the line or on one below it. */
function scrollTo(line) {
  const pieces = [...main.querySelectorAll('span')];
  const piece = pieces.find((piece) => Number(piece.dataset.line) >= line);
  if (piece !== undefined) {
    window.scrollTo({ top: line === 0 ? 0 : piece.getBoundingClientRect().top + window.scrollY - 8 });
  }
}

editor.postMessage({ ready: true });
