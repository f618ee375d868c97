"""The main entrance: a stone gate on a terrace, a pine avenue behind it and the hall of remembrance at its end."""

from lifecycle.demo.drawing.buildings import hipped, openings
from lifecycle.demo.drawing.camera import Camera, Point, lit, mix, tag
from lifecycle.demo.drawing.nature import cypress, old_cypress, page, person, pine, ridge, shadow, shrub, sky

CAMERA = Camera(eye=(0, 0, 3.7), target=(0, 10, 3.7), focal=1750, centre=(960, 716))
STONE, PAVING, SLATE, LAWN = "#d9d2c4", "#cfc6b6", "#56626a", "#a7b58a"
TERRACE = 1.5
GATE = 34.0
STEPS, STEP_FRONT, STEP_DEPTH, STEP_HALF = 10, 26.0, 0.4, 7.2


def draw() -> str:
    hills = ridge(735, 430, "#afc2ca", 3) + ridge(738, 320, "#97b0b2", 5) + ridge(740, 215, "#7f9c94", 8)
    return page(sky(716), hills, _avenue(), _hall(), _trees(), _terrace(), _gate(), _steps(), _plaza(), _visitors())


def _avenue() -> str:
    lawn = CAMERA.ground([(-200, 33), (200, 33), (200, 240), (-200, 240)], mix(LAWN, "#dfe6e4", 0.3), TERRACE)
    road = CAMERA.ground([(-4.2, 30), (4.2, 30), (4.2, 130), (-4.2, 130)], lit(PAVING, 1.05), TERRACE)
    square = CAMERA.ground([(-19, 96), (19, 96), (19, 122), (-19, 122)], lit(PAVING, 1.12), TERRACE)
    joints = (CAMERA.line((-4.2, y, TERRACE), (4.2, y, TERRACE), 0.05, "#a79d8b") for y in range(36, 96, 4))
    return lawn + square + road + "".join(joints)


def _hall() -> str:
    """The hall at the far end, on its own steps."""
    steps = "".join(
        CAMERA.box((-7, 121 + k * 0.5, TERRACE), (7, 128, TERRACE + 0.28 * (k + 1)), "#d8d2c6") for k in range(7)
    )
    base, wall = TERRACE + 2, "#e6ddcc"
    plinth = CAMERA.box((-14, 126, TERRACE), (14, 142, base), "#cfc8bb")
    body = CAMERA.box((-11.5, 129, base), (11.5, 140, base + 4.6), wall)
    doors = openings(CAMERA, ((-11.5, 129), (11.5, 129)), (base, base + 3.6), 9, share=0.62, glass="#7b6a58")
    columns = "".join(
        CAMERA.box((x - 0.3, 127, base), (x + 0.3, 127.6, base + 4.6), "#8f5a48") for x in range(-12, 13, 4)
    )
    lower = hipped(CAMERA, (-14, 126, 14, 142), base + 4.6, base + 7, 3, colour="#7d8a90")
    drum = CAMERA.box((-8.5, 130, base + 6.2), (8.5, 138, base + 7.6), wall)
    upper = hipped(CAMERA, (-10.5, 128.5, 10.5, 139.5), base + 7.6, base + 10.6, 4.5, colour="#7d8a90")
    return plinth + steps + body + doors + columns + lower + drum + upper


def _trees() -> str:
    """Two rows of pines along the avenue and cypresses beyond them, from far to near."""
    spots: list[tuple[Point, float]] = []
    for row in range(9):
        y = 118 - row * 9.0
        spots += [((side * 9.5, y, TERRACE), 9.5) for side in (-1, 1) if not 96 < y < 104]
        spots += [((side * x, y + 4 + x % 3, TERRACE), 10 + x % 4) for side in (-1, 1) for x in (17, 25, 34, 43)]
    parts = []
    for (x, y, z), height in sorted(spots, key=lambda spot: -spot[0][1]):
        haze = (y - 30) / 150
        grown = pine if abs(x) < 12 else cypress
        parts.append(shadow(CAMERA, (x, y, z), height * 0.5, 2.4) + grown(CAMERA, (x, y, z), height, haze))
    return "".join(parts)


