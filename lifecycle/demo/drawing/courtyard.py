"""The elderly care centre from above: two houses, two galleries and a garden with a walk around it."""

import math

from lifecycle.demo.drawing.buildings import Plan, gabled, openings
from lifecycle.demo.drawing.camera import Camera, Flat, Point, jitter, lit, mix, smooth
from lifecycle.demo.drawing.nature import GINKGO, HAZE, broadleaf, page, person, shadow, shrub

CAMERA = Camera(eye=(-24, -64, 62), target=(21, 20, 0), focal=1560, centre=(960, 540))
WALL, ROOF, PAVING, LAWN = "#f1ebdf", "#77838a", "#dccfb8", "#a3bd80"
NORTH: Plan = (-6, 40, 52, 53)
SOUTH: Plan = (-6, -13, 52, -1)
WALK = smooth([(9, 10), (22, 7), (36, 10), (40, 20), (36, 31), (22, 34), (9, 31), (5, 20)])
INNER = smooth([(12, 13), (22, 10.4), (33, 13), (36.6, 20), (33, 28), (22, 30.6), (12, 28), (8.4, 20)])


def draw() -> str:
    east = _gallery((45, -1, 49, 40))
    west = _gallery((-3, -1, 1, 40))
    return page(_land(), _house(NORTH, 10.2, 3), east, _garden(), west, _house(SOUTH, 7, 2), _street())


def _land() -> str:
    parts = [CAMERA.ground([(-900, -60), (1500, -60), (1500, 2500), (-900, 2500)], HAZE)]
    for k in range(-12, 16):
        y = 58 + k * 14
        fill = mix("#b3c396", HAZE, (k + 1) / 16)
        parts.append(CAMERA.ground([(-900, y), (1500, y), (1500, y + 15), (-900, y + 15)], fill, stroke=fill))
    parts.append(CAMERA.ground([(-12, -18), (58, -18), (58, 58), (-12, 58)], "#cfc7b6"))
    parts.append(CAMERA.ground([(-200, -32), (260, -32), (260, -23), (-200, -23)], "#b9b7b1"))
    parts.append(CAMERA.ground([(66, -60), (74, -60), (74, 300), (66, 300)], "#b9b7b1"))
    parts += [broadleaf(CAMERA, (x, y, 0), 6 + 3 * jitter(x, y), max(0.0, (y - 30) / 210)) for x, y in _woods()]
    return "".join(parts)


def _woods() -> list[Flat]:
    """Trees around the centre, from far to near, none on the street, none before the houses."""
    spots = [(-130 + jitter(k, 1) * 330, -16 + jitter(k, 2) * 190) for k in range(420)]
    free = [(x, y) for x, y in spots if not 60 < x < 79 and (y > 62 or x < -17 or x > 79)]
    return sorted(free, key=lambda spot: -spot[1])


def _house(plan: Plan, eaves: float, storeys: int) -> str:
    """A house of some storeys with a glazed lift tower on the court."""
    x0, y0, x1, y1 = plan
    parts = [_cast(plan, eaves), CAMERA.box((x0, y0, 0), (x1, y1, eaves), WALL)]
    storey = eaves / storeys
    for k in range(storeys):
        low, high = k * storey + 0.9, k * storey + 2.6
        parts.append(openings(CAMERA, ((x0, y0), (x1, y0)), (low, high), 16, share=0.62))
        parts.append(openings(CAMERA, ((x0, y1), (x0, y0)), (low, high), 3, share=0.45))
        parts.append(_balcony(plan, k * storey + 0.15))
    roof = gabled(CAMERA, (x0 - 0.9, y0 - 0.9, x1 + 0.9, y1 + 0.9), eaves, eaves + 3.6, colour=ROOF, wall=WALL)
    return "".join(parts) + roof + (_lift(y0, eaves) if storeys == 3 else "")


def _cast(plan: Plan, height: float) -> str:
    """The building's shadow on the ground, to its right."""
    x0, y0, x1, y1 = plan
    reach = height * 0.6
    points = [(x0, y0), (x1, y0), (x1 + reach, y0 + reach * 0.25), (x1 + reach, y1 + reach * 0.25), (x1, y1), (x0, y1)]
    return CAMERA.ground(points, "#26323a", opacity=0.2)


def _balcony(plan: Plan, z: float) -> str:
    x0, y0, x1, _ = plan
    band = CAMERA.box((x0 + 0.3, y0 - 0.5, z), (x1 - 0.3, y0, z + 0.16), "#d8cdb8")
    return band + CAMERA.line((x0 + 0.3, y0 - 0.5, z + 1.1), (x1 - 0.3, y0 - 0.5, z + 1.1), 0.08, "#9a6f4f")


def _lift(y: float, eaves: float) -> str:
    tower = CAMERA.box((20.5, y - 3, 0), (25.5, y, eaves + 1.2), "#c58f68")
    top, front = eaves + 0.4, y - 3.02
    glass: list[Point] = [(21.3, front, 0.4), (24.7, front, 0.4), (24.7, front, top), (21.3, front, top)]
    bars = "".join(CAMERA.line((21.3, y - 3.02, z), (24.7, y - 3.02, z), 0.1, "#f1ebdf") for z in (3.6, 7.0))
    return tower + CAMERA.face(glass, "#9dbcc6") + bars


