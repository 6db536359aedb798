"""How figures grow, as a picture: both scales logarithmic, a line a server."""

import math

COLOURS = ["#0b6e99", "#c4572b", "#5b8c3e", "#8a5a9e", "#a08020", "#666666"]
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 320, 60, 170, 40, 40


def draw(path, title, lines):
    """Writes a picture of lines, each a list of pairs of a size and a figure, which may be none."""
    points = [(x, max(y, 0.1)) for line in lines.values() for x, y in line if y is not None]
    if not points:
        return
    xs, ys = [math.log10(x) for x, _ in points], [math.log10(y) for _, y in points]
    left, right, low, high = min(xs), max(xs), math.floor(min(ys)), math.ceil(max(ys) + 1e-9)

    def place(x, y):
        across = (math.log10(x) - left) / ((right - left) or 1)
        up = (math.log10(max(y, 0.1)) - low) / ((high - low) or 1)
        return LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
           f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>', f'<text x="{LEFT}" y="20" font-size="14">{title}</text>']
    for power in range(low, high + 1):
        _, y = place(10**left, 10**power)
        out.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#dddddd"/>')
        out.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{10**power:,g}</text>')
    for x in sorted({x for x, _ in points}):
        across, _ = place(x, 10**low)
        out.append(f'<text x="{across:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{x:,}</text>')
    ends = []
    for (name, line), colour in zip(lines.items(), COLOURS):
        placed = [place(x, y) for x, y in line if y is not None]
        if not placed:
            continue
        way = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        out.append(f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in placed]
        ends.append((placed[-1], name, colour))
    # Names that would lie on one another make way downwards.
    below = 0
    for (x, y), name, colour in sorted(ends, key=lambda end: end[0][1]):
        below = max(y + 4, below + 14)
        out.append(f'<text x="{x + 8:.1f}" y="{below:.1f}" fill="{colour}">{name}</text>')
    out.append("</svg>\n")
    with open(path, "w", encoding="utf-8") as to:
        to.write("\n".join(out))