def _terrace() -> str:
    """The terrace that the gate stands on, its retaining walls, hedges and stone rails."""
    edge = STEP_FRONT + STEPS * STEP_DEPTH
    floor = CAMERA.ground([(-30, edge), (30, edge), (30, 37), (-30, 37)], lit(PAVING, 1.03), TERRACE)
    joints = "".join(CAMERA.line((x, edge, TERRACE), (x, 37, TERRACE), 0.03, "#b3a997") for x in range(-30, 31, 2))
    parts = [floor, joints]
    for side in (-1, 1):
        parts += [shrub(CAMERA, (side * (12 + k * 1.5), 35.5, TERRACE), (2.4, 1.3), side * k + 3) for k in range(16)]
        ends = sorted((side * STEP_HALF, side * 30))
        parts.append(CAMERA.box((ends[0], edge, 0), (ends[1], edge + 0.4, TERRACE), STONE))
        parts.append(_rail(ends[0], ends[1], edge))
    return "".join(parts)


def _rail(start: float, end: float, y: float) -> str:
    parts = [
        CAMERA.box((start, y + 0.1, TERRACE), (end, y + 0.3, TERRACE + 0.18), STONE),
        CAMERA.box((start, y + 0.1, TERRACE + 0.72), (end, y + 0.3, TERRACE + 0.86), lit(STONE, 1.04)),
    ]
    x = start
    while x < end - 0.1:
        parts.append(
            CAMERA.box((x + 0.35, y + 0.15, TERRACE + 0.18), (x + 1.55, y + 0.25, TERRACE + 0.66), lit(STONE, 0.94))
        )
        parts.append(CAMERA.box((x, y, TERRACE), (x + 0.3, y + 0.4, TERRACE + 1.1), STONE))
        x += 1.9
    return "".join(parts)


def _gate() -> str:
    """A stone gate of four columns and three bays."""
    parts = [shadow(CAMERA, (x - 0.6, GATE, TERRACE), 7, 1.2) for x in (-8.2, -3.2, 3.2, 8.2)]
    for side in (-1, 1):
        parts += [_column(side * 8.2, 6.3), _bay(side * 5.7, 2.1, 4.3), _roof(side * 6.5, 3.5, 6.75, 1.5)]
    parts += [_column(-3.2, 8.4), _column(3.2, 8.4), _bay(0, 2.8, 5.9), _roof(0, 4.7, 8.85, 2.0)]
    front = GATE - 0.36
    parts.append(CAMERA.box((-2.1, front, TERRACE + 6.72), (2.1, front + 0.1, TERRACE + 7.82), "#24323b"))
    parts.append(CAMERA.lettering("慎终追远", (0, front, TERRACE + 7.26), (1, 0, 0), 0.74, "#e3c57f"))
    for x, words in ((-5.7, "思源"), (5.7, "怀恩")):
        parts.append(CAMERA.lettering(words, (x, front, TERRACE + 5.24), (1, 0, 0), 0.5, "#5d564a"))
    return "".join(parts)


def _column(x: float, height: float) -> str:
    """A square column between its two drum stones."""
    z = TERRACE
    parts = [CAMERA.box((x - 0.75, GATE - 0.9, z), (x + 0.75, GATE + 0.9, z + 0.5), lit(STONE, 0.97))]
    parts.append(CAMERA.box((x - 0.45, GATE - 0.45, z + 0.5), (x + 0.45, GATE + 0.45, z + height), STONE))
    parts.append(CAMERA.box((x - 0.3, GATE - 0.9, z + 0.5), (x + 0.3, GATE - 0.5, z + 1.5), lit(STONE, 0.95)))
    cx, cy = CAMERA.spot((x, GATE - 0.9, z + 1.6))
    size = CAMERA.scale((x, GATE - 0.9, z)) * 0.44
    for share, light in ((1, 0.88), (0.78, 1.02), (0.34, 0.84)):
        parts.append(tag("circle", cx=f"{cx:.1f}", cy=f"{cy:.1f}", r=f"{size * share:.1f}", fill=lit(STONE, light)))
    parts.append(CAMERA.box((x - 0.55, GATE - 0.55, z + height - 0.3), (x + 0.55, GATE + 0.55, z + height), STONE))
    return "".join(parts)


