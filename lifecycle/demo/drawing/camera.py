"""A pinhole camera and the few solids that the demonstration pictures are built of.

World coordinates are metres: x to the right (east), y away from the viewer (north), z up. Pictures are 1920 x 1080 px.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

Point = tuple[float, float, float]
Flat = tuple[float, float]

WIDTH, HEIGHT = 1920, 1080
NEAR = 0.5
# How light each face is; the sun stands to the left, behind the viewer.
TOP, LEFT, FRONT, RIGHT, BACK, UNDER = 1.06, 1.0, 0.93, 0.76, 0.7, 0.62


def tag(name: str, body: str = "", /, **attributes: Any) -> str:
    """One SVG element; an underscore in an attribute's name stands for a hyphen."""
    listed = "".join(f' {key.rstrip("_").replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f"<{name}{listed}>{body}</{name}>"


def mix(first: str, second: str, share: float) -> str:
    """The colour that lies `share` (0 to 1) of the way from the first to the second; both `#rrggbb`."""
    share = min(max(share, 0.0), 1.0)
    channels = [(int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in channels)


def lit(colour: str, light: float) -> str:
    """The colour under more (above 1) or less (below 1) light; shade is a little blue, as it is outdoors."""
    return mix(colour, "#fffaf0", (light - 1) * 2) if light >= 1 else mix("#1f2a3c", colour, light)


def jitter(*seed: float) -> float:
    """A number in [0, 1) that looks random and is the same at every run."""
    value = (
        math.sin(sum(part * factor for part, factor in zip(seed, (12.9898, 78.233, 37.719), strict=False))) * 43758.5
    )
    return value - math.floor(value)


def path(points: Sequence[Flat], *, closed: bool = True, **attributes: Any) -> str:
    """A polygon or, if not closed, a polyline."""
    if len(points) < 2:
        return ""
    steps = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return tag("path", d=f"M{steps}{'Z' if closed else ''}", **attributes)


def smooth(points: Sequence[Flat], steps: int = 10) -> list[Flat]:
    """A closed Catmull-Rom curve through the points, as a dense polygon."""
    curve: list[Flat] = []
    count = len(points)
    for i in range(count):
        a, b, c, d = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        curve += [_between(a, b, c, d, step / steps) for step in range(steps)]
    return curve


def _between(a: Flat, b: Flat, c: Flat, d: Flat, t: float) -> Flat:
    def axis(k: int) -> float:
        bend = (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k]) * t**2 + (3 * b[k] - a[k] - 3 * c[k] + d[k]) * t**3
        return 0.5 * (2 * b[k] + (c[k] - a[k]) * t + bend)

    return axis(0), axis(1)


def _minus(a: Point, b: Point) -> Point:
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def _dot(a: Point, b: Point) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def _cross(a: Point, b: Point) -> Point:
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def _unit(a: Point) -> Point:
    length = math.sqrt(_dot(a, a))
    return a[0] / length, a[1] / length, a[2] / length


@dataclass(frozen=True)
class Camera:
    """Looks from `eye` to `target`; `focal` is in pixels, `centre` is where the line of sight meets the picture.

    With eye and target at one height, all verticals stay vertical and `centre` gives the height of the horizon.
    """

    eye: Point
    target: Point
    focal: float
    centre: Flat = (WIDTH / 2, HEIGHT / 2)

    @cached_property
    def axes(self) -> tuple[Point, Point, Point]:
        forward = _unit(_minus(self.target, self.eye))
        right = _unit(_cross(forward, (0, 0, 1)))
        return right, _cross(right, forward), forward

    def seen(self, point: Point) -> Point:
        """The point in the camera's own axes: right, up, depth."""
        away = _minus(point, self.eye)
        right, up, forward = self.axes
        return _dot(away, right), _dot(away, up), _dot(away, forward)

    def scale(self, point: Point) -> float:
        """Pixels per metre at the point."""
        return self.focal / max(self.seen(point)[2], NEAR)

    def spot(self, point: Point) -> Flat:
        return self._flat(self.seen(point))

    def _flat(self, seen: Point) -> Flat:
        return self.centre[0] + self.focal * seen[0] / seen[2], self.centre[1] - self.focal * seen[1] / seen[2]

    def outline(self, points: Sequence[Point]) -> list[Flat]:
        """The polygon in the picture, cut off where it would pass behind the viewer."""
        seen = [self.seen(point) for point in points]
        kept: list[Point] = []
        for here, there in pairwise([*seen, seen[0]]):
            if here[2] >= NEAR:
                kept.append(here)
            if (here[2] >= NEAR) != (there[2] >= NEAR):
                share = (NEAR - here[2]) / (there[2] - here[2])
                kept.append((here[0] + (there[0] - here[0]) * share, here[1] + (there[1] - here[1]) * share, NEAR))
        return [self._flat(point) for point in kept]

    def face(self, points: Sequence[Point], fill: str, **attributes: Any) -> str:
        return path(self.outline(points), fill=fill, **attributes)

    def ground(self, points: Sequence[Flat], fill: str, z: float = 0, **attributes: Any) -> str:
        return self.face([(x, y, z) for x, y in points], fill, **attributes)

    def line(self, start: Point, end: Point, width: float, colour: str, **attributes: Any) -> str:
        """A line whose `width` is in metres, of one thickness: that at the middle of its length as it is seen."""
        thick = max(2 * width / (1 / self.scale(start) + 1 / self.scale(end)), 0.4)
        stroke: dict[str, Any] = {"stroke": colour, "stroke_width": f"{thick:.2f}", "fill": "none"}
        return path(self.outline([start, end])[:2], closed=False, **stroke, **attributes)

    def facing(self, points: Sequence[Point]) -> bool:
        """True if the face, listed counter-clockwise as seen from outside, turns towards the viewer."""
        normal = _cross(_minus(points[1], points[0]), _minus(points[2], points[0]))
        return _dot(normal, _minus(self.eye, points[0])) > 0

    def box(self, low: Point, high: Point, colour: str) -> str:
        """A block between two opposite corners."""
        return "".join(
            self.face(points, lit(colour, light), stroke=lit(colour, light * 0.9), stroke_width=0.6)
            for points, light in sides(low, high)
            if self.facing(points)
        )

    def wall(self, start: Flat, end: Flat) -> Callable[[float, float], Point]:
        """Maps (share of the way from start to end, height) to a point of the wall that stands on that line."""
        return lambda share, z: (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share, z)

    def lettering(self, words: str, middle: Point, along: Point, size: float, colour: str) -> str:
        """Upright words on a wall; `along` is the wall's direction, `size` the height of a character in metres."""
        x, y = self.spot(middle)
        right = self.spot((middle[0] + along[0], middle[1] + along[1], middle[2]))
        up = self.spot((middle[0], middle[1], middle[2] + 1))
        matrix = (right[0] - x, right[1] - y, x - up[0], y - up[1], x, y)
        placed = ",".join(f"{number:.3f}" for number in matrix)
        style = f"font:700 {size}px 'Noto Serif CJK SC',serif;letter-spacing:{size * 0.25:.2f}px"
        centred = {"text_anchor": "middle", "dominant_baseline": "central", "fill": colour}
        return tag("text", words, transform=f"matrix({placed})", style=style, x=size * 0.125, **centred)


def sides(low: Point, high: Point) -> list[tuple[list[Point], float]]:
    """The six faces of a block, each counter-clockwise from outside, with its light."""
    (a, b, c), (d, e, f) = low, high
    return [
        ([(a, b, f), (d, b, f), (d, e, f), (a, e, f)], TOP),
        ([(a, b, c), (d, b, c), (d, b, f), (a, b, f)], FRONT),
        ([(a, e, c), (a, b, c), (a, b, f), (a, e, f)], LEFT),
        ([(d, b, c), (d, e, c), (d, e, f), (d, b, f)], RIGHT),
        ([(d, e, c), (a, e, c), (a, e, f), (d, e, f)], BACK),
        ([(a, e, c), (d, e, c), (d, b, c), (a, b, c)], UNDER),
    ]
