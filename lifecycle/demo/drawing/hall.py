"""The renovated funeral service centre, seen from the forecourt at eye height."""

from lifecycle.demo.drawing.buildings import Plan, hipped, openings, soffit
from lifecycle.demo.drawing.camera import Camera, Point, lit, mix, sides
from lifecycle.demo.drawing.nature import HAZE, broadleaf, page, person, pine, ridge, shadow, shrub, sky

CAMERA = Camera(eye=(-25, -41, 2.6), target=(-7.5, 0, 2.6), focal=1620, centre=(975, 800))
WALL, STONE, PAVING, LAWN, WOOD = "#efe8da", "#d6cfc1", "#cdc5b6", "#a9b88c", "#8a5f48"
FLOOR, EAVES = 0.75, 6.2


def draw() -> str:
    hills = ridge(812, 420, "#b1c3c9", 6) + ridge(816, 290, "#95afae", 2)
    return page(sky(800), hills, _land(), _behind(), _wings(), _main(), _porch(), _ramp(), _front(), _people())


def _land() -> str:
    parts = [CAMERA.ground([(-300, -45), (300, -45), (300, 400), (-300, 400)], mix(LAWN, HAZE, 0.15))]
    parts.append(CAMERA.ground([(-60, -41), (46, -41), (46, -3), (-60, -3)], PAVING))
    parts += [CAMERA.line((x, -36, 0), (x, -3, 0), 0.03, "#b3aa99") for x in range(-40, 46, 3)]
    parts += [CAMERA.line((-45, y, 0), (46, y, 0), 0.03, "#b3aa99") for y in range(-36, -2, 3)]
    return "".join(parts)


def _behind() -> str:
    spots = [(x, 34 + 5 * ((x * 7) % 3)) for x in range(-50, 90, 7)]
    return "".join(broadleaf(CAMERA, (x, y, 0), 11 + x % 3, 0.35) for x, y in sorted(spots, key=lambda spot: -spot[1]))


def _house(plan: Plan, eaves: float, top: float, hip: float, *, reach: float = 1.8) -> str:
    """A wing: plinth, walls with tall windows, and a roof that reaches out over them."""
    x0, y0, x1, y1 = plan
    roof = (x0 - reach, y0 - reach, x1 + reach, y1 + reach)
    parts = [soffit(CAMERA, roof, eaves), CAMERA.box((x0 - 0.5, y0 - 0.5, 0), (x1 + 0.5, y1 + 0.5, FLOOR), STONE)]
    parts.append(CAMERA.box((x0, y0, FLOOR), (x1, y1, eaves), WALL))
    count = round((x1 - x0) / 2.4)
    parts.append(openings(CAMERA, ((x0, y0), (x1, y0)), (FLOOR + 0.8, eaves - 1.4), count, share=0.58))
    parts.append(openings(CAMERA, ((x0, y1), (x0, y0)), (FLOOR + 0.8, eaves - 1.4), 5, share=0.5))
    band = sides((x0 - 0.03, y0 - 0.03, eaves - 0.9), (x1 + 0.03, y1, eaves - 0.28))[1:3]
    parts += [CAMERA.face(points, lit(WALL, light * 0.72)) for points, light in band if CAMERA.facing(points)]
    return "".join(parts) + hipped(CAMERA, roof, eaves, top, hip)


def _wings() -> str:
    return _house((13, 1, 31, 17), 4.9, 8.4, 6) + _house((-31, 1, -13, 17), 4.9, 8.4, 6)


def _main() -> str:
    lower = _house((-12, -1, 12, 19), EAVES, 8.1, 6)
    drum = CAMERA.box((-8.6, 3.5, 7), (8.6, 14.5, 10.4), WALL)
    lights = openings(CAMERA, ((-8.6, 3.5), (8.6, 3.5)), (9.1, 10.0), 10, share=0.7)
    lights += openings(CAMERA, ((-8.6, 14.5), (-8.6, 3.5)), (9.1, 10.0), 6, share=0.7)
    roof = (-10.4, 1.7, 10.4, 16.3)
    return soffit(CAMERA, roof, 10.4) + drum + lights + hipped(CAMERA, roof, 10.4, 14.2, 6) + lower


