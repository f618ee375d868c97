"""The site plan: north is up, with boundary, legend, scale bar and labels."""

from collections.abc import Sequence
from typing import Any

from lifecycle.demo.drawing import site
from lifecycle.demo.drawing.buildings import Plan
from lifecycle.demo.drawing.camera import HEIGHT, WIDTH, Flat, jitter, lit, mix, path, tag
from lifecycle.demo.drawing.nature import page

SCALE, LEFT, BOTTOM, PANEL = 4.9, 50.0, 920.0, 1466
INK, RED, ROAD, PAVED = "#2c3532", "#c1272d", "#d5d3cd", "#e9dcc3"
OLD, NEW, BUILDING, TREE = "#dbe3cd", "#c9dfb6", "#a95f4a", "#6f9d68"
SERIF = "'Noto Serif CJK SC',serif"
SANS = "'Noto Sans CJK SC',sans-serif"


def draw() -> str:
    return page(_land(), _grounds(), _details(), _buildings(), _trees(), _lines(), _labels(), _panel())


def _at(spot: Flat) -> Flat:
    return LEFT + spot[0] * SCALE, BOTTOM - spot[1] * SCALE


def _area(points: Sequence[Flat], fill: str, **attributes: Any) -> str:
    return path([_at(point) for point in points], fill=fill, **attributes)


def _track(points: Sequence[Flat], width: float, colour: str, *, closed: bool = False, **attributes: Any) -> str:
    stroke: dict[str, Any] = {
        "stroke": colour,
        "stroke_width": width * SCALE,
        "fill": "none",
        "stroke_linejoin": "round",
    }
    return path([_at(point) for point in points], closed=closed, **stroke, **attributes)


def _words(words: str, spot: Flat, size: float = 24, *, colour: str = INK, **attributes: Any) -> str:
    """A label on the plan, with a pale rim that keeps it readable on any ground."""
    x, y = _at(spot)
    halo = {"paint_order": "stroke", "stroke": "#fbfaf4", "stroke_width": 5, "stroke_linejoin": "round"}
    style = f"font:600 {size}px {SANS};letter-spacing:1px"
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "text_anchor": "middle", "dominant_baseline": "central"}
    return tag("text", words, style=style, fill=colour, **place, **{**halo, **attributes})


def _land() -> str:
    """Fields and a wooded slope around the site, and the two streets."""
    parts = [tag("rect", width=WIDTH, height=HEIGHT, fill="#eef0e3")]
    for k in range(9):
        rise = [(float(x), 172 + k * 5.5 + 5 * jitter(k) + 7 * (x - 120) ** 2 / 90000) for x in range(-20, 300, 10)]
        parts.append(_track(rise, 0.22, "#b9c3a2"))
    for k in range(240):
        spot = (-12 + jitter(k, 1) * 305, 177 + jitter(k, 2) * 14)
        parts.append(_crown(spot, 2.2 + jitter(k, 3) * 1.6, mix("#9db894", "#c3d2b4", jitter(k, 4))))
    streets: list[tuple[list[Flat], float]] = [([(-20, -16), (300, -16)], 15), ([(284, -16), (284, 200)], 9)]
    parts += [_track(line, width + 1.6, "#c2c1ba") for line, width in streets]
    parts += [_track(line, width, "#e3e2dd") for line, width in streets]
    parts.append(_track([(-20, -16), (300, -16)], 0.3, "#fff", stroke_dasharray="26 18"))
    return "".join(parts)


def _grounds() -> str:
    parts = [_area(site.BOUNDARY, OLD)]
    east = [site.DIVIDE[0], *site.BOUNDARY[1:4], site.DIVIDE[1]]
    parts.append(_area(east, NEW))
    parts += [_track(site.RING, 7, "#b4b2aa", closed=True), _track(site.RING, 6, ROAD, closed=True)]
    parts += [_track(points, width, ROAD if width in (6, 7) else PAVED) for points, width in site.PATHS]
    parts += [_area(site.corners(plan), "#c9d3ba", stroke="#a9b797") for plan in site.GRAVES]
    parts.append(_area(site.corners(site.SQUARE), PAVED, stroke="#b9a67f", stroke_width=2))
    parts.append(_area(site.corners(site.PARKING), ROAD, stroke="#a9a79f", stroke_width=1.5))
    parts.append(_area(site.TREE_BURIAL, "#a9cf93", stroke="#6f9f5e", stroke_width=2))
    parts.append(_area(site.FLOWER_BURIAL, "#efd9c4", stroke="#c99f77", stroke_width=2))
    parts.append(_area(site.POND, "#a9cfdf", stroke="#5f96ad", stroke_width=2.5))
    return "".join(parts)


