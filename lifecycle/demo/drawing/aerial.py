"""The bird's-eye view of the site that `site` describes, from the south-west in morning light."""

from collections.abc import Callable
from itertools import pairwise

from lifecycle.demo.drawing import site
from lifecycle.demo.drawing.buildings import Plan, hipped, openings
from lifecycle.demo.drawing.camera import Camera, Flat, Point, jitter, lit, mix
from lifecycle.demo.drawing.nature import HAZE, PINE, broadleaf, cypress, page, ridge, shadow, sky

CAMERA = Camera(eye=(118, -172, 104), target=(135, 80, 0), focal=1330, centre=(960, 705))
ROAD, PAVED, GRASS, FOREST = "#b9b7b1", "#dccfb6", "#a8bd88", "#8aa777"
ROOF, STONE = "#87929a", "#d9d2c4"
HEXAGON = ((-1, 0), (-0.7, -0.8), (0.7, -0.8), (1, 0), (0.7, 0.8), (-0.7, 0.8))
HORIZON = 156
Item = tuple[float, str]


def draw() -> str:
    hills = ridge(240, 190, "#b3c4c8", 4) + ridge(290, 190, "#9db4b0", 9) + ridge(345, 150, "#8fa99a", 6)
    items: list[Item] = [*_planting(), *_buildings(), *_walls(), *_forest()]
    standing = "".join(picture for _, picture in sorted(items, key=lambda item: -item[0]))
    return page(sky(HORIZON), _land(), hills, _grounds(), _details(), standing)


def _depth(spot: Flat) -> float:
    return CAMERA.seen((*spot, 0))[2]


def _track(points: list[Flat], width: float, colour: str) -> str:
    """A road as one quad for each stretch, so that it narrows with distance."""
    parts = []
    for (ax, ay), (bx, by) in pairwise(points):
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5 or 1
        nx, ny = -(by - ay) / length * width / 2, (bx - ax) / length * width / 2
        ex, ey = (bx - ax) / length * width / 6, (by - ay) / length * width / 6
        quad = [(ax + nx - ex, ay + ny - ey), (bx + nx + ex, by + ny + ey)]
        quad += [(bx - nx + ex, by - ny + ey), (ax - nx - ex, ay - ny - ey)]
        parts.append(CAMERA.ground(quad, colour, stroke=colour, stroke_width=0.5))
    return "".join(parts)


def _land() -> str:
    """Fields around the site, paler towards the hills, and the two streets."""
    parts = []
    for k in range(44):
        near, far = -160 + k * 50, -110 + k * 50
        fill = mix("#b5c493", HAZE, max(0.0, (far - 60) / 420))
        parts.append(CAMERA.ground([(-1500, near), (1800, near), (1800, far), (-1500, far)], fill, stroke=fill))
    for k in range(26):
        x, y = -330 + jitter(k, 7) * 240 + (k % 2) * 600, -30 + jitter(k, 8) * 260
        fill = mix(("#c9c98f", "#a3b981", "#bccb9c")[k % 3], HAZE, max(0.0, y / 600))
        parts.append(CAMERA.ground([(x, y), (x + 60, y + 4), (x + 56, y + 26), (x - 4, y + 22)], fill))
    parts.append(_track([(-400, -16), (700, -16)], 17, "#d6d2c8") + _track([(-400, -16), (700, -16)], 13, ROAD))
    parts.append(_track([(285, -16), (292, 240)], 8, ROAD))
    parts += [_track([(x, -16), (x + 5, -16)], 0.35, "#f6f3ea") for x in range(-200, 480, 10)]
    return "".join(parts)


