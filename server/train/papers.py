#!/usr/bin/env python3
"""Pages in two columns as others set them, for the judge to learn from: out of the papers, guides and newsletters in the
documentation of TeX Live and ConTeXt, flattened into lines as PDF readers flatten them that sort words by their height on
the page. Which column a word is in is told by the gutter, the strip in the middle that the fewest words reach into.

    server/train/papers.py FOLDER      needs apt-get, dpkg-deb, tar and pdftotext (poppler-utils)

FOLDER keeps the PDF files of the packages, 1 GB, for the next run. Written there are papers.jsonl, to learn from, and
kept-back.jsonl, to measure on: half of the documents each. A page is told as everywhere in this project, {"id", "lang",
"lines": [{"text", "cells": [[column, start, end], ...] or null}]}, counted in characters.
"""

import bisect
import hashlib
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from itertools import pairwise
from xml.etree import ElementTree

PACKAGES = [
    "context",
    "texlive-base",
    "texlive-bibtex-extra",
    "texlive-extra-utils",
    "texlive-fonts-extra-doc",
    "texlive-games",
    "texlive-humanities-doc",
    "texlive-lang-english",
    "texlive-lang-european",
    "texlive-lang-french",
    "texlive-lang-german",
    "texlive-lang-italian",
    "texlive-lang-other",
    "texlive-lang-portuguese",
    "texlive-lang-spanish",
    "texlive-latex-base-doc",
    "texlive-latex-extra-doc",
    "texlive-latex-recommended-doc",
    "texlive-luatex",
    "texlive-metapost-doc",
    "texlive-music",
    "texlive-pictures-doc",
    "texlive-plain-generic",
    "texlive-pstricks-doc",
    "texlive-publishers-doc",
    "texlive-science-doc",
    "texlive-xetex",
]

# So many pages of a document at the most, and only of its first ones.
MOST_PAGES, LOOKED_AT = 14, 60
# Words are on one line whose tops are no further apart, in points; what pdfplumber takes.
TOLERANCE = 3
BLIND_TEXT = re.compile(r"\b(lorem|ipsum|dolor|amet|consectetu\w+|vestibulum|nulla|quisque)\b")
LETTERS = re.compile(r"[a-zäöüßéèêàçñáíóúåøæ]", re.IGNORECASE)


@dataclass
class Line:
    """A line as pdftotext tells it: of one column, where it is not over both."""

    left: float
    right: float
    words: int = 0
    block: int = 0


@dataclass
class Word:
    text: str
    left: float
    right: float
    top: float
    line: Line


@dataclass
class Columns:
    """The edges of both columns, and the middle of the gutter between them, in points."""

    left: float
    left_end: float
    right: float
    right_end: float
    gutter: float
    # Blocks that reach over both.
    wide: set = field(default_factory=set)

    def holds(self, row, slack=3):
        """Whether all words of a row are in the columns, and none reaches over the gutter or is of a block over both."""
        middle = (self.left_end + self.right) / 2
        return all(
            word.line.block not in self.wide
            and not word.left < middle - 1.5 < middle + 1.5 < word.right
            and self.left - slack - 12 < word.left
            and word.right < self.right_end + slack
            for word in row
        )

    def is_full(self, line):
        """Whether a line fills its column."""
        left = abs(line.left - self.left) < 15 and self.left_end - 25 < line.right < self.right
        return left or abs(line.left - self.right) < 15 and self.right_end - 25 < line.right < self.right_end + 4


