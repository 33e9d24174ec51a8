"""Seals as offices press them, and red things that are none. Each is a mask of ink (PIL "L") at a page's own scale;
press() lays it on a page. Needs Pillow, numpy and the fonts of FACES (see draw.py)."""
import math

import numpy as np
from PIL import Image, ImageDraw, ImageFont

SHARE = "/usr/share/fonts/"
FACES = {
    "song": (SHARE + "opentype/noto/NotoSerifCJK-Regular.ttc", 2), "bold": (SHARE + "opentype/noto/NotoSerifCJK-Bold.ttc", 2),
    "hei": (SHARE + "opentype/noto/NotoSansCJK-Regular.ttc", 2), "boldhei": (SHARE + "opentype/noto/NotoSansCJK-Bold.ttc", 2),
    "kai": (SHARE + "truetype/arphic-gkai00mp/gkai00mp.ttf", 0), "newsong": (SHARE + "truetype/arphic-gbsn00lp/gbsn00lp.ttf", 0),
    "wenkai": (SHARE + "truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", 0), "boldwenkai": (SHARE + "truetype/lxgw-wenkai/LXGWWenKai-Bold.ttf", 0),
    "zenhei": (SHARE + "truetype/wqy/wqy-zenhei.ttc", 0), "microhei": (SHARE + "truetype/wqy/wqy-microhei.ttc", 0),
    "uming": (SHARE + "truetype/arphic/uming.ttc", 0), "ukai": (SHARE + "truetype/arphic/ukai.ttc", 0),
}
# Those that a stamp maker uses; two are kept for measuring only, so that no threshold is fitted to them.
SEAL_FACES = {"tune": ("song", "bold", "newsong", "kai", "hei"), "measure": ("song", "bold", "newsong", "kai", "hei", "uming", "boldwenkai")}
_fonts = {}


def face(name, size):
    key = (name, size)
    if key not in _fonts:
        _fonts[key] = ImageFont.truetype(FACES[name][0], size, index=FACES[name][1])
    return _fonts[key]


def star(draw, x, y, r):
    points = [(x + (r if i % 2 == 0 else 0.382 * r) * math.sin(i * math.pi / 5), y - (r if i % 2 == 0 else 0.382 * r) * math.cos(i * math.pi / 5))
              for i in range(10)]
    draw.polygon(points, 255)


def glyph(character, font_name, width, height):
    """One character filling width by height."""
    size = max(8, round(height))
    image = Image.new("L", (2 * size, 2 * size), 0)
    ImageDraw.Draw(image).text((size, size), character, 255, face(font_name, size), anchor="mm")
    return image.resize((max(4, round(2 * size * width / size)), 2 * size), Image.LANCZOS)


def along(image, words, font_name, rx, ry, span, size, narrow, share, bottom=False):
    """Characters along an ellipse (half axes rx, ry) about the image's centre, heads outward, at even steps of arc."""
    cx, cy = image.width / 2, image.height / 2
    steps = np.linspace(-math.pi, math.pi, 2001)
    length = np.concatenate([[0], np.cumsum(np.hypot(np.diff(rx * np.sin(steps)), np.diff(ry * np.cos(steps))))])
    length -= np.interp(0, steps, length)
    reach = np.interp(math.radians(span / 2), steps, length) * share
    for i, character in enumerate(words):
        at = -reach + 2 * reach * i / max(1, len(words) - 1)
        t = float(np.interp(at * share / share, length, steps))
        if bottom:
            t = -t + math.pi
        x, y = cx + share * rx * math.sin(t), cy - share * ry * math.cos(t)
        lean = math.atan2(math.sin(t) / rx, math.cos(t) / ry)  # of the outward normal, clockwise from up
        if bottom:
            lean += math.pi
        one = glyph(character, font_name, size * narrow, size).rotate(-math.degrees(lean), Image.BICUBIC, True)
        image.paste(255, (round(x - one.width / 2), round(y - one.height / 2)), one)


