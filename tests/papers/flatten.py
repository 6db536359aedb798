"""Pages drawn as text, a letter six points wide and a line twelve points high: what papers.py makes of them."""

import re
import sys

import papers

LETTER, PITCH = 6, 12
LEFT = [
    "The survey of the canals was made in",
    "four parts, and every part was done by",
    "a crew of its own. The first part took",
    "in the old harbour and the two locks",
    "that lead to the river, and it was all",
    "finished before the frost came in the",
    "year. Each crew sounded the bed of its",
    "canals at every tenth yard, and wrote",
]
RIGHT = [
    "each of the boats was weighed empty at",
    "the quay before it took its first load",
    "and once more after the last one of a",
    "day. The scales were those of the old",
    "grain office, and they were tested by",
    "the wharf twice in a year. Seven boats",
    "were found to leak, and three of them",
    "had to be broken up before the winter.",
]
GUTTER = 42


def drawn_page():
    """Two columns of forty lines each, a title and a picture's words over both, a header and a folio."""
    column = lambda lines: [lines[at % len(lines)] for at in range(40)]
    rows = [f"{left:<{GUTTER}}{right}" for left, right in zip(column(LEFT), column(RIGHT), strict=True)]
    # A row of the right column alone, and one of the left.
    rows[10] = " " * GUTTER + RIGHT[2]
    rows[11] = LEFT[3]
    title = "THE SURVEY OF THE CANALS AND OF ALL OF THE BOATS ON THEM, IN THE FIFTH YEAR"
    return ["", title, "", *rows, "", "", " " * 38 + "17"]


def words(rows):
    """The words of a drawn page, a line of a column each with its own."""
    for number, row in enumerate(rows):
        halves = [(0, row)] if number < 3 else [(0, row[:GUTTER]), (GUTTER, row[GUTTER:])]
        for start, half in halves:
            found = list(re.finditer(r"\S+", half))
            if not found:
                continue
            edges = [(start + match.start(), start + match.end()) for match in found]
            line = papers.Line(edges[0][0] * LETTER, edges[-1][1] * LETTER, len(found), number * 2 + (start > 0))
            for match, (left, right) in zip(found, edges, strict=True):
                yield papers.Word(match[0], left * LETTER, right * LETTER, 40 + number * PITCH, line)


def flat():
    return papers.flatten(list(words(drawn_page())), 85 * LETTER)


def cells(line):
    return None if line["cells"] is None else [(column, line["text"][start:end]) for column, start, end in line["cells"]]


def a_line_splits_at_the_gutter():
    assert cells(flat()[1]) == [(0, LEFT[0]), (1, RIGHT[0])], flat()[1]


def a_line_of_one_column_is_of_that_column():
    assert cells(flat()[11]) == [(1, RIGHT[2])], flat()[11]
    assert cells(flat()[12]) == [(0, LEFT[3])], flat()[12]


def what_stands_over_both_columns_or_below_them_is_outside():
    lines = flat()
    assert lines[0]["text"].startswith("THE SURVEY") and lines[0]["cells"] is None, lines[0]
    assert lines[-1] == {"text": "17", "cells": None}, lines[-1]


def a_page_of_one_column_is_none():
    rows = [f"{LEFT[at % 8]} {RIGHT[at % 8]}" for at in range(40)]
    line = lambda number, row: papers.Line(0, len(row) * LETTER, len(row.split()), number)
    told = []
    for number, row in enumerate(rows):
        this = line(number, row)
        for match in re.finditer(r"\S+", row):
            told.append(papers.Word(match[0], match.start() * LETTER, match.end() * LETTER, 40 + number * PITCH, this))
    assert papers.flatten(told, 85 * LETTER) is None


def a_page_of_prose_is_told_from_blind_text():
    assert papers.is_prose(flat())
    blind = [{"text": "lorem ipsum dolor sit amet consectetuer vestibulum nulla quisque", "cells": None}] * 20
    assert not papers.is_prose(blind)


TESTS = [
    a_line_splits_at_the_gutter,
    a_line_of_one_column_is_of_that_column,
    what_stands_over_both_columns_or_below_them_is_outside,
    a_page_of_one_column_is_none,
    a_page_of_prose_is_told_from_blind_text,
]


def main():
    failed = 0
    for test in TESTS:
        try:
            test()
            print(f"ok: {test.__name__}")
        except AssertionError as wrong:
            failed += 1
            print(f"FAIL: {test.__name__}: {wrong}")
    print(f"{len(TESTS) - failed} passed, {failed} failed, 0 skipped")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