def _bay(x: float, half: float, z: float) -> str:
    """The beams of one bay, with a recessed panel between them and carved corner brackets below."""
    low, parts = TERRACE + z, []
    parts.append(CAMERA.box((x - half, GATE - 0.3, low), (x + half, GATE + 0.3, low + 0.6), lit(STONE, 0.98)))
    parts.append(CAMERA.box((x - half, GATE - 0.2, low + 0.6), (x + half, GATE + 0.2, low + 1.3), lit(STONE, 1.04)))
    top = low + 1.3 + (0.75 if z > 5 else 0)
    parts.append(CAMERA.box((x - half, GATE - 0.2, low + 1.3), (x + half, GATE + 0.2, top), lit(STONE, 1.04)))
    parts.append(CAMERA.box((x - half, GATE - 0.34, top), (x + half, GATE + 0.34, top + 0.5), lit(STONE, 0.98)))
    for share in range(1, 8):
        px = x - half + 2 * half * share / 8
        parts.append(
            CAMERA.box((px - 0.07, GATE - 0.36, low + 0.17), (px + 0.07, GATE - 0.3, low + 0.43), lit(STONE, 0.84))
        )
    for side in (-1, 1):
        edge = x + side * half
        corner: list[Point] = [
            (edge, GATE - 0.2, low),
            (edge - side * 1.0, GATE - 0.2, low),
            (edge, GATE - 0.2, low - 0.8),
        ]
        parts.append(CAMERA.face(corner, lit(STONE, 0.82)))
    return "".join(parts)


def _roof(x: float, half: float, z: float, rise: float) -> str:
    """A tiled roof with raised corners over brackets, drawn in the plane of the eaves and scaled to its distance."""
    low = TERRACE + z
    parts = [CAMERA.box((x - half * 0.86, GATE - 0.2, low - 0.65), (x + half * 0.86, GATE + 0.3, low), lit(STONE, 0.8))]
    count = round(half * 2.2)
    for k in range(count):
        px = x - half * 0.84 + 1.68 * half * (k + 0.5) / count
        parts.append(CAMERA.box((px - 0.2, GATE - 0.5, low - 0.42), (px + 0.2, GATE, low - 0.2), lit(STONE, 0.88)))
        parts.append(CAMERA.box((px - 0.3, GATE - 0.7, low - 0.22), (px + 0.3, GATE, low), lit(STONE, 0.94)))
    under: list[Point] = [(x - half * 0.95, GATE - 1, low + 0.05), (x + half * 0.95, GATE - 1, low + 0.05)]
    under += [(x + half * 0.85, GATE, low), (x - half * 0.85, GATE, low)]
    parts.append(CAMERA.face(under, "#3d4347"))
    px, py = CAMERA.spot((x, GATE - 1, low))
    scale = CAMERA.scale((x, GATE - 1, low))
    parts.append(tag("g", _roof_face(half, rise), transform=f"translate({px:.1f} {py:.1f}) scale({scale:.3f})"))
    return "".join(parts)


def _roof_face(half: float, rise: float) -> str:
    w, r, h = half, half * 0.66, rise * 0.8
    eave = f"M{-w} {-0.42}Q{-w * 0.84:.2f} 0 {-w * 0.62:.2f} 0L{w * 0.62:.2f} 0Q{w * 0.84:.2f} 0 {w} {-0.42}"
    face = f"{eave}Q{w * 0.84:.2f} {-h * 0.52:.2f} {r} {-h}L{-r} {-h}Q{-w * 0.84:.2f} {-h * 0.52:.2f} {-w} {-0.42}Z"
    parts = [tag("path", d=face, fill=SLATE)]
    count = round(half * 5)
    for k in range(-count, count + 1):
        t = k / count
        lift = 0.42 * max(0.0, (abs(t) - 0.62) / 0.38) ** 2
        d = f"M{t * r:.3f} {-h}Q{t * w * 0.8:.3f} {-h * 0.45:.3f} {t * w * 0.985:.3f} {-lift:.3f}"
        parts.append(tag("path", d=d, stroke=mix("#7d8a91", "#3b454b", (t + 1) / 2), stroke_width=0.06, fill="none"))
    parts.append(tag("path", d=eave, stroke="#3a4348", stroke_width=0.15, fill="none", stroke_linejoin="round"))
    parts.append(tag("rect", x=-r - 0.1, y=-h - 0.26, width=2 * r + 0.2, height=0.34, fill="#465158"))
    for side in (-1, 1):
        horn = f"M{side * (r - 0.3)} {-h - 0.2}Q{side * (r + 0.25)} {-h - 0.2} {side * (r + 0.1)} {-h - 0.78}"
        horn += f"Q{side * (r + 0.5)} {-h - 0.4} {side * (r + 0.16)} {-h + 0.1}Z"
        parts.append(tag("path", d=horn, fill="#465158"))
    return "".join(parts)