def round_seal(rng, name, font_name, diameter, line="", number="", has_star=True):
    side = 2 * round(diameter)
    image = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(image)
    edge = 0.012 * side
    draw.ellipse((edge, edge, side - edge, side - edge), outline=255, width=round(side * rng.uniform(0.018, 0.032)))
    if has_star:
        star(draw, side / 2, side / 2, side * rng.uniform(0.12, 0.16))
    n = len(name)
    span = min(rng.uniform(285, 300), n * rng.uniform(22, 27))
    radius = 0.385 * side
    pitch = radius * math.radians(span) / n
    size = side * rng.uniform(0.115, 0.14)
    along(image, name, font_name, radius, radius, span, size, min(1.0, 0.94 * pitch / size), 1.0)
    if line:
        draw.text((side / 2, side * 0.735), line, 255, face(font_name, round(side * 0.075)), anchor="mm")
    if number:
        along(image, number, "hei", radius, radius, 50, side * 0.042, 0.7, 1.12, bottom=True)
    return image.resize((side // 2, side // 2), Image.LANCZOS)


def oval_seal(rng, name, font_name, width, line, number=""):
    ratio = rng.uniform(0.64, 0.76)
    w, h = 2 * round(width), 2 * round(width * ratio)
    image = Image.new("L", (w, h), 0)
    draw = ImageDraw.Draw(image)
    edge = 0.012 * w
    draw.ellipse((edge, edge, w - edge, h - edge), outline=255, width=round(w * rng.uniform(0.016, 0.026)))
    size = w * rng.uniform(0.085, 0.1)
    rx, ry = w / 2 - edge - 0.85 * size, h / 2 - edge - 0.85 * size
    n = len(name)
    span = min(250, n * 24)
    perimeter = math.pi * (3 * (rx + ry) - math.sqrt((3 * rx + ry) * (rx + 3 * ry)))
    pitch = perimeter * span / 360 / n
    along(image, name, font_name, rx, ry, span, size, min(1.0, 0.92 * pitch / size), 1.0)
    draw.text((w / 2, h * 0.53), line, 255, face(font_name, round(w * 0.085)), anchor="mm")
    if number:
        draw.text((w / 2, h * 0.74), number, 255, face("hei", round(w * 0.05)), anchor="mm")
    return image.resize((w // 2, h // 2), Image.LANCZOS)


def square_seal(rng, words, font_name, side):
    """Characters in columns from the right, or in rows; 章 or 印 fills up."""
    words = words if len(words) % 2 == 0 or len(words) > 9 else words + "印"
    lines = 2 if len(words) <= 8 else 3
    per = math.ceil(len(words) / lines)
    s = 2 * round(side)
    image = Image.new("L", (s, s), 0)
    draw = ImageDraw.Draw(image)
    border = round(s * rng.uniform(0.025, 0.045))
    draw.rectangle((2, 2, s - 3, s - 3), outline=255, width=border)
    columns = rng.random() < 0.6
    inner = s - 2 * border - 0.06 * s
    for i, c in enumerate(words):
        line, at = divmod(i, per)
        w, h = (inner / lines, inner / per) if columns else (inner / per, inner / lines)
        x = s / 2 + inner / 2 - w * (line + 0.5) if columns else s / 2 - inner / 2 + w * (at + 0.5)
        y = s / 2 - inner / 2 + (h * (at + 0.5) if columns else h * (line + 0.5))
        one = glyph(c, font_name, 0.93 * w, 0.93 * h)
        image.paste(255, (round(x - one.width / 2), round(y - one.height / 2)), one)
    return image.resize((s // 2, s // 2), Image.LANCZOS), words


def clouds(rng, width, height, cells, low, high):
    small = Image.fromarray((rng.random((cells, cells)) * 255).astype("uint8"))
    return low + (high - low) * np.asarray(small.resize((width, height), Image.BICUBIC), float) / 255


def inked(rng, mask, faint=1.0, worn=0.0, partial=0.0):
    """Uneven ink, with holes; `worn` 0..1: how much of it is missing in patches; `partial`: share that never touched the paper."""
    w, h = mask.size
    values = np.asarray(mask, float) * clouds(rng, w, h, 7, 0.62, 1.0)
    fine = np.asarray(Image.fromarray((rng.random((max(2, h // 2), max(2, w // 2))) * 255).astype("uint8")).resize((w, h), Image.BICUBIC), float) / 255
    values *= np.clip(0.55 + 0.9 * fine, 0, 1)
    if worn:
        patches = clouds(rng, w, h, 9, 0, 1)
        values *= np.clip((patches - 0.5 * worn) / 0.25 + 0.35, 0.15, 1)
    if partial:
        turn = rng.uniform(0, 2 * math.pi)
        y, x = np.mgrid[0:h, 0:w]
        along_turn = ((x - w / 2) * math.cos(turn) + (y - h / 2) * math.sin(turn)) / (w / 2)
        values *= np.clip((1 - 2 * partial - along_turn) / 0.12, 0, 1)
    return Image.fromarray(np.clip(values * faint, 0, 255).astype("uint8"))


def press(page, mask, centre, colour, turn=0.0):
    """Ink multiplied onto the page; the box of what was pressed."""
    mask = mask.rotate(turn, Image.BICUBIC, True)
    left, top = round(centre[0] - mask.width / 2), round(centre[1] - mask.height / 2)
    box = (left, top, left + mask.width, top + mask.height)
    under = np.asarray(page.crop(box), float)
    share = np.asarray(mask, float)[..., None] / 255
    page.paste(Image.fromarray((under * (1 - share + share * np.array(colour) / 255)).astype("uint8")), box)
    bounds = mask.point(lambda v: 255 if v > 24 else 0).getbbox() or (0, 0, mask.width, mask.height)
    return (left + bounds[0], top + bounds[1], bounds[2] - bounds[0], bounds[3] - bounds[1])


# Red things that are no seals.

def letterhead(rng, page, mm):
    draw = ImageDraw.Draw(page)
    words = "邵水县临津门街道办事处文件"[: int(rng.integers(8, 14))]
    draw.text((page.width / 2, mm(16)), words, (205, 25, 30), face(("bold", "song")[int(rng.integers(2))], mm(rng.uniform(9, 12))), anchor="mm")
    draw.rectangle((mm(18), mm(24), page.width - mm(18), mm(24.7)), (205, 25, 30))


def crest(rng, page, mm):
    x, y, r = page.width - mm(32), mm(20), mm(rng.uniform(8, 12))
    draw = ImageDraw.Draw(page)
    draw.ellipse((x - r, y - r, x + r, y + r), (215, 165, 50))
    draw.ellipse((x - 0.82 * r, y - 0.82 * r, x + 0.82 * r, y + 0.82 * r), (200, 25, 30))
    points = [(x + (0.35 if i % 2 == 0 else 0.14) * r * math.sin(i * math.pi / 5), y - 0.2 * r - (0.35 if i % 2 == 0 else 0.14) * r * math.cos(i * math.pi / 5))
              for i in range(10)]
    draw.polygon(points, (240, 205, 70))
    draw.rectangle((x - 0.45 * r, y + 0.3 * r, x + 0.45 * r, y + 0.5 * r), (240, 205, 70))


def logo(rng, page, mm):
    x, y, r = mm(30), mm(18), mm(rng.uniform(7, 12))
    draw = ImageDraw.Draw(page)
    red = (220, 40, 45)
    kind = int(rng.integers(4))
    if kind == 0:  # a disc with a letter left white
        draw.ellipse((x - r, y - r, x + r, y + r), red)
        draw.text((x, y), "临", "white", face("boldhei", round(1.1 * r)), anchor="mm")
    elif kind == 1:  # a swirl
        for i in range(3):
            k = r * (1 - 0.28 * i)
            draw.arc((x - k, y - k, x + k, y + k), 40 + 70 * i, 270 + 60 * i, red, round(0.16 * r))
    elif kind == 2:  # an icon
        draw.rounded_rectangle((x - r, y - r, x + r, y + r), 0.3 * r, red)
        draw.text((x, y), "读", "white", face("boldhei", round(1.3 * r)), anchor="mm")
    else:  # hills
        draw.polygon([(x - r, y + 0.6 * r), (x - 0.2 * r, y - 0.7 * r), (x + 0.3 * r, y), (x + 0.6 * r, y - 0.4 * r), (x + r, y + 0.6 * r)], red)


def qr_code(rng, page, mm, colour=None):
    n, cell = 29, mm(0.9)
    bits = rng.random((n, n)) < 0.5
    for r, c in ((0, 0), (0, n - 7), (n - 7, 0)):
        bits[r:r + 7, c:c + 7] = True
        bits[r + 1:r + 6, c + 1:c + 6] = False
        bits[r + 2:r + 5, c + 2:c + 5] = True
    colour = colour or ((195, 25, 30) if rng.random() < 0.6 else (20, 20, 20))
    draw = ImageDraw.Draw(page)
    x0, y0 = mm(160), mm(262)
    for r in range(n):
        for c in range(n):
            if bits[r, c]:
                draw.rectangle((x0 + c * cell, y0 + r * cell, x0 + c * cell + cell - 1, y0 + r * cell + cell - 1), colour)


def fingerprint(rng, page, mm, at):
    w, h = mm(14), mm(19)
    y, x = np.mgrid[0:h, 0:w]
    u, v = (x - w / 2) / (w / 2), (y - h / 2) / (h / 2)
    bend = 0.25 * np.sin(2.2 * u + rng.uniform(0, 3)) + 0.15 * v * v
    ridges = 0.5 + 0.5 * np.sin((np.hypot(u * 1.1, v * 0.8 + 0.2 + bend)) * rng.uniform(38, 48))
    inside = np.clip((1 - np.hypot(u, v)) / 0.18, 0, 1)
    mask = Image.fromarray((255 * inside * np.clip(ridges * 1.5 - 0.25, 0, 1) * clouds(rng, w, h, 5, 0.5, 1)).astype("uint8"))
    press(page, mask, at, (205, 35, 45), float(rng.uniform(-40, 40)))


def handwriting(rng, page, mm, at, colour=(205, 30, 35), words="同意"):
    size = mm(rng.uniform(9, 13))
    mask = Image.new("L", (size * (len(words) + 1), 2 * size), 0)
    for i, c in enumerate(words):
        one = Image.new("L", (2 * size, 2 * size), 0)
        ImageDraw.Draw(one).text((size, size), c, 255, face("ukai", size), anchor="mm")
        one = one.transform(one.size, Image.AFFINE, (1, 0.25, -0.25 * size, 0, 1, 0), Image.BICUBIC).rotate(float(rng.uniform(-9, 9)), Image.BICUBIC)
        mask.paste(255, (round(i * size * 0.86 - size * 0.3), 0), one)
    press(page, mask, at, colour, float(rng.uniform(-4, 8)))
