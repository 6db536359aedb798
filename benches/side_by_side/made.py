"""Reports made up for measuring, in Markdown, so that every server has something to say of them: numbered headings,
references in prose, and a link to a heading, which all can follow. The same every time."""

import os
import random

# Sentences with places for words, so that the prose reads on as prose does: what looks for lines that do not would
# otherwise look at little else.
SENTENCES = """De {a} heeft in {t} langs de hele {b} gemeten hoe diep het water daar nog is.
In {t} werd de {b} voor het eerst sinds lang weer helemaal nagekeken door de {a}.
Daaruit bleek dat het onderhoud van de {b} meer kost dan de {a} had verwacht.
De {a} stelt daarom voor om de werkzaamheden aan de {b} in {t} te beginnen.
Wie met een schip langs de {b} wil, moet zich eerst melden bij de {a}.
Zolang de {b} niet is hersteld, kan de {a} geen grote schepen toelaten.
De kosten daarvan zijn niet in de begroting van de {a} opgenomen.
Ook de bewoners bij de {b} hebben in {t} laten weten dat zij last hebben van het verkeer.
Het bestuur van de {a} is van mening dat de {b} in de eerste plaats veilig moet zijn.
Volgens de {a} is het toezicht op de {b} in {t} sterk verbeterd.
De resultaten van dat onderzoek zijn in {t} aan de {a} aangeboden.
Omdat de {b} te smal is voor twee schepen naast elkaar, ontstaat daar vaak oponthoud.
De {a} verwacht dat dit in {t} niet anders zal zijn.
Met de gemeente is afgesproken dat zij de {b} overneemt zodra het werk klaar is.
Dat was ook de conclusie van de commissie die de {a} had ingesteld.""".splitlines()
BODIES = "dienst haven gemeente commissie inspectie provincie rekenkamer stichting vereniging beheerder".split()
THINGS = "kade sluis brug dijk polder oever steiger vaargeul haveningang werf loods spoorlijn".split()
TIMES = "het voorjaar|de zomer|het najaar|de winter|januari|maart|mei|juli|september|november".split("|")


def sentence(chance):
    """One of the sentences, with words in its places."""
    return chance.choice(SENTENCES).format(a=chance.choice(BODIES), b=chance.choice(THINGS), t=chance.choice(TIMES))


def page(chance, number):
    """A page of some 6 kB: a heading, prose with a reference, and a link to the heading."""
    title = " ".join([chance.choice(THINGS).capitalize(), "en", chance.choice(THINGS)])
    slug = f"{number} {title}".lower().replace(" ", "-")
    lines = [f"## {number} {title}", "", f"Zie [{title}](#{slug}) en hoofdstuk {max(1, number - 1)}. [Niets](#niets)", ""]
    for _ in range(9):
        sentences = [sentence(chance) for _ in range(8)]
        sentences[4] = sentences[4][:-1] + f" (zie hoofdstuk {chance.randint(1, number)})."
        line = ""
        for word in " ".join(sentences).split():
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