def _details() -> str:
    parts = [_track(row, 1.1, "#98a58b", stroke_dasharray="7 3") for row in site.grave_rows()]
    parts += [_area(site.corners(plan), "none", stroke="#fff", stroke_width=1.3) for plan in site.spaces()]
    x0, y0, x1, y1 = site.SQUARE
    for inset in (3, 8, 13):
        parts.append(_area(site.corners((x0 + inset, y0 + inset, x1 - inset, y1 - inset)), "none", stroke="#cdbb96"))
    for k, spot in enumerate(site.flower_beds()):
        parts.append(_crown(spot, 1.9, ("#dd8f86", "#e9c46f", "#c98fb3")[k % 3]))
    return "".join(parts)


def _buildings() -> str:
    parts = [_house(plan, BUILDING) for plan in (site.COLUMBARIUM, site.FLOWERS)]
    parts.append(_house(site.OFFICE, "#8b9198"))
    parts += [_house(plan, "#b98a5e") for plan in site.WALLS]
    gate = _area(site.corners((70, 2, 90, 4.4)), "#6c4a3c")
    return "".join(parts) + gate


def _house(plan: Plan, colour: str) -> str:
    x0, y0, x1, y1 = plan
    cast = _area(site.corners((x0 + 1.1, y0 - 1.1, x1 + 1.1, y1 - 1.1)), "#3a4a40", opacity=0.28)
    half = (y1 - y0) / 2
    ends = [(x0 + half, y0 + half), (x1 - half, y0 + half)]
    roof = _area(site.corners(plan), colour, stroke=lit(colour, 0.6), stroke_width=1.8)
    shade = _area([(x0, y0), (x1, y0), ends[1], ends[0]], lit(colour, 0.86))
    hips = [(ends[0], (x0, y0)), (ends[0], (x0, y1)), (ends[1], (x1, y0)), (ends[1], (x1, y1)), (ends[0], ends[1])]
    return cast + roof + shade + "".join(_track(line, 0.3, lit(colour, 0.66)) for line in hips)


def _crown(spot: Flat, radius: float, colour: str) -> str:
    (x, y), r = _at(spot), radius * SCALE
    cast = tag("circle", cx=f"{x + r * 0.22:.1f}", cy=f"{y + r * 0.26:.1f}", r=f"{r:.1f}", fill="#31463a", opacity=0.18)
    whole = tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{r:.1f}", fill=colour)
    light = {"cx": f"{x - r * 0.25:.1f}", "cy": f"{y - r * 0.28:.1f}", "r": f"{r * 0.55:.1f}"}
    return cast + whole + tag("circle", fill="#fff", opacity=0.22, **light)


def _trees() -> str:
    parts = [_crown(spot, 2.3 + jitter(*spot) * 0.7, mix(TREE, "#8db57c", jitter(*spot, 2))) for spot in site.belt()]
    parts += [_crown(spot, 2.2, "#5d8f72") for spot in site.avenue()]
    parts += [_crown(spot, 2.4, mix(TREE, "#8db57c", jitter(*spot))) for spot in site.lawn_trees()]
    parts += [_crown(spot, 2.3, "#7fae62") for spot in site.burial_trees()]
    return "".join(parts) + "".join(_crown(spot, 3.4, "#2f6249") for spot in site.OLD_CYPRESSES)


def _lines() -> str:
    divide = _track(site.DIVIDE, 0.55, "#2f6f9f", stroke_dasharray="16 9")
    return divide + _track(site.BOUNDARY, 0.9, RED, closed=True, stroke_dasharray="34 9 6 9")


def _labels() -> str:
    named = [
        ("骨灰堂", site.centre(site.COLUMBARIUM), 28), ("祭扫广场", site.centre(site.SQUARE), 28),
        ("停车场（120个车位）", site.centre(site.PARKING), 26), ("壁葬区", (204, 133.6), 23),
        ("树葬区", (188, 96), 28), ("花坛葬区", (236, 106), 26), ("雨水调蓄池", (236, 78), 22),
        ("现状墓区", (42, 95), 26), ("现状墓区", (122, 95), 26), ("管理用房", site.centre(site.OFFICE), 21),
        ("鲜花祭扫点", (122, 29), 21), ("环路", (44, 63.5), 20), ("环路", (182, 157.5), 20),
    ]  # fmt: skip
    parts = [_words(words, spot, size) for words, spot, size in named]
    parts += [_words("现 状 园 区  2.6公顷", (88, 170.5), 25, colour="#4d5f43")]
    parts += [_words("扩 建 区  1.8公顷", (214, 171), 25, colour="#2f6f3f")]
    parts += [_words("主入口", (80, -4.2), 24, colour=RED), _words("停车场出入口", (214, -4.2), 22, colour=RED)]
    parts += [_words("应急", (275.5, 97), 21, colour=RED), _words("出口", (275.5, 91.6), 21, colour=RED)]
    parts += [_words("保留古柏", (48, 12), 20, colour="#24513a")]
    parts += [_words("凤  山  路", (146, -17.5), 26, colour="#6a6a66", stroke_width=0)]
    parts += [_down("东侧支路", (284, 125), "#6a6a66"), _down("纪念轴线", (80, 80), INK)]
    return "".join(parts) + _arrow((80, -9), RED) + _arrow((214, -9), RED)


