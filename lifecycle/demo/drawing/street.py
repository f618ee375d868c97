"""The plan on a street: a large rendering beside the pavement, as a passer-by photographs it."""

import base64
from pathlib import Path

from lifecycle.demo.drawing.buildings import openings
from lifecycle.demo.drawing.camera import Camera, Flat, lit, tag
from lifecycle.demo.drawing.nature import broadleaf, page, person, shadow, shrub, sky

IMAGES = Path(__file__).parents[1] / "images"
CAMERA = Camera(eye=(0.8, -15, 1.65), target=(0.8, 0, 1.65), focal=1500, centre=(960, 770))
PAVING, KERB, ROAD, STEEL = "#cfc7b8", "#a9a294", "#6f7378", "#6c757b"
LOW, HIGH = (-4.8, 1.5), (4.8, 6.9)  # corners of the picture on the billboard, in its own plane
HOUSES = ((-26, -14, 9, "#d8c6ab"), (-14, -4, 12, "#c9d2d2"), (-4, 7, 8.5, "#e2d3bb"), (7, 17, 11, "#cdb8a6"))


def draw() -> str:
    return page(sky(760), _houses(), _ground(), _trees(), _billboard(), _bed(), _people())


def _houses() -> str:
    """The other side of the street: shops below, flats above."""
    parts = []
    for left, right, height, colour in HOUSES:
        parts.append(CAMERA.box((left, 15, 0), (right, 26, height), colour))
        line: tuple[Flat, Flat] = ((left, 14.98), (right, 14.98))
        parts += [openings(CAMERA, line, (z, z + 1.5), 4, share=0.5) for z in range(4, int(height) - 1, 3)]
        parts.append(openings(CAMERA, line, (0.3, 2.7), 3, share=0.86, glass="#7f97a3"))
        parts.append(CAMERA.box((left, 14.6, 2.9), (right, 15, 3.6), lit(colour, 0.72)))
    return "".join(parts)


def _ground() -> str:
    parts = [
        CAMERA.ground([(-80, -15), (80, -15), (80, 15), (-80, 15)], PAVING),
        CAMERA.ground([(-80, 3.5), (80, 3.5), (80, 11.5), (-80, 11.5)], ROAD),
        CAMERA.box((-80, 3.2, 0), (80, 3.5, 0.15), KERB),
    ]
    parts += [CAMERA.line((x, 7.5, 0.01), (x + 3, 7.5, 0.01), 0.14, "#e8e6dd") for x in range(-40, 40, 7)]
    parts += [CAMERA.line((-60, y, 0), (60, y, 0), 0.025, "#b7ae9e") for y in range(-14, 3)]
    parts += [CAMERA.line((x, -14.4, 0), (x, 3, 0), 0.025, "#b7ae9e") for x in range(-14, 16)]
    return "".join(parts)


def _trees() -> str:
    return "".join(shadow(CAMERA, (x, 2, 0), 4, 2) + broadleaf(CAMERA, (x, 2, 0), 7.5) for x in (-11.5, 12.5))


def _billboard() -> str:
    """Two posts, a frame, a red band with the title, the rendering, a white band with what to do."""
    (x0, z0), (x1, z1) = LOW, HIGH
    parts = [CAMERA.box((x - 0.14, 0.1, 0), (x + 0.14, 0.4, z1), STEEL) for x in (x0 + 1.2, x1 - 1.2)]
    parts.append(CAMERA.box((x0 - 0.2, 0, z0 - 1.0), (x1 + 0.2, 0.25, z1 + 1.1), "#8b9399"))
    parts.append(CAMERA.face([(x0, 0, z1), (x1, 0, z1), (x1, 0, z1 + 0.95), (x0, 0, z1 + 0.95)], "#a5161c"))
    parts.append(CAMERA.lettering("陵园公园改扩建工程　方案公示", (0, -0.01, z1 + 0.47), (1, 0, 0), 0.5, "#fff6e0"))
    parts.append(CAMERA.face([(x0, 0, z0 - 0.85), (x1, 0, z0 - 0.85), (x1, 0, z0), (x0, 0, z0)], "#fdfcf7"))
    words = "请您提意见　2026年3月9日至4月8日　县民政局"
    parts.append(CAMERA.lettering(words, (-0.5, -0.01, z0 - 0.43), (1, 0, 0), 0.3, "#1f2933"))
    return "".join(parts) + _rendering() + _code(x1 - 0.75, z0 - 0.78)


def _rendering() -> str:
    """The plan's own picture, as it was printed."""
    left, top = CAMERA.spot((LOW[0], 0, HIGH[1]))
    right, bottom = CAMERA.spot((HIGH[0], 0, LOW[1]))
    data = base64.b64encode((IMAGES / "cemetery-gate.jpg").read_bytes()).decode()
    size = {"x": left, "y": top, "width": right - left, "height": bottom - top, "preserveAspectRatio": "none"}
    return tag("image", href=f"data:image/jpeg;base64,{data}", **size)


def _code(x: float, z: float) -> str:
    """Something like a QR code: it stands for one and leads nowhere."""
    cell, parts = 0.07, []
    for column in range(10):
        for row in range(10):
            corner = (column < 3 or column > 6) and (row < 3 or row > 6) and not (column > 6 and row < 3)
            if corner or (column * 7 + row * 5 + column * row) % 3 == 0:
                a, b = x + column * cell * 0.95, z + row * cell
                square = [(a, -0.01, b), (a + cell, -0.01, b), (a + cell, -0.01, b + cell), (a, -0.01, b + cell)]
                parts.append(CAMERA.face(square, "#1f2933"))
    return "".join(parts)


def _bed() -> str:
    return "".join(shrub(CAMERA, (x * 0.8, -0.5, 0), (1.1, 0.5), x) for x in range(-6, 7))


def _people() -> str:
    places = (
        ((-4.5, -4.5, 0), 3, 1.66),
        ((-3.9, -4.3, 0), 1, 1.73),
        ((4.9, -4.6, 0), 6, 1.6),
        ((5.9, -2.8, 0), 2, 1.7),
    )
    return "".join(shadow(CAMERA, at, 1.4, 0.6) + person(CAMERA, at, coat, tall=tall) for at, coat, tall in places)
