"""Reports made up for measuring, in Markdown, so that every server has something to say of them: numbered headings,
references in prose, and a link to a heading, which all can follow. The same every time."""

import os
import random

WORDS = """de het een van in is dat op te en voor met zijn die niet aan er om bij door naar uit ook over haven dienst water
kade schepen onderzoek jaar gemeente rapport metingen toezicht planning kosten uitgaven inkomsten sluis brug dijk polder
bestuur commissie aanbeveling conclusie periode begroting overzicht veiligheid beheer onderhoud werkzaamheden""".split()


def page(chance, number):
    """A page of some 6 kB: a heading, prose with a reference, and a link to the heading."""
    title = " ".join(chance.sample(WORDS[24:], 3)).capitalize()
    slug = f"{number} {title}".lower().replace(" ", "-")
    lines = [f"## {number} {title}", "", f"Zie [{title}](#{slug}) en hoofdstuk {max(1, number - 1)}. [Niets](#niets)", ""]
    for _ in range(9):
        words = [chance.choice(WORDS) for _ in range(100)]
        words[0], words[-1] = words[0].capitalize(), words[-1] + "."
        words[50] = f"(zie hoofdstuk {chance.randint(1, number)})"
        line = ""
        for word in words:
            if len(line) + len(word) > 90:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines += [line, ""]
    return "\n".join(lines) + "\n"


def file(folder, size):
    """A folder with one file of about so many bytes."""
    path = os.path.join(folder, f"one-{size}")
    if not os.path.isdir(path):
        chance, parts, length = random.Random(6), ["# Verslag\n\n"], 0
        while length < size:
            parts.append(page(chance, len(parts)))
            length += len(parts[-1])
        os.mkdir(path)
        write(os.path.join(path, "report.md"), "".join(parts))
    return path


def folder(folder, count):
    """A folder of so many pages."""
    path = os.path.join(folder, f"many-{count}")
    if not os.path.isdir(path):
        chance = random.Random(6)
        os.mkdir(path)
        for number in range(1, count + 1):
            write(os.path.join(path, f"p{number:05}.md"), page(chance, number))
    return path


def write(path, text):
    with open(path, "w", encoding="utf-8") as to:
        to.write(text)