def _grounds() -> str:
    parts = [CAMERA.ground(site.BOUNDARY, GRASS)]
    parts.append(CAMERA.ground([site.DIVIDE[0], *site.BOUNDARY[1:4], site.DIVIDE[1]], "#9fbd7c"))
    parts.append(_track([*site.RING, site.RING[0]], 6, ROAD))
    parts += [_track(points, width, ROAD if width in (6, 7) else PAVED) for points, width in site.PATHS]
    parts += [CAMERA.ground(site.corners(plan), "#98ab83") for plan in site.GRAVES]
    parts.append(CAMERA.ground(site.corners(site.SQUARE), lit(PAVED, 1.06), stroke="#b3a382", stroke_width=2))
    parts.append(CAMERA.ground(site.corners(site.PARKING), ROAD))
    parts.append(CAMERA.ground(site.TREE_BURIAL, "#8db36c", stroke="#c9b88f", stroke_width=2))
    parts.append(CAMERA.ground(site.FLOWER_BURIAL, "#c3c793", stroke="#c9b88f", stroke_width=2))
    parts.append(CAMERA.ground(site.POND, "#9fc0cb", stroke="#d8cdb4", stroke_width=3))
    return "".join(parts)


def _details() -> str:
    """Paving joints, parking spaces with some cars, and the flower beds."""
    x0, y0, x1, y1 = site.SQUARE
    parts = [CAMERA.line((x, y0, 0), (x, y1, 0), 0.18, "#bdae8f") for x in range(int(x0), int(x1) + 1, 4)]
    parts += [CAMERA.line((x0, y, 0), (x1, y, 0), 0.18, "#bdae8f") for y in range(int(y0), int(y1) + 1, 4)]
    for k, (a, b, c, d) in enumerate(site.spaces()):
        parts.append(CAMERA.line((a, b, 0), (a, d, 0), 0.16, "#efece4"))
        if jitter(k, 4) > 0.62:
            colour = ("#e9e8e4", "#5d6670", "#9aa3a8", "#7b4a44", "#3f5a73")[k % 5]
            parts.append(CAMERA.box((a + 0.4, b + 0.5, 0.1), (c - 0.4, d - 0.4, 0.9), colour))
            parts.append(CAMERA.box((a + 0.5, b + 1.5, 0.9), (c - 0.5, d - 1.3, 1.5), lit(colour, 0.7)))
    return "".join(parts)


def _planting() -> list[Item]:
    kinds: list[tuple[list[Flat], Callable[[Camera, Point, float, float], str], float]] = [
        (site.belt(), broadleaf, 8.0),
        (site.lawn_trees(), broadleaf, 6.5),
        (site.burial_trees(), broadleaf, 5.0),
        (site.avenue(), _dark, 7.0),
        (list(site.OLD_CYPRESSES), cypress, 13.0),
    ]
    items = []
    for spots, grown, height in kinds:
        for x, y in spots:
            tall = height * (0.85 + 0.3 * jitter(x, y))
            at = (x, y, 0.0)
            cast = shadow(CAMERA, at, tall * 0.9, tall * 0.5)
            items.append((_depth((x, y)), cast + grown(CAMERA, at, tall, max(0.0, y / 700))))
    for k, (x, y) in enumerate(site.flower_beds()):
        bed = [(x + 2 * dx, y + 1.6 * dy) for dx, dy in HEXAGON]
        colour = ("#d98f8a", "#ecc871", "#c795b8")[k % 3]
        items.append((_depth((x, y)), CAMERA.ground(bed, colour, stroke="#f2ead6", stroke_width=1.5)))
    return items


def _dark(camera: Camera, at: Point, height: float, haze: float) -> str:
    return broadleaf(camera, at, height, haze, PINE)


def _walls() -> list[Item]:
    """Rows of existing graves as low kerbs with small stones, and the roofed walls of the wall-burial area."""
    items = []
    for (x0, y), (x1, _) in site.grave_rows():
        stones = "".join(
            CAMERA.box((x0 + k * 2.3, y, 0), (x0 + k * 2.3 + 1.3, y + 0.5, 1.0), "#d8d4ca")
            for k in range(int((x1 - x0) / 2.3))
        )
        items.append((_depth(((x0 + x1) / 2, y)), stones))
    for x0, y0, x1, y1 in site.WALLS:
        wall = CAMERA.box((x0, y0 + 0.6, 0), (x1, y1 - 0.6, 2.8), "#e6dcc8")
        roof = hipped(CAMERA, (x0 - 0.6, y0 - 0.8, x1 + 0.6, y1 + 0.8), 3, 4.1, 1.4, colour=ROOF)
        items.append((_depth(((x0 + x1) / 2, y0)), wall + roof))
    return items