def _gallery(plan: Plan) -> str:
    """A roofed, barrier-free gallery on timber posts between the houses."""
    x0, y0, x1, y1 = plan
    parts = [CAMERA.ground([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], lit(PAVING, 0.85))]
    for k in range(11):
        y = y1 - 0.4 - k * (y1 - y0 - 0.8) / 10
        parts += [CAMERA.box((x - 0.16, y, 0), (x + 0.16, y + 0.3, 3.1), "#9a6f4f") for x in (x1 - 0.3, x0 + 0.3)]
    return "".join(parts) + gabled(CAMERA, (x0 - 0.6, y0, x1 + 0.6, y1), 3.1, 4.6, colour=ROOF, wall=WALL)


def _garden() -> str:
    """The court: a level ring walk with handrail, lawn, flower beds, a pavilion, trees and people."""
    parts = [CAMERA.ground([(1, -1), (45, -1), (45, 40), (1, 40)], LAWN)]
    parts.append(CAMERA.ground([(1, 35.8), (45, 35.8), (45, 40), (1, 40)], PAVING))
    crossing = ((20.5, 30, 24.5, 37), (20.5, -1, 24.5, 9), (1, 18.5, 8, 21.5), (37, 18.5, 45, 21.5))
    parts += [CAMERA.ground([(a, b), (c, b), (c, d), (a, d)], PAVING) for a, b, c, d in crossing]
    parts.append(CAMERA.ground(WALK, PAVING, stroke="#bfae8f", stroke_width=2))
    parts.append(CAMERA.ground(INNER, lit(LAWN, 1.05), stroke="#bfae8f", stroke_width=2))
    parts.append(CAMERA.ground(_circle((22.5, 20.5), 6), PAVING))
    beds = ((4.4, "#e0a596"), (3.2, "#eccb7c"), (2.0, "#8fae6c"))
    parts += [CAMERA.ground(_circle((22.5, 20.5), radius), fill) for radius, fill in beds]
    standing = [*_planting(), *_benches(), *_walkers()]
    return "".join(parts) + "".join(picture for _, picture in sorted(standing, key=lambda item: -item[0]))


def _circle(centre: Flat, radius: float) -> list[Flat]:
    turns = (k * math.pi / 20 for k in range(40))
    return [(centre[0] + radius * math.cos(turn), centre[1] + radius * math.sin(turn)) for turn in turns]


def _depth(x: float, y: float) -> float:
    return CAMERA.seen((x, y, 0))[2]


def _planting() -> list[tuple[float, str]]:
    trees = [(22.5, 20.5, 7.5), (5, 33, 5.5), (40.5, 34, 6), (41, 7, 6)]
    trees += [(14, 24.5, 4.2), (31.5, 25, 4.6), (31, 15.5, 4.2), (5, 7, 5)]
    items = []
    for k, (x, y, tall) in enumerate(trees):
        grown = broadleaf(CAMERA, (x, y, 0), tall, 0, GINKGO) if k in (0, 3) else broadleaf(CAMERA, (x, y, 0), tall)
        items.append((_depth(x, y), shadow(CAMERA, (x, y, 0), tall * 0.8, tall * 0.5) + grown))
    for k in range(13):
        x, y = 3.2 + k * 3.2, 34.6
        if not 19 < x < 26:
            items.append((_depth(x, y), shrub(CAMERA, (x, y, 0), (2.2, 1.1), k)))
    return items


def _benches() -> list[tuple[float, str]]:
    places = ((13, 31.8), (31, 31.8), (15.5, 17.5), (29.5, 21.5))
    seats = (CAMERA.box((x, y, 0.3), (x + 1.8, y + 0.5, 0.48), "#9a6f4f") for x, y in places)
    backs = (CAMERA.box((x, y + 0.4, 0.48), (x + 1.8, y + 0.5, 0.95), "#9a6f4f") for x, y in places)
    return [(_depth(*place), back + seat) for place, seat, back in zip(places, seats, backs, strict=True)]


def _walkers() -> list[tuple[float, str]]:
    places = [(10.4, 29), (11.4, 29.4), (25, 32.2), (34.6, 28.6), (38.3, 19), (38.3, 18)]
    places += [(18, 32.4), (20, 14.3), (22, 37.6), (33, 37.8), (12, 37.4), (6.8, 20)]
    coats = [k * 3 if k % 2 else k for k in range(len(places))]
    return [
        (_depth(x, y), person(CAMERA, (x, y, 0), coat, tall=1.65)) for coat, (x, y) in zip(coats, places, strict=True)
    ]


def _street() -> str:
    """Street trees and hedge in front of the south house."""
    hedge = "".join(shrub(CAMERA, (x, -17, 0), (3, 1.3), x) for x in range(56, -12, -2) if not 19 < x < 27)
    places = [(float(x), -20.5, 0.0) for x in (58, 48, 38, 10, 0, -10, -20)]
    trees = (shadow(CAMERA, at, 4, 2.5) + broadleaf(CAMERA, at, 5.4) for at in places)
    return hedge + "".join(trees)