def _steps() -> str:
    parts = []
    for k in reversed(range(STEPS)):
        y, z = STEP_FRONT + k * STEP_DEPTH, TERRACE * (k + 1) / STEPS
        parts.append(CAMERA.box((-STEP_HALF, y, z - TERRACE / STEPS), (STEP_HALF, y + STEP_DEPTH, z), lit(STONE, 1.02)))
    for side in (-1, 1):
        x = side * (STEP_HALF + 0.3)
        parts.append(CAMERA.box((x - 0.45, STEP_FRONT - 0.6, 0), (x + 0.45, STEP_FRONT + 4.4, 0.9), lit(STONE, 1.01)))
        parts.append(CAMERA.box((x - 0.55, STEP_FRONT - 0.7, 0.9), (x + 0.55, STEP_FRONT + 0.4, 1.05), STONE))
        parts.append(
            CAMERA.box((x - 0.3, STEP_FRONT - 0.45, 1.05), (x + 0.3, STEP_FRONT + 0.15, 1.9), lit(STONE, 0.98))
        )
    return "".join(parts)


def _plaza() -> str:
    """The paved forecourt, its lawns, and two old cypresses at the edges of the picture."""
    floor = CAMERA.ground([(-60, 4), (60, 4), (60, 30), (-60, 30)], PAVING)
    parts = [floor]
    parts += [CAMERA.line((-30, y, 0), (30, y, 0), 0.02, "#b1a794") for y in range(6, 27, 2)]
    parts += [CAMERA.line((x, 5, 0), (x, STEP_FRONT, 0), 0.02, "#b1a794", opacity=0.8) for x in range(-24, 25, 2)]
    parts.append(CAMERA.ground([(-1.6, 4), (1.6, 4), (1.6, 26), (-1.6, 26)], lit(PAVING, 1.08)))
    for side in (-1, 1):
        parts.append(CAMERA.ground([(side * 9, 4), (side * 60, 4), (side * 60, 30), (side * 9, 30)], LAWN))
        parts.append(CAMERA.box(*_kerb(side), lit(STONE, 0.98)))
        parts += [shrub(CAMERA, (side * (9.9 + k * 1.3), 29.2, 0), (2.2, 1.05), side * k * 3 + 1) for k in range(9)]
        at = (side * 13.4, 25.5, 0.0)
        parts.append(shadow(CAMERA, at, 7, 3) + old_cypress(CAMERA, at, 11.6 - side * 0.5))
        parts.append(shrub(CAMERA, (side * 12.2, 22.4, 0), (2.6, 1.1), side * 7 + 20))
    return "".join(parts)


def _kerb(side: int) -> tuple[Point, Point]:
    left, right = sorted((side * 9.0, side * 9.4))
    return (left, 4, 0), (right, 30, 0.16)


def _visitors() -> str:
    places: list[tuple[Point, int, bool, float]] = [
        ((1.3, 58, TERRACE), 0, False, 1.7),
        ((-1.2, 62, TERRACE), 3, False, 1.66),
        ((-1.0, 38, TERRACE), 4, True, 1.68),
        ((-0.1, 38.3, TERRACE), 6, False, 1.6),
        ((4.3, 27.4, 0.55), 2, False, 1.72),
        ((-4.9, 22.6, 0), 0, True, 1.7),
        ((-4.1, 22.3, 0), 5, False, 1.62),
        ((-3.5, 22.1, 0), 3, False, 1.18),
        ((5.2, 20.5, 0), 1, True, 1.72),
        ((6.1, 20.8, 0), 6, False, 1.63),
    ]
    ordered = sorted(places, key=lambda place: -place[0][1])
    return "".join(person(CAMERA, at, coat, flowers=flowers, tall=tall) for at, coat, flowers, tall in ordered)
