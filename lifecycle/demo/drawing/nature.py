"""Sky, hills, trees and people: what stands around the buildings."""

import math
from collections.abc import Callable
from typing import Any

from lifecycle.demo.drawing.camera import HEIGHT, WIDTH, Camera, Flat, Point, jitter, lit, mix, path, tag

HAZE = "#dfe6e4"
PINE = ("#1f3d33", "#7d9a72")
CYPRESS = ("#1d3a30", "#688a68")
BROADLEAF = ("#37583a", "#a9bd7c")
GINKGO = ("#8a6a22", "#e6c66c")
CAMPHOR = ("#2f5138", "#8fae78")
COATS = ("#2f3b4d", "#4a4f57", "#8a8378", "#5b4a42", "#3f5248", "#6b5560", "#b9ad9a")

Profile = Callable[[float], float]


def gradient(name: str, *stops: tuple[float, str], across: bool = False) -> str:
    body = "".join(tag("stop", offset=offset, stop_color=colour) for offset, colour in stops)
    end: dict[str, Any] = {"x2": 1, "y2": 0} if across else {"x2": 0, "y2": 1}
    return tag("linearGradient", body, id=name, x1=0, y1=0, **end)


def sky(horizon: float) -> str:
    """Early light: blue above, warm at the horizon, with a few thin clouds."""
    fill = gradient("sky", (0, "#a9c6dc"), (0.55, "#d6e3e6"), (1, "#f6ecdb"))
    blur = tag("filter", tag("feGaussianBlur", stdDeviation="34 9"), id="cloud", x=-1, y=-2, width=3, height=5)
    parts = [tag("defs", fill + blur), tag("rect", width=WIDTH, height=horizon + 40, fill="url(#sky)")]
    for i in range(14):
        x, y, wide = jitter(i, 1) * WIDTH, jitter(i, 2) * horizon * 0.62, 120 + jitter(i, 3) * 260
        shape = {"cx": f"{x:.0f}", "cy": f"{y:.0f}", "rx": f"{wide:.0f}", "ry": 9 + wide / 22}
        parts.append(tag("ellipse", fill="#fffaf2", opacity=0.55, filter="url(#cloud)", **shape))
    return "".join(parts)


def ridge(base: float, height: float, colour: str, seed: int, fade: str = HAZE) -> str:
    """One range of hills as a silhouette across the picture, fading into mist towards its foot at `base`."""
    points: list[Flat] = [(0, base)]
    for x in range(-10, WIDTH + 20, 10):
        waves = (math.sin(x / (310 / k) + seed * k * 1.7) / k for k in (1, 1.9, 3.7, 8.3))
        points.append((x, base - height * (0.62 + 0.26 * sum(waves)) - 3 * jitter(x, seed)))
    points.append((WIDTH, base))
    name = f"ridge{seed}"
    shade = gradient(name, (0, colour), (0.55, mix(colour, fade, 0.35)), (1, fade))
    return tag("defs", shade) + path(points, fill=f"url(#{name})")


def page(*parts: str) -> str:
    """The whole picture, with the soft blur that shadows use."""
    blur = tag("filter", tag("feGaussianBlur", stdDeviation=3), id="soft", x=-0.3, y=-0.3, width=1.6, height=1.6)
    box: dict[str, Any] = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {WIDTH} {HEIGHT}",
        "width": WIDTH,
        "height": HEIGHT,
    }
    return tag("svg", tag("defs", blur) + "".join(parts), **box)


def _spindle(t: float) -> float:
    return min(1.0, 5 * t + 0.15) * (1 - t) ** 0.72


def _crown(t: float) -> float:
    return math.sqrt(max(0.0, 1 - (2 * t - 1) ** 2)) * (1.05 - 0.2 * t)