def _down(words: str, spot: Flat, colour: str) -> str:
    """A label that reads from top to bottom."""
    x, y = _at(spot)
    style = f"font:600 22px {SANS};writing-mode:vertical-rl;letter-spacing:5px"
    return tag("text", words, x=x, y=y, style=style, fill=colour, text_anchor="middle")


def _arrow(spot: Flat, colour: str) -> str:
    x, y = spot
    return _area([(x, y + 2.4), (x - 2.2, y - 1.6), (x + 2.2, y - 1.6)], colour)


def _text(words: str, x: float, y: float, size: float, *, font: str = SANS, colour: str = INK) -> str:
    style = f"font:{400 if font == SANS else 700} {size}px {font}"
    return tag("text", words, x=x, y=y, fill=colour, style=style, dominant_baseline="central")


def _panel() -> str:
    """Title, north arrow, legend and scale bar."""
    x = PANEL + 44
    parts = [tag("rect", x=PANEL, width=WIDTH - PANEL, height=HEIGHT, fill="#fbfaf4")]
    parts.append(tag("rect", x=PANEL, width=5, height=HEIGHT, fill="#35574a"))
    parts.append(_text("陵园公园改扩建工程", x, 86, 38, font=SERIF, colour="#23402f"))
    parts.append(_text("总平面图", x, 148, 52, font=SERIF, colour="#23402f"))
    parts.append(tag("rect", x=x, y=192, width=360, height=2, fill="#c8cbb9"))
    parts.append(_text("图例", x, 232, 28))
    for k, (sign, words) in enumerate(_legend()):
        column, row = divmod(k, 9)
        cx, cy = x + column * 196, 286 + row * 50
        parts.append(tag("g", sign, transform=f"translate({cx} {cy - 13})") + _text(words, cx + 54, cy, 23))
    parts.append(tag("rect", x=x, y=748, width=360, height=2, fill="#c8cbb9"))
    parts.append(_text("效果示意，以批准的图纸为准", x, 1030, 22, colour="#5d665f"))
    return "".join(parts) + _north(x + 52, 846) + _bar(x + 4, 968)


def _legend() -> list[tuple[str, str]]:
    def patch(fill: str, edge: str = "#8d9384") -> str:
        return tag("rect", width=40, height=26, rx=2, fill=fill, stroke=edge, stroke_width=1.5)

    def stroke(colour: str, dash: str, width: float = 4) -> str:
        return tag("path", d="M0 13H42", stroke=colour, stroke_width=width, stroke_dasharray=dash)

    def dot(colour: str) -> str:
        light = tag("circle", cx=16, cy=9, r=6, fill="#fff", opacity=0.22)
        return tag("circle", cx=20, cy=13, r=13, fill=colour) + light

    return [
        (stroke(RED, "17 4 4 4"), "用地红线"), (stroke("#2f6f9f", "10 5"), "新旧分界"), (patch(OLD), "现状园区"),
        (patch(NEW), "扩建区"), (patch("#c9d3ba"), "现状墓区"), (patch("#a9cf93"), "树葬区"),
        (patch("#efd9c4"), "花坛葬区"), (patch("#b98a5e"), "壁葬墙"), (patch("#a9cfdf"), "水面"),
        (patch(BUILDING), "新建建筑"), (patch("#8b9198"), "现状建筑"), (patch(PAVED), "广场步道"),
        (patch(ROAD), "车行道"), (dot(TREE), "林带"), (dot("#5d8f72"), "松树"), (dot("#2f6249"), "古柏"),
    ]  # fmt: skip


def _north(x: float, y: float) -> str:
    ring = tag("circle", cx=x, cy=y, r=46, fill="none", stroke=INK, stroke_width=2)
    dark = path([(x, y - 54), (x, y + 20), (x - 21, y + 38)], fill=INK)
    pale = path([(x, y - 54), (x, y + 20), (x + 21, y + 38)], fill="#fbfaf4", stroke=INK, stroke_width=2)
    return ring + dark + pale + _text("北", x + 62, y - 34, 28)


def _bar(x: float, y: float) -> str:
    """A bar of 60 m in steps of 20 m."""
    step = 20 * SCALE
    parts = [
        tag("rect", x=x + k * step, y=y, width=step, height=10, fill=INK if k % 2 == 0 else "#fff", stroke=INK)
        for k in range(3)
    ]
    marks = (("0", 0.0), ("20", step - 12), ("40", 2 * step - 12), ("60米", 3 * step - 12))
    return "".join(parts) + "".join(_text(words, x + dx, y - 18, 21) for words, dx in marks)
