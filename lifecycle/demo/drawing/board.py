"""A notice board on a wall: a glass case with a red head, and sheets of one make behind the glass."""

from lifecycle.demo.drawing.camera import Camera, lit, mix
from lifecycle.demo.drawing.nature import page, shadow, shrub

CAMERA = Camera(eye=(0.25, -4.6, 1.62), target=(0.1, 0, 1.62), focal=1650, centre=(950, 560))
WALL, PLINTH, PAVING, FRAME, FELT = "#e6ddcd", "#9b9488", "#c9c1b2", "#8a949b", "#dfe7e3"
WIDE, LOW, HIGH = 1.9, 0.95, 2.32  # half the width of the case, and its height above the ground
SHEETS = ((-1.76, 1.0), (-1.19, 1.0), (-0.3, 1.2), (0.72, 1.0), (1.3, 1.0))  # left edge, size of each


def draw(head: str = "清平县民政局　政务公开栏") -> str:
    return page(
        _wall(), _case(head), *(_sheet(x, scale, seed) for seed, (x, scale) in enumerate(SHEETS)), _glass(), _foot()
    )


def _rectangle(x0: float, z0: float, x1: float, z1: float, fill: str, *, y: float = -0.17, opacity: float = 1) -> str:
    return CAMERA.face([(x0, y, z0), (x1, y, z0), (x1, y, z1), (x0, y, z1)], fill, opacity=opacity)


def _wall() -> str:
    parts = [_rectangle(-9, 0.5, 9, 6, WALL, y=0), _rectangle(-9, 0, 9, 0.5, PLINTH, y=0)]
    parts += [CAMERA.line((-9, 0, z / 4), (9, 0, z / 4), 0.008, mix(WALL, "#8d8474", 0.35)) for z in range(3, 20)]
    parts.append(CAMERA.ground([(-9, -4.2), (9, -4.2), (9, 0), (-9, 0)], PAVING))
    parts += [CAMERA.line((-9, -y / 2, 0), (9, -y / 2, 0), 0.012, "#aea593") for y in range(1, 8)]
    return "".join(parts)


def _case(head: str) -> str:
    parts = [CAMERA.box((-WIDE - 0.08, -0.16, LOW - 0.08), (WIDE + 0.08, 0, HIGH + 0.34), FRAME)]
    parts.append(_rectangle(-WIDE, HIGH + 0.03, WIDE, HIGH + 0.3, "#a5161c", y=-0.165))
    parts.append(CAMERA.lettering(head, (0, -0.17, HIGH + 0.165), (1, 0, 0), 0.16, "#fff6e0"))
    parts.append(_rectangle(-WIDE, LOW, WIDE, HIGH, FELT, y=-0.165))
    return "".join(parts)


def _sheet(x: float, scale: float, seed: int) -> str:
    """A sheet as the one template makes it: red head, title, lines, a code at its foot."""
    width, height, top = 0.48 * scale, 0.68 * scale, 2.14
    low = top - height
    parts = [_rectangle(x + 0.012, low - 0.012, x + width + 0.012, top - 0.012, "#8f9a95", y=-0.167, opacity=0.6)]
    parts.append(_rectangle(x, low, x + width, top, "#fffefa", y=-0.168))
    inner, right = x + 0.06 * scale, x + width - 0.06 * scale
    parts.append(
        _rectangle(inner + 0.09 * scale, top - 0.1 * scale, right - 0.09 * scale, top - 0.06 * scale, "#b3141c")
    )
    parts.append(_rectangle(inner, top - 0.14 * scale, right, top - 0.132 * scale, "#b3141c"))
    parts.append(_rectangle(inner + 0.05, top - 0.205 * scale, right - 0.05, top - 0.175 * scale, "#26313a"))
    for number in range(9):
        z = top - (0.25 + 0.027 * number) * scale
        end = right - (0.12 * scale if number % 4 == 3 else 0.012 * ((number + seed) % 3))
        parts.append(_rectangle(inner, z - 0.008 * scale, end, z, "#8a9096"))
    parts.append(_rectangle(inner, low + 0.05 * scale, inner + 0.09 * scale, low + 0.14 * scale, "#2a333b"))
    parts += [
        _rectangle(inner + 0.12 * scale, low + z * scale, right, low + (z + 0.007) * scale, "#a0a6ab")
        for z in (0.06, 0.085, 0.11)
    ]
    return "".join(parts)


def _glass() -> str:
    """The bars of the case and the light on its panes."""
    parts = [
        CAMERA.box((x - 0.02, -0.19, LOW), (x + 0.02, -0.16, HIGH), lit(FRAME, 0.9)) for x in (-WIDE / 3, WIDE / 3)
    ]
    for x in (-1.5, -0.1, 1.0):
        band = [(x, -0.18, LOW), (x + 0.18, -0.18, LOW), (x + 0.62, -0.18, HIGH), (x + 0.44, -0.18, HIGH)]
        parts.append(CAMERA.face(band, "#ffffff", opacity=0.16))
    return "".join(parts)


def _foot() -> str:
    feet = "".join(CAMERA.box((x - 0.05, -0.14, 0), (x + 0.05, -0.02, LOW - 0.08), FRAME) for x in (-1.6, 1.6))
    shrubs = "".join(shrub(CAMERA, (x, -0.5, 0), (0.7, 0.32), x) for x in (-2.6, -2.1, 2.3, 2.8))
    return feet + shadow(CAMERA, (0, -0.2, 0), 0.8, 1.2) + shrubs