def _porch() -> str:
    """The entrance: steps, six timber-coloured columns, the name of the house under a flat canopy."""
    parts = [CAMERA.box((-7, -6, 0), (7, -1.5, FLOOR), STONE)]
    parts += [CAMERA.box((-5, -7.5 + k * 0.4, 0), (5, -6, FLOOR * (k + 1) / 5), lit(STONE, 1.03)) for k in range(4)]
    door: list[Point] = [(-4.4, -1.02, FLOOR), (4.4, -1.02, FLOOR), (4.4, -1.02, 4.1), (-4.4, -1.02, 4.1)]
    parts.append(CAMERA.face(door, "#55666e"))
    parts.append(openings(CAMERA, ((-4.4, -1.04), (4.4, -1.04)), (FLOOR, 3.9), 4, share=0.94, glass="#8aa3ab"))
    for y in (-2.2, -5.6):
        for x in (6.4, 2.6, -2.6, -6.4):
            parts.append(CAMERA.box((x - 0.25, y, FLOOR), (x + 0.25, y + 0.5, 4.5), WOOD))
    parts.append(CAMERA.box((-7.4, -6.2, 4.5), (7.4, -1.2, 5.5), "#7a5542"))
    parts.append(CAMERA.box((-8, -6.8, 5.5), (8, -1.2, 5.85), "#5c666e"))
    parts.append(CAMERA.lettering("殡仪服务中心", (0, -6.22, 5.0), (1, 0, 0), 0.72, "#f0dca6"))
    return "".join(parts)


def _ramp() -> str:
    """The barrier-free ramp with its handrail, rising along the front to the porch."""
    start, end, near, far = -19.0, -7.0, -5.2, -3.6
    side: list[Point] = [(start, near, 0), (end, near, 0), (end, near, FLOOR)]
    top: list[Point] = [(start, near, 0), (end, near, FLOOR), (end, far, FLOOR), (start, far, 0)]
    parts = [_rail(start, end, far), CAMERA.face(top, lit(STONE, 1.08)), CAMERA.face(side, lit(STONE, 0.88))]
    return "".join(parts) + _rail(start, end, near)


def _rail(start: float, end: float, y: float) -> str:
    steel = "#7d868c"
    parts = [CAMERA.line((start, y, lift), (end, y, FLOOR + lift), 0.06, steel) for lift in (0.65, 0.9)]
    for k in range(9):
        x, z = start + (end - start) * k / 8, FLOOR * k / 8
        parts.append(CAMERA.line((x, y, z), (x, y, z + 0.9), 0.05, steel))
    return "".join(parts)


def _front() -> str:
    """Clipped hedges, lawns and pines in front of the wings."""
    parts = []
    for x0, x1 in ((10, 33), (-36, -21)):
        parts.append(CAMERA.ground([(x0, -6), (x1, -6), (x1, 0), (x0, 0)], LAWN))
        parts += [shrub(CAMERA, (x + 0.0, -5.2, 0), (1.9, 0.9), x) for x in reversed(range(x0, x1))]
    for x, y, tall in ((28, -3, 7.5), (19, -3, 6.5), (-26, -3, 6.8)):
        parts.append(shadow(CAMERA, (x, y, 0), 5, 2) + pine(CAMERA, (x, y, 0), tall))
    return "".join(parts)


def _people() -> str:
    places: list[tuple[Point, int, bool, float]] = [
        ((0.8, -6.0, FLOOR), 1, False, 1.72),
        ((-2.2, -9.6, 0), 0, True, 1.7),
        ((-3.1, -9.9, 0), 5, False, 1.6),
        ((-13.2, -4.4, 0.36), 3, False, 1.62),
        ((-12.4, -4.3, 0.41), 4, False, 1.7),
        ((-13.5, -17, 0), 2, True, 1.72),
        ((-12.6, -16.6, 0), 7, False, 1.64),
        ((3.4, -13.5, 0), 6, False, 1.68),
    ]
    return "".join(person(CAMERA, at, coat, flowers=flowers, tall=tall) for at, coat, flowers, tall in places)
