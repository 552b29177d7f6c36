"""The bundled line icons, read from their SVG files and drawn as vectors on paper."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Final
from xml.etree import ElementTree as ET

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from facilitator_kit import paths

BOX: Final = 24.0
"""Every icon is drawn on a square of this many units."""

Step = tuple[str, tuple[float, ...]]
"""M (x y), L (x y), C (x1 y1 x2 y2 x y) or Z, in absolute units, y downwards."""

_COMMANDS: Final = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)")
_NUMBER: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_ARC: Final = re.compile(
    r"\s*,?\s*({n})\s*,?\s*({n})\s*,?\s*({n})\s*,?\s*([01])\s*,?\s*([01])\s*,?\s*({n})\s*,?\s*({n})".replace(
        "{n}", _NUMBER.pattern
    )
)
_ARITY: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2}
# Control points at this share of the radius make a cubic curve of a quarter circle.
_KAPPA: Final = 0.5522847498


def exists(name: str) -> bool:
    """Is there an icon of that name?"""
    return bool(re.fullmatch(r"[a-z0-9-]+", name)) and (paths.ICONS / f"{name}.svg").is_file()


def draw_icon(
    canvas: Canvas, name: str, x: float, y: float, size: float, colour: Color, weight: float = 2
) -> None:
    """Draw the icon in a square of `size` points whose lower left corner is (x, y).

    `weight` is the stroke in the icon's own units. An unknown name draws nothing.
    """
    if not exists(name):
        return
    canvas.saveState()
    canvas.translate(x, y + size)
    canvas.scale(size / BOX, -size / BOX)
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(weight)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    path = canvas.beginPath()
    for command, values in steps_of(name):
        _add(path, command, values)
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.restoreState()


def _add(path: PDFPathObject, command: str, v: tuple[float, ...]) -> None:
    if command == "M":
        path.moveTo(v[0], v[1])
    elif command == "L":
        path.lineTo(v[0], v[1])
    elif command == "C":
        path.curveTo(v[0], v[1], v[2], v[3], v[4], v[5])
    else:
        path.close()


@cache
def steps_of(name: str) -> tuple[Step, ...]:
    """The icon as moves, lines and curves on its square, y downwards."""
    root = ET.fromstring((paths.ICONS / f"{name}.svg").read_text("utf-8"))
    steps: list[Step] = []
    for element in root.iter():
        shape = element.tag.rpartition("}")[2]

        def number(key: str, default: float = 0, of: ET.Element = element) -> float:
            return float(of.get(key, default))

        if shape == "path":
            steps += path_steps(element.get("d", ""))
        elif shape == "circle":
            steps += _ellipse(number("cx"), number("cy"), number("r"), number("r"))
        elif shape == "ellipse":
            steps += _ellipse(number("cx"), number("cy"), number("rx"), number("ry"))
        elif shape == "rect":
            steps += _rectangle(
                number("x"),
                number("y"),
                number("width"),
                number("height"),
                number("rx", number("ry")),
            )
        elif shape == "line":
            steps += [
                ("M", (number("x1"), number("y1"))),
                ("L", (number("x2"), number("y2"))),
            ]
        elif shape in ("polyline", "polygon"):
            values = [float(n) for n in _NUMBER.findall(element.get("points", ""))]
            pairs = list(zip(values[::2], values[1::2], strict=True))
            steps += [("M" if i == 0 else "L", pair) for i, pair in enumerate(pairs)]
            if shape == "polygon":
                steps.append(("Z", ()))
    return tuple(steps)


def _ellipse(cx: float, cy: float, rx: float, ry: float) -> list[Step]:
    kx, ky = rx * _KAPPA, ry * _KAPPA
    return [
        ("M", (cx + rx, cy)),
        ("C", (cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry)),
        ("C", (cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy)),
        ("C", (cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry)),
        ("C", (cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy)),
        ("Z", ()),
    ]


def _rectangle(x: float, y: float, w: float, h: float, r: float) -> list[Step]:
    if not r:
        corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
        return [("M" if i == 0 else "L", c) for i, c in enumerate(corners)] + [("Z", ())]
    k = r * (1 - _KAPPA)
    return [
        ("M", (x + r, y)),
        ("L", (x + w - r, y)),
        ("C", (x + w - k, y, x + w, y + k, x + w, y + r)),
        ("L", (x + w, y + h - r)),
        ("C", (x + w, y + h - k, x + w - k, y + h, x + w - r, y + h)),
        ("L", (x + r, y + h)),
        ("C", (x + k, y + h, x, y + h - k, x, y + h - r)),
        ("L", (x, y + r)),
        ("C", (x, y + k, x + k, y, x + r, y)),
        ("Z", ()),
    ]


def path_steps(data: str) -> list[Step]:
    """An SVG path's `d` as absolute moves, lines and cubic curves (SVG 1.1 §8.3)."""
    steps: list[Step] = []
    x = y = start_x = start_y = 0.0
    control: tuple[float, float] | None = None
    last = ""
    for letter, text in _COMMANDS.findall(data):
        command, relative = letter.upper(), letter.islower()
        if command == "Z":
            steps.append(("Z", ()))
            x, y, control, last = start_x, start_y, None, "Z"
            continue
        if command == "A":
            groups = [tuple(float(n) for n in match.groups()) for match in _ARC.finditer(text)]
        else:
            numbers = [float(n) for n in _NUMBER.findall(text)]
            size = _ARITY[command]
            groups = [tuple(numbers[i : i + size]) for i in range(0, len(numbers), size)]
        for group in groups:
            ox, oy = (x, y) if relative else (0.0, 0.0)
            if command == "M":
                x, y = group[0] + ox, group[1] + oy
                start_x, start_y = x, y
                steps.append(("M", (x, y)))
                command = "L"  # further pairs after a move are lines
            elif command in "LHV":
                if command != "V":
                    x = group[0] + ox
                if command != "H":
                    y = group[-1] + oy
                steps.append(("L", (x, y)))
            elif command in "CS":
                if command == "C":
                    first = (group[0] + ox, group[1] + oy)
                    rest = group[2:]
                else:
                    mirrored = control if control and last in "CS" else (x, y)
                    first = (2 * x - mirrored[0], 2 * y - mirrored[1])
                    rest = group
                control = (rest[0] + ox, rest[1] + oy)
                x, y = rest[2] + ox, rest[3] + oy
                steps.append(("C", (*first, *control, x, y)))
            elif command in "QT":
                if command == "Q":
                    point = (group[0] + ox, group[1] + oy)
                    end = (group[2] + ox, group[3] + oy)
                else:
                    mirrored = control if control and last in "QT" else (x, y)
                    point = (2 * x - mirrored[0], 2 * y - mirrored[1])
                    end = (group[0] + ox, group[1] + oy)
                steps.append(("C", _quadratic((x, y), point, end)))
                control, (x, y) = point, end
            else:
                end = (group[5] + ox, group[6] + oy)
                steps += _arc((x, y), end, group)
                x, y = end
            last = command
    return steps


