"""Roofs and walls with windows, seen through a camera."""

from collections.abc import Sequence
from itertools import pairwise

from lifecycle.demo.drawing.camera import FRONT, LEFT, RIGHT, TOP, Camera, Flat, Point, lit, mix, sides

TILE = "#5c666e"
Plan = tuple[float, float, float, float]


def _ring(plan: Plan, inset: Flat, z: float) -> list[Point]:
    x0, y0, x1, y1 = plan
    dx, dy = inset
    return [(x0 + dx, y0 + dy, z), (x1 - dx, y0 + dy, z), (x1 - dx, y1 - dy, z), (x0 + dx, y1 - dy, z)]


def hipped(camera: Camera, plan: Plan, eaves: float, top: float, hip: float, *, colour: str = TILE) -> str:
    """A hipped tile roof over `plan` with a gently hollow slope; `hip` is how far the ridge stays inside the ends."""
    depth = (plan[3] - plan[1]) / 2
    shares = [step / 6 for step in range(7)]
    rings = [
        _ring(plan, (hip * t, depth * t * 0.995), eaves + (top - eaves) * (0.55 * t + 0.45 * t * t)) for t in shares
    ]
    slopes = []
    for side, light in ((2, 0.8), (3, LEFT), (1, RIGHT), (0, FRONT)):
        slopes += [_strip(camera, low, high, side, lit(colour, light)) for low, high in pairwise(rings)]
        slopes.append(_tiles(camera, rings, side, lit(colour, light * 0.82)))
    ridge = [rings[-1][3], rings[-1][2]]
    fascia = mix(colour, "#d8cfbf", 0.45)
    edges = sides((plan[0], plan[1], eaves - 0.28), (plan[2], plan[3], eaves))[1:5]
    board = "".join(camera.face(points, lit(fascia, light)) for points, light in edges if camera.facing(points))
    cap = camera.box(
        (ridge[0][0] - 0.3, ridge[0][1] - 0.22, top - 0.1), (ridge[1][0] + 0.3, ridge[1][1] + 0.22, top + 0.4), colour
    )
    return board + "".join(slopes) + cap


def soffit(camera: Camera, plan: Plan, eaves: float) -> str:
    """The underside of a roof, to be drawn before the walls that stand below it."""
    points, _ = sides((plan[0], plan[1], eaves - 0.28), (plan[2], plan[3], eaves))[5]
    return camera.face(points, "#7c7468") if camera.facing(points) else ""


def _strip(camera: Camera, low: Sequence[Point], high: Sequence[Point], side: int, fill: str) -> str:
    after = (side + 1) % 4
    points = [low[side], low[after], high[after], high[side]]
    return camera.face(points, fill, stroke=fill, stroke_width=0.8) if camera.facing(points) else ""


def _tiles(camera: Camera, rings: Sequence[Sequence[Point]], side: int, colour: str) -> str:
    """The lines of the tiles, from the eaves to the ridge."""
    after = (side + 1) % 4
    first = rings[0]
    if not camera.facing([first[side], first[after], rings[1][after], rings[1][side]]):
        return ""
    length = abs(first[after][0] - first[side][0]) + abs(first[after][1] - first[side][1])
    count = max(4, int(length / 0.7))
    lines = []
    for k in range(1, count):
        t = k / count
        for low, high in pairwise(rings):
            lines.append(camera.line(_along(low, side, t), _along(high, side, t), 0.06, colour, opacity=0.55))
    lines += [camera.line(low[side], high[side], 0.16, lit(colour, 0.8)) for low, high in pairwise(rings)]
    return "".join(lines)


def _along(ring: Sequence[Point], side: int, t: float) -> Point:
    a, b = ring[side], ring[(side + 1) % 4]
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2]