def foliage(foot: Flat, size: Flat, profile: Profile, colours: tuple[str, str], *, seed: float, count: int) -> str:
    """Leaves as dabs of colour inside an outline, dark on the right and below, light where the sun stands."""
    (x, y), (wide, high) = foot, size
    rim = [
        (x + side * profile(t / 12) * wide / 2, y - t / 12 * high) for side in (-1, 1) for t in _there_and_back(side)
    ]
    parts = [path(rim, fill=colours[0])]
    for i in range(count):
        t, across = jitter(seed, i, 1), jitter(seed, i, 2) * 2 - 1
        light = 0.34 - 0.42 * across + 0.42 * (t - 0.4) + 0.35 * (jitter(seed, i, 3) - 0.5) + 0.1 * i / count
        dab = min(wide, 30 + wide * 0.25) * (0.07 + 0.07 * jitter(seed, i, 4))
        spot = {"cx": f"{x + across * profile(t) * wide / 2:.1f}", "cy": f"{y - t * high:.1f}"}
        parts.append(tag("ellipse", rx=f"{dab:.1f}", ry=f"{dab * 0.72:.1f}", fill=mix(*colours, light), **spot))
    return "".join(parts)


def _there_and_back(side: int) -> range:
    return range(13) if side < 0 else range(12, -1, -1)


def shadow(camera: Camera, at: Point, reach: float, width: float) -> str:
    """A soft shadow on the ground, falling to the right and a little away."""
    x, y, z = at
    points = [(x + dx * reach, y + dx * reach * 0.22 + dy * width, z) for dx, dy in _oval()]
    return camera.face(points, "#26323a", opacity=0.2, filter="url(#soft)")


def _oval() -> list[Flat]:
    return [(0.5 - 0.5 * math.cos(a * math.pi / 10), math.sin(a * math.pi / 10) / 2) for a in range(20)]


def _standing(camera: Camera, at: Point, haze: float, colours: tuple[str, str]) -> tuple[Flat, float, tuple[str, str]]:
    return camera.spot(at), camera.scale(at), (mix(colours[0], HAZE, haze), mix(colours[1], HAZE, haze * 0.8))


def cypress(camera: Camera, at: Point, height: float, haze: float = 0) -> str:
    (x, y), scale, colours = _standing(camera, at, haze, CYPRESS)
    tall = height * scale
    count = int(min(130, 24 + tall / 3))
    bark = mix("#4d3b2e", HAZE, haze)
    stem = path([(x, y), (x, y - tall * 0.2)], closed=False, stroke=bark, stroke_width=tall / 40)
    return stem + foliage(
        (x, y - tall * 0.05), (tall * 0.27, tall * 0.95), _spindle, colours, seed=at[0] + at[1], count=count
    )


def old_cypress(camera: Camera, at: Point, height: float) -> str:
    """An ancient cypress: a thick furrowed trunk and a full crown of several masses."""
    (x, y), scale = camera.spot(at), camera.scale(at)
    tall, seed = height * scale, at[0] + at[1]
    trunk = [(-0.055, 0), (-0.03, -0.12), (-0.026, -0.5), (0.026, -0.5), (0.034, -0.12), (0.06, 0)]
    parts = [path([(x + a * tall, y + b * tall) for a, b in trunk], fill="#5b4a3e")]
    for k in range(-2, 3):
        groove = [(x + k * 0.013 * tall, y - 0.02 * tall), (x + k * 0.009 * tall, y - 0.45 * tall)]
        parts.append(path(groove, closed=False, stroke="#46382f" if k % 2 else "#77655a", stroke_width=tall / 220))
    masses = [(0.1, 0.2, 0.3), (-0.12, 0.24, 0.34), (0.08, 0.36, 0.36)]
    masses += [(-0.07, 0.46, 0.34), (0.02, 0.58, 0.28), (0, 0.7, 0.2)]
    for k, (drift, foot, wide) in enumerate(masses):
        base, size = (x + drift * tall, y - foot * tall), (wide * tall, wide * tall * 0.92)
        parts.append(foliage(base, size, _crown, CYPRESS, seed=seed + k * 7, count=300))
    return "".join(parts)


