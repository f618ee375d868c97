"""The cemetery park's site in metres, from which the plan and the bird's-eye view are both drawn.

The figures follow the published scheme: 2.6 ha existing, 1.8 ha added in the east, a square of 2000 m2 and parking
for 120 cars in the south, a columbarium of 1200 m2 at the end of the existing axis.
"""

from lifecycle.demo.drawing.buildings import Plan
from lifecycle.demo.drawing.camera import Flat, jitter, smooth

BOUNDARY: list[Flat] = [(0, 0), (268, 0), (275, 62), (263, 161), (158, 169), (20, 159), (0, 112)]
DIVIDE: tuple[Flat, Flat] = ((158, 0), (158, 169))
RING = smooth(
    [
        *[(12, 66), (14, 106), (23, 137), (36, 149), (90, 155), (155, 159), (205, 157), (244, 151), (253, 139)],
        *[(260, 100), (262, 72), (253, 63), (205, 62), (140, 63), (80, 64), (22, 62)],
    ]
)
AXIS = 80.0
SQUARE: Plan = (52, 22, 108, 58)
COLUMBARIUM: Plan = (55, 122, 105, 146)
OFFICE: Plan = (14, 26, 40, 40)
PARKING: Plan = (172, 13, 256, 49)
FLOWERS: Plan = (114, 34, 126, 46)
OLD_CYPRESSES: tuple[Flat, Flat] = ((66, 9), (94, 9))
GRAVES: list[Plan] = [
    (19, 73, 66, 92),
    (19, 98, 66, 117),
    (22, 123, 47, 141),
    (94, 73, 149, 92),
    (94, 98, 149, 117),
    (113, 123, 149, 147),
]
TREE_BURIAL = smooth([(168, 76), (184, 70), (203, 73), (211, 90), (208, 112), (192, 120), (173, 116), (165, 97)])
FLOWER_BURIAL = smooth([(219, 96), (233, 90), (250, 94), (253, 108), (245, 122), (228, 123), (218, 112)])
POND = smooth([(219, 76), (230, 70), (246, 71), (253, 78), (247, 85), (233, 84), (223, 86)])
WALLS: list[Plan] = [(168, y, 242 - k * 3, y + 2.4) for k, y in enumerate((128, 137, 146))]
# The axis is walked; of the others, those of 6 and 7 m are for vehicles.
PATHS: list[tuple[list[Flat], float]] = [
    ([(AXIS, -8), (AXIS, 22)], 12),
    ([(AXIS, 58), (AXIS, 122)], 10),
    ([(12, 95), (158, 95), (166, 96)], 3),
    ([(158, 62), (158, 124), (214, 124), (215, 90), (212, 63)], 3),
    ([(211, 95), (219, 104)], 3),
    ([(108, 40), (114, 40)], 4),
    ([(214, -8), (214, 13)], 7),
    ([(214, 49), (214, 62)], 6),
    ([(261, 85), (280, 86)], 6),
]


def centre(plan: Plan) -> Flat:
    return (plan[0] + plan[2]) / 2, (plan[1] + plan[3]) / 2


def corners(plan: Plan) -> list[Flat]:
    x0, y0, x1, y1 = plan
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def grave_rows() -> list[tuple[Flat, Flat]]:
    """The rows of existing graves, each a line from west to east."""
    return [
        ((x0 + 1, y), (x1 - 1, y))
        for x0, y0, x1, y1 in GRAVES
        for y in (y0 + 2.2 + 3.2 * k for k in range(int((y1 - y0) / 3.2)))
    ]


def spaces() -> list[Plan]:
    """The 120 parking spaces: four rows of thirty, the two inner rows back to back."""
    x0, y0 = PARKING[0] + 3, PARKING[1] + 1
    return [(x0 + k * 2.6, y0 + dy, x0 + k * 2.6 + 2.6, y0 + dy + 5.2) for dy in (0, 11.7, 17, 28.7) for k in range(30)]


def burial_trees() -> list[Flat]:
    """One tree for each family grove of the tree-burial area."""
    spots = [(x + (y // 7 % 2) * 3.5, float(y)) for y in range(78, 118, 7) for x in range(171, 208, 7)]
    return [(x, y) for x, y in spots if inside((x, y), TREE_BURIAL, 2.5)]


def flower_beds() -> list[Flat]:
    spots = [(float(x), float(y)) for y in range(96, 122, 5) for x in range(223, 252, 6)]
    return [spot for spot in spots if inside(spot, FLOWER_BURIAL, 2.5)]


def inside(spot: Flat, area: list[Flat], margin: float) -> bool:
    """True if the spot and its neighbours `margin` metres away lie inside the polygon."""
    x, y = spot
    return all(_within((x + dx, y + dy), area) for dx, dy in ((margin, 0), (-margin, 0), (0, margin), (0, -margin)))


def _within(spot: Flat, area: list[Flat]) -> bool:
    x, y = spot
    crossings = 0
    for (ax, ay), (bx, by) in zip(area, [*area[1:], area[0]], strict=True):
        if (ay > y) != (by > y) and x < ax + (bx - ax) * (y - ay) / (by - ay):
            crossings += 1
    return crossings % 2 == 1


def belt() -> list[Flat]:
    """The belt of trees between the ring road and the boundary, and along the street."""
    spots: list[Flat] = []
    for (ax, ay), (bx, by) in zip(BOUNDARY[1:], [*BOUNDARY[2:], BOUNDARY[0]], strict=True):
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        nx, ny = -(by - ay) / length, (bx - ax) / length
        for k in range(int(length / 4.6)):
            t, drift = (k + 0.5) / int(length / 4.6), 4.5 + 1.6 * jitter(k, ax)
            spots.append((ax + (bx - ax) * t + nx * drift, ay + (by - ay) * t + ny * drift))
    street = [(float(x), 5.0) for x in range(6, 262, 6) if not 60 < x < 100 and not 206 < x < 222]
    return [spot for spot in spots if not (spot[0] > 262 and 80 < spot[1] < 92)] + street


def avenue() -> list[Flat]:
    """The pines along the axis."""
    return [(AXIS + side * 8, float(y)) for side in (-1, 1) for y in range(70, 119, 6) if not 92 < y < 98]


def lawn_trees() -> list[Flat]:
    rows = [(x, 53.5) for x in range(120, 252, 8) if not 208 < x < 220]
    rows += [(x, 16.0) for x in (10, 18, 26, 34, 118, 128, 138, 148)] + [(x, 54.0) for x in (10, 18, 26, 34, 42)]
    rows += [(x, y) for x in (140, 150, 165) for y in (28, 42)]
    rows += [(154, y) for y in (70, 80, 88, 104, 112)] + [(246, 136), (244, 147)]
    return [(float(x), float(y)) for x, y in rows]