def gabled(camera: Camera, plan: Plan, eaves: float, top: float, *, colour: str = TILE, wall: str = "#efe9dd") -> str:
    """A saddle roof whose ridge runs along the longer side, on white gables."""
    x0, y0, x1, y1 = plan
    if x1 - x0 >= y1 - y0:
        middle = (y0 + y1) / 2
        ends = [(x0 + 0.8, middle, top), (x1 - 0.8, middle, top)]
        slopes = [([(x0, y0), (x1, y0)], FRONT, 1), ([(x1, y1), (x0, y1)], 0.85, -1)]
    else:
        middle = (x0 + x1) / 2
        ends = [(middle, y0 + 0.8, top), (middle, y1 - 0.8, top)]
        slopes = [([(x0, y1), (x0, y0)], TOP, -1), ([(x1, y0), (x1, y1)], RIGHT, 1)]
    parts = [_gable(camera, plan, eaves, top, wall)]
    for foot, light, way in slopes:
        crown = [(*end[:2], top) for end in (ends if way > 0 else ends[::-1])]
        crown = _over(crown, foot)
        parts.append(_slope(camera, [(*foot[0], eaves), (*foot[1], eaves), crown[1], crown[0]], lit(colour, light)))
    start, end = ends
    parts.append(camera.line(_over([start, end], [start[:2], end[:2]])[0], end, 0.5, lit(colour, 0.7)))
    return "".join(parts)


def _over(crown: Sequence[Point], foot: Sequence[Flat]) -> list[Point]:
    """The ridge's ends drawn out to stand over the ends of the eaves."""
    if abs(foot[0][0] - foot[1][0]) > abs(foot[0][1] - foot[1][1]):
        return [(foot[i][0], crown[i][1], crown[i][2]) for i in (0, 1)]
    return [(crown[i][0], foot[i][1], crown[i][2]) for i in (0, 1)]


def _slope(camera: Camera, points: list[Point], fill: str) -> str:
    if not camera.facing(points):
        return ""
    a, b, c, d = points
    length = abs(a[0] - b[0]) + abs(a[1] - b[1])
    lines = []
    for k in range(1, int(length / 0.6)):
        t = k / int(length / 0.6)
        low = (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2])
        high = (d[0] + (c[0] - d[0]) * t, d[1] + (c[1] - d[1]) * t, d[2])
        lines.append(camera.line(low, high, 0.07, lit(fill, 0.8), opacity=0.6))
    edge = camera.line(a, b, 0.3, lit(fill, 0.72))
    return camera.face(points, fill) + "".join(lines) + edge


def _gable(camera: Camera, plan: Plan, eaves: float, top: float, wall: str) -> str:
    x0, y0, x1, y1 = plan
    mx, my, inset = (x0 + x1) / 2, (y0 + y1) / 2, 0.8
    if x1 - x0 >= y1 - y0:
        faces = [
            ([(x0 + inset, y1, eaves), (x0 + inset, y0, eaves), (x0 + inset, my, top)], LEFT),
            ([(x1 - inset, y0, eaves), (x1 - inset, y1, eaves), (x1 - inset, my, top)], RIGHT),
        ]
    else:
        faces = [([(x0, y0 + inset, eaves), (x1, y0 + inset, eaves), (mx, y0 + inset, top)], FRONT)]
    return "".join(camera.face(points, lit(wall, light)) for points, light in faces if camera.facing(points))


def openings(
    camera: Camera, line: tuple[Flat, Flat], heights: Flat, count: int, *, share: float = 0.6, glass: str = "#6f8894"
) -> str:
    """A row of windows with frames in the wall over `line`; `share` is how much of the length is glass."""
    at = camera.wall(*line)
    if not camera.facing([at(0, 0), at(1, 0), at(1, 1)]):
        return ""
    low, high = heights
    parts = []
    for k in range(count):
        left, right = (k + 0.5 - share / 2) / count, (k + 0.5 + share / 2) / count
        pane = [at(left, low), at(right, low), at(right, high), at(left, high)]
        parts.append(camera.face(pane, glass, stroke="#5a4a3c", stroke_width=1.6))
        glint = [
            at(left, high - (high - low) * 0.45),
            at(right, high - (high - low) * 0.2),
            at(right, high),
            at(left, high),
        ]
        parts.append(camera.face(glint, "#dce8ea", opacity=0.38))
        middle = (left + right) / 2
        parts.append(camera.line(at(middle, low), at(middle, high), 0.06, "#5a4a3c"))
    return "".join(parts)