def _quadratic(
    start: tuple[float, float], point: tuple[float, float], end: tuple[float, float]
) -> tuple[float, ...]:
    return (
        start[0] + 2 / 3 * (point[0] - start[0]),
        start[1] + 2 / 3 * (point[1] - start[1]),
        end[0] + 2 / 3 * (point[0] - end[0]),
        end[1] + 2 / 3 * (point[1] - end[1]),
        *end,
    )


def _arc(
    start: tuple[float, float], end: tuple[float, float], group: tuple[float, ...]
) -> list[Step]:
    """An elliptical arc as cubic curves: SVG 1.1, appendix F.6, from end points to the centre."""
    rx, ry, turn, large, sweep = abs(group[0]), abs(group[1]), group[2], group[3], group[4]
    if not rx or not ry or start == end:
        return [("L", end)]
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    dx, dy = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    px, py = cos * dx + sin * dy, -sin * dx + cos * dy
    excess = px * px / (rx * rx) + py * py / (ry * ry)
    if excess > 1:
        rx, ry = rx * math.sqrt(excess), ry * math.sqrt(excess)
    below = rx * rx * py * py + ry * ry * px * px
    factor = math.sqrt(max(0.0, (rx * rx * ry * ry - below) / below))
    if large == sweep:
        factor = -factor
    qx, qy = factor * rx * py / ry, -factor * ry * px / rx
    cx = cos * qx - sin * qy + (start[0] + end[0]) / 2
    cy = sin * qx + cos * qy + (start[1] + end[1]) / 2
    angle = math.atan2((py - qy) / ry, (px - qx) / rx)
    spread = math.atan2((-py - qy) / ry, (-px - qx) / rx) - angle
    if sweep and spread < 0:
        spread += 2 * math.pi
    elif not sweep and spread > 0:
        spread -= 2 * math.pi
    pieces = max(1, math.ceil(abs(spread) / (math.pi / 2) - 1e-9))
    step = spread / pieces
    handle = 4 / 3 * math.tan(step / 4)

    def place(u: float, v: float) -> tuple[float, float]:
        return cx + cos * rx * u - sin * ry * v, cy + sin * rx * u + cos * ry * v

    result: list[Step] = []
    for i in range(pieces):
        a, b = angle + i * step, angle + (i + 1) * step
        one = place(math.cos(a) - handle * math.sin(a), math.sin(a) + handle * math.cos(a))
        two = place(math.cos(b) + handle * math.sin(b), math.sin(b) - handle * math.cos(b))
        result.append(("C", (*one, *two, *place(math.cos(b), math.sin(b)))))
    return result