def pages(pdf):
    """The first pages of a PDF file, with their width."""
    command = ["pdftotext", "-bbox-layout", "-l", str(LOOKED_AT), pdf, "-"]
    try:
        told = subprocess.run(command, capture_output=True, check=False, timeout=40).stdout.decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        return
    for page in re.findall(r"<page .*?</page>", told, re.DOTALL):
        try:
            page = ElementTree.fromstring(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", page))
        except ElementTree.ParseError:
            continue
        yield float(page.get("width")), list(words(page))


def words(page):
    for number, block in enumerate(page.iter("block")):
        for told in block.iter("line"):
            line = Line(float(told.get("xMin")), float(told.get("xMax")), block=number)
            for word in told.iter("word"):
                text = "".join((word.text or "").split())
                left, right, top, bottom = (float(word.get(name)) for name in ("xMin", "xMax", "yMin", "yMax"))
                if text:
                    line.words += 1
                    # Anything higher stands on its side.
                    if bottom - top < 40:
                        yield Word(text, left, right, top, line)


def nth(numbers, share):
    numbers = sorted(numbers)
    return numbers[int((len(numbers) - 1) * share)]


def most_common(numbers, near=2.0):
    """How many numbers lie nearest to one another, and their middle."""
    numbers = sorted(numbers)
    alike = lambda at: bisect.bisect_right(numbers, numbers[at] + near) - at
    first = max(range(len(numbers)), key=alike, default=None)
    return (0, 0.0) if first is None else (alike(first), numbers[first + alike(first) // 2])


def find_gutter(words, lines, width):
    """The middle of the strip left of most of the right column's lines that the fewest words reach into."""
    count, start = most_common([line.left for line in lines if 0.3 * width < line.left < 0.75 * width])
    if count < 10:
        return None
    covered = [0] * (int(width) + 2)
    for word in words:
        for x in range(max(0, int(word.left + 0.5)), min(len(covered), int(word.right + 0.5))):
            covered[x] += 1
    tried = range(int(start - 0.12 * width), int(start))
    least = min(covered[x] for x in tried)
    if least > 0.25 * max(covered):
        return None
    best, run = (0, 0.0), 0
    for x in tried:
        run = run + 1 if covered[x] <= least + 0.01 * len(words) else 0
        best = max(best, (run, x + 1 - run / 2))
    return best[1] if best[0] >= 4 else None


def find_columns(words, width):
    every = list({id(word.line): word.line for word in words}.values())
    lines = [line for line in every if line.words >= 4]
    gutter = find_gutter(words, lines, width)
    if gutter is None:
        return None
    left = [line for line in lines if line.right < gutter]
    right = [line for line in lines if line.left > gutter]
    if min(len(left), len(right)) < 10:
        return None
    edges = nth([line.left for line in left], 0.05), nth([line.right for line in left], 0.95)
    edges += nth([line.left for line in right], 0.05), nth([line.right for line in right], 0.95)
    columns = Columns(*edges, gutter)
    if not 4 < columns.right - columns.left_end < 50:
        return None
    if not 0.6 < (columns.left_end - columns.left) / (columns.right_end - columns.right) < 1.6:
        return None
    full = [line.words for line in left if line.right > columns.left_end - 10]
    full += [line.words for line in right if line.right > columns.right_end - 10]
    if len(full) < 15 or statistics.median(full) < 5:
        return None
    crossing = (line for line in every if line.left < columns.left_end - 8 and line.right > columns.right + 8)
    columns.wide = {line.block for line in crossing}
    return columns


def in_rows(words):
    rows, last = [], None
    for word in sorted(words, key=lambda word: word.top):
        if last is None or word.top > last + TOLERANCE:
            rows.append([])
        rows[-1].append(word)
        last = word.top
    return [sorted(row, key=lambda word: word.left) for row in rows]


def find_body(rows, columns):
    """The rows of the columns, from the first to past the last: headings above and pictures within belong to them, what
    stands above or below something over both columns does not, nor do the running header and the folio."""
    full = [any(columns.is_full(word.line) for word in row) and columns.holds(row) for row in rows]
    if sum(full) < 12:
        return None
    tops = [min(word.top for word in row) for row in rows]
    gaps = [below - above for above, below in pairwise(tops)]
    pitch = max(statistics.median(gaps), 8)
    first, last = full.index(True), len(full) - 1 - full[::-1].index(True)
    crossed = [not columns.holds(row) for row in rows]
    if not any(crossed[2:first]):
        head = next((at + 1 for at in (1, 0) if gaps[at] > 1.5 * pitch), 1)
        first = min(first, head)
    if not any(crossed[last + 1 : -2]):
        foot = next((len(rows) - 1 - at for at in (1, 0) if gaps[-1 - at] > 1.5 * pitch), len(rows))
        last = max(last, foot - 1)
    while first > 0 and gaps[first - 1] < 2.2 * pitch and columns.holds(rows[first - 1]):
        first -= 1
    while last + 1 < len(rows) and gaps[last] < 1.8 * pitch and columns.holds(rows[last + 1]):
        last += 1
    return range(first, last + 1)


def flatten(words, width):
    """The lines of a page, or nothing where it is not set in two columns."""
    letters = "".join(word.text for word in words)
    if not 150 < len(words) < 2500 or len(LETTERS.findall(letters)) < 0.7 * len(letters):
        return None
    columns = find_columns(words, width)
    rows = in_rows(words)
    body = find_body(rows, columns) if columns else None
    if body is None:
        return None
    lines = [flat_line(row, columns, at in body) for at, row in enumerate(rows)]
    inside = [line for line in lines if line["cells"]]
    split = sum(len(line["cells"]) > 1 for line in inside)
    return lines if split >= 12 and 2 * len(inside) >= len(lines) else None


def flat_line(row, columns, is_inside):
    cells, at = [], 0
    for word in row:
        column = int((word.left + word.right) / 2 > columns.gutter)
        if cells and cells[-1][0] == column:
            cells[-1][2] = at + len(word.text)
        else:
            cells.append([column, at, at + len(word.text)])
        at += len(word.text) + 1
    is_inside = is_inside and len(cells) < 3 and columns.holds(row, slack=25)
    return {"text": " ".join(word.text for word in row), "cells": cells if is_inside else None}


def is_prose(lines):
    """Whether most of a page is prose in a living language: not an index, code, a table or blind text."""
    text = " ".join(line["text"] for line in lines)
    tokens = text.split()
    share = lambda holds: sum(map(bool, map(holds, tokens))) / len(tokens)
    if text.count(". .") > 10 or text.count("...") > 25 or len(BLIND_TEXT.findall(text.lower())) > 4:
        return False
    if share(lambda token: "\\" in token or token in "{}") > 0.03 or share(lambda token: len(token) < 2) > 0.3:
        return False
    if share(lambda token: re.fullmatch(r"[^\W\d_]{3,}[.,;:)]?", token)) < 0.45:
        return False
    split = [line for line in lines if line["cells"] and len(line["cells"]) > 1]
    cells = lambda line: (line["text"][start:end].split() for _, start, end in line["cells"])
    wordy = sum(all(len(cell) >= 4 for cell in cells(line)) for line in split)
    return wordy >= 8 and wordy >= 0.4 * len(split)


def unpack(package, folder):
    """Fetches a package and keeps its PDF files."""
    if (folder / package).is_dir():
        return
    with tempfile.TemporaryDirectory(dir=folder) as work:
        subprocess.run(["apt-get", "download", "-qq", package], cwd=work, check=True)
        (deb,) = pathlib.Path(work).glob("*.deb")
        (pathlib.Path(work) / "pdf").mkdir()
        tar = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", deb], stdout=subprocess.PIPE)
        subprocess.run(["tar", "-x", "-C", f"{work}/pdf", "--wildcards", "*.pdf"], stdin=tar.stdout, check=True)
        (pathlib.Path(work) / "pdf").rename(folder / package)


def columned(folder):
    """The pages in two columns of all packages, each with the name of its document's folder."""
    seen = set()
    for package in PACKAGES:
        unpack(package, folder)
        for pdf in sorted((folder / package).rglob("*.pdf")):
            kept = 0
            for number, (width, words) in enumerate(pages(pdf), 1):
                lines = flatten(words, width)
                if not lines or not is_prose(lines):
                    continue
                # The same sample is set in many ways.
                long = {line["text"] for line in lines if len(line["text"]) > 30}
                if len(long & seen) > 0.2 * len(long):
                    continue
                seen |= long
                yield pdf.parent.name, {"id": f"{pdf.parent.name}/{pdf.stem}-p{number}", "lang": "xx", "lines": lines}
                kept += 1
                if kept == MOST_PAGES:
                    break


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "papers.jsonl").open("w") as papers, (folder / "kept-back.jsonl").open("w") as kept_back:
        for name, page in columned(folder):
            # Documents of one folder often share their words.
            half = hashlib.md5(name.encode()).digest()[-1] % 2
            print(json.dumps(page, ensure_ascii=False), file=kept_back if half else papers, flush=True)


if __name__ == "__main__":
    main()