def broadleaf(camera: Camera, at: Point, height: float, haze: float = 0, colours: tuple[str, str] = BROADLEAF) -> str:
    (x, y), scale, tints = _standing(camera, at, haze, colours)
    tall = height * scale
    count = int(min(420, 26 + tall / 1.6))
    bark = mix("#5a4636", HAZE, haze)
    stem = path([(x, y), (x, y - tall * 0.5)], closed=False, stroke=bark, stroke_width=tall / 22)
    return stem + foliage(
        (x, y - tall * 0.24), (tall * 0.78, tall * 0.78), _crown, tints, seed=at[0] * 3 + at[1], count=count
    )


def pine(camera: Camera, at: Point, height: float, haze: float = 0) -> str:
    """A Chinese pine: a leaning trunk and flat layers of needles."""
    (x, y), scale, colours = _standing(camera, at, haze, PINE)
    tall, seed = height * scale, at[0] * 2 + at[1]
    lean = (jitter(seed) - 0.5) * 0.08 * tall
    bark = mix("#5e4535", HAZE, haze)
    curve = f"M{x:.1f} {y:.1f}q{lean:.1f} {-tall * 0.45:.1f} {lean * 0.5:.1f} {-tall * 0.93:.1f}"
    parts = [tag("path", d=curve, stroke=bark, stroke_width=f"{tall / 26:.1f}", fill="none", stroke_linecap="round")]
    for layer in range(7):
        share = layer / 6
        wide = tall * (0.52 - 0.34 * share) * (0.85 + 0.3 * jitter(seed, layer))
        drift = (jitter(seed, layer, 5) - 0.5) * wide * 0.5 + lean * 0.6
        foot = (x + drift, y - tall * (0.36 + 0.52 * share))
        count = int(min(60, 8 + tall / 7))
        parts.append(foliage(foot, (wide, tall * 0.13), _crown, colours, seed=seed + layer, count=count))
    return "".join(parts)


def shrub(camera: Camera, at: Point, size: Flat, seed: float, haze: float = 0) -> str:
    (x, y), scale, colours = _standing(camera, at, haze, BROADLEAF)
    return foliage((x, y + 2), (size[0] * scale, size[1] * scale), _crown, colours, seed=seed, count=60)


def person(camera: Camera, at: Point, seed: int, *, flowers: bool = False, tall: float = 1.7) -> str:
    """Someone who stands or walks quietly; with `flowers`, a white and yellow bunch in the hand."""
    x, y = camera.spot(at)
    s = camera.scale(at) * tall
    coat = COATS[seed % len(COATS)]
    stride = 0.035 + 0.04 * jitter(seed, 3)
    legs = f"M-.035-.48L{-stride:.2f}-.02M.035-.48L{stride:.2f} 0"
    body = "M-.04-.86Q0-.88 .04-.86Q.11-.84 .115-.76L.115-.44Q0-.41-.115-.44L-.115-.76Q-.11-.84-.04-.86Z"
    arms = "M-.115-.79Q-.15-.65-.125-.49M.115-.79Q.15-.65.125-.51"
    parts = [
        tag("path", d=legs, stroke="#2b2d33", stroke_width=0.082, stroke_linecap="round"),
        tag("path", d=arms, stroke=lit(coat, 0.82), stroke_width=0.055, fill="none", stroke_linecap="round"),
        tag("path", d=body, fill=coat),
        tag("path", d="M.03-.865Q.11-.84 .115-.76L.115-.44L.05-.42Z", fill=lit(coat, 0.8)),
        tag("rect", x=-0.024, y=-0.9, width=0.048, height=0.05, fill="#b98c70"),
        tag("ellipse", cy=-0.945, rx=0.05, ry=0.06, fill="#8d8a86" if tall > 1.5 and seed % 3 == 0 else "#2a2523"),
    ]
    if flowers:
        spots = ((0.13, -0.58, "#fffdf4"), (0.18, -0.55, "#f0cf5a"), (0.11, -0.53, "#fff"), (0.16, -0.5, "#f4dc86"))
        parts += [tag("circle", cx=a, cy=b, r=0.035, fill=colour) for a, b, colour in spots]
    figure = tag("g", "".join(parts), transform=f"translate({x:.1f} {y:.1f}) scale({s:.2f})")
    return shadow(camera, at, tall * 0.9, 0.35) + figure