def _buildings() -> list[Item]:
    x0, y0, x1, y1 = site.COLUMBARIUM
    base = CAMERA.box((x0 - 3, y0 - 6, 0), (x1 + 3, y1 + 2, 1.2), "#d9d2c4")
    steps = "".join(CAMERA.box((72, y0 - 11 + k, 0), (88, y0 - 6, 0.24 * (k + 1)), "#e2dccf") for k in range(5))
    body = _body((x0 + 2, y0 + 2, x1 - 2, y1 - 2), 1.2, 6.4, 15)
    lower = hipped(CAMERA, (x0 - 1, y0 - 1, x1 + 1, y1 + 1), 6.4, 9.6, 4, colour=ROOF)
    drum = CAMERA.box((x0 + 11, y0 + 6, 8), (x1 - 11, y1 - 6, 10.6), "#e9e0cf")
    upper = hipped(CAMERA, (x0 + 8, y0 + 3.5, x1 - 8, y1 - 3.5), 10.6, 15.2, 7, colour=ROOF)
    a, b, c, d = site.OFFICE
    office = _body((a, b, c, d), 0, 4, 7) + hipped(CAMERA, (a - 1, b - 1, c + 1, d + 1), 4, 7, 5, colour=ROOF)
    e, f, g, h = site.FLOWERS
    feet = [(x, y) for y in (h - 1, f + 0.5) for x in (e + 0.5, g - 1)]
    posts = "".join(CAMERA.box((x, y, 0), (x + 0.5, y + 0.5, 3.2), "#8f5a48") for x, y in feet)
    pavilion = posts + hipped(CAMERA, site.FLOWERS, 3.2, 6, 5.8, colour=ROOF)
    return [
        (_depth((80, 124)), base + steps + body + lower + drum + upper),
        (_depth(site.centre(site.OFFICE)), office),
        (_depth(site.centre(site.FLOWERS)), pavilion),
        (_depth((80, 4)), _gate()),
    ]


def _body(plan: Plan, low: float, high: float, count: int) -> str:
    x0, y0, x1, y1 = plan
    walls = CAMERA.box((x0, y0, low), (x1, y1, high), "#ebe2d1")
    front = openings(CAMERA, ((x0, y0), (x1, y0)), (low + 0.6, high - 0.8), count, share=0.55)
    return walls + front + openings(CAMERA, ((x0, y1), (x0, y0)), (low + 0.6, high - 0.8), 5, share=0.5)


def _gate() -> str:
    feet = ((71.8, 6.3), (76.8, 8.6), (83.2, 8.6), (88.2, 6.3))
    parts = [CAMERA.box((x - 0.5, 2.5, 0), (x + 0.5, 3.5, high), STONE) for x, high in feet]
    parts.append(CAMERA.box((71.8, 2.7, 4.3), (88.2, 3.3, 6), STONE))
    parts.append(CAMERA.box((76.8, 2.6, 6), (83.2, 3.4, 8.4), STONE))
    parts += [hipped(CAMERA, (x - 3.4, 1.6, x + 3.4, 4.4), 6.3, 7.8, 1.4, colour=ROOF) for x in (73.4, 86.6)]
    return "".join(parts) + hipped(CAMERA, (75.3, 1.4, 84.7, 4.6), 8.7, 10.7, 2, colour=ROOF)


def _forest() -> list[Item]:
    """The wooded slope north of the site and scattered trees beside it."""
    items = []
    for k in range(760):
        x, y = -260 + jitter(k, 21) * 820, 176 + jitter(k, 22) ** 1.3 * 130
        tall = 8 + jitter(k, 23) * 4
        rise = max(0.0, y - 176) * 0.16
        items.append((_depth((x, y)), broadleaf(CAMERA, (x, y, rise), tall, min(0.72, (y - 60) / 330))))
    for k in range(90):
        x, y = (-20 - jitter(k, 31) * 160, 300 + jitter(k, 31) * 200)[k % 2], -2 + jitter(k, 32) * 170
        items.append((_depth((x, y)), broadleaf(CAMERA, (x, y, 0), 6 + jitter(k, 33) * 3, max(0.0, y / 600))))
    return items
