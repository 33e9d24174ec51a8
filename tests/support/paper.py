"""Paper as an office sees it: red seals, signatures, certificates and the scanner, drawn with Pillow.

Needs python3-pil, python3-numpy, fonts-noto-cjk and fonts-arphic-ukai. Every picture is a specimen: persons,
organisations and numbers are the caller's and made up. Sizes are in pixels at DPI.
"""
import io
import math

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

DPI = 170
FACES = {
    "song": ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    "bold": ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc", 2),
    "hei": ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    "kai": ("/usr/share/fonts/truetype/arphic/ukai.ttc", 0),
}
RED, INK = (196, 28, 32), (28, 32, 92)


def mm(length):
    return round(length / 25.4 * DPI)


def face(name, size):
    path, index = FACES[name]
    return ImageFont.truetype(path, size, index=index)


def a4():
    return Image.new("RGB", (mm(210), mm(297)), "white")


def star(draw, centre, radius, colour):
    points = []
    for i in range(10):
        r = radius if i % 2 == 0 else radius * 0.382
        angle = math.pi * (i / 5 - 0.5)
        points.append((centre[0] + r * math.cos(angle), centre[1] + r * math.sin(angle)))
    draw.polygon(points, fill=colour)


def seal(name, rng, beneath="", diameter=mm(42)):
    """A round seal with the name round its edge, a star and a line of text; ink uneven."""
    big = 2 * diameter
    image = Image.new("L", (big, big), 0)
    draw = ImageDraw.Draw(image)
    edge = big * 0.03
    draw.ellipse((edge, edge, big - edge, big - edge), outline=255, width=round(big * 0.022))
    star(draw, (big / 2, big / 2), big * 0.15, 255)
    size = round(big * min(0.125, 1.62 / len(name)))
    span = min(270, 24 * len(name))
    for i, character in enumerate(name):
        turn = -span / 2 + span * i / max(len(name) - 1, 1)
        glyph = Image.new("L", (2 * size, 2 * size), 0)
        ImageDraw.Draw(glyph).text((size, size), character, 255, face("bold", size), anchor="mm")
        glyph = glyph.resize((round(1.7 * size), round(2.3 * size))).rotate(-turn, Image.BICUBIC, True)
        radius = big * 0.385
        x = big / 2 + radius * math.sin(math.radians(turn)) - glyph.width / 2
        y = big / 2 - radius * math.cos(math.radians(turn)) - glyph.height / 2
        image.paste(255, (round(x), round(y)), glyph)
    if beneath:
        draw.text((big / 2, big * 0.76), beneath, 255, face("bold", round(big * 0.075)), anchor="mm")
    return inked(image.resize((diameter, diameter), Image.LANCZOS), rng)


def inked(mask, rng):
    """Ink on paper: denser here, thinner there, with small holes."""
    width, height = mask.size
    clouds = Image.fromarray(rng.integers(150, 256, (6, 6)).astype("uint8"))
    clouds = numpy.asarray(clouds.resize((width, height), Image.BICUBIC)) / 255
    grain = 1 - 0.25 * (rng.random((height, width)) > 0.85)
    values = numpy.asarray(mask) * clouds * grain * 0.92
    return Image.fromarray(values.astype("uint8"))


def press(page, mask, centre, colour=RED, turn=0.0):
    """Multiplies ink of `colour` onto the page, as ink does: what is black beneath stays black."""
    mask = mask.rotate(turn, Image.BICUBIC, True)
    left, top = round(centre[0] - mask.width / 2), round(centre[1] - mask.height / 2)
    box = (left, top, left + mask.width, top + mask.height)
    under = numpy.asarray(page.crop(box)).astype(float)
    share = numpy.asarray(mask)[..., None] / 255
    ink = numpy.array(colour) / 255
    page.paste(Image.fromarray((under * (1 - share + share * ink)).astype("uint8")), box)


def sign(page, name, centre, rng):
    """A name in pen strokes: larger than print, leaning, each character its own way."""
    size = mm(11)
    mask = Image.new("L", (size * (len(name) + 1), 2 * size), 0)
    for i, character in enumerate(name):
        glyph = Image.new("L", (2 * size, 2 * size), 0)
        ImageDraw.Draw(glyph).text((size, size), character, 255, face("kai", size), anchor="mm")
        glyph = glyph.transform(glyph.size, Image.AFFINE, (1, 0.25, -0.25 * size, 0, 1, 0), Image.BICUBIC)
        glyph = glyph.rotate(float(rng.uniform(-9, 9)), Image.BICUBIC)
        drop = int(rng.integers(-size // 12, size // 12 + 1))
        mask.paste(255, (round(i * size * 0.86 - size * 0.3), drop), glyph)
    press(page, mask.filter(ImageFilter.GaussianBlur(0.6)), centre, INK, 3)


def emblem(draw, centre, radius):
    x, y = centre
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(214, 160, 50))
    inner = radius * 0.82
    draw.ellipse((x - inner, y - inner, x + inner, y + inner), fill=(200, 30, 30))
    star(draw, (x, y - radius * 0.15), radius * 0.4, (240, 200, 60))


def certificate(title, number, rows, issuer, issued, rng):
    """A landscape certificate: a frame, the title, the number, labelled lines, the issuer's seal."""
    page = Image.new("RGB", (mm(250), mm(176)), (253, 251, 240))
    draw = ImageDraw.Draw(page)
    for inset, width in ((6, 10), (9, 2)):
        inset = mm(inset)
        draw.rectangle((inset, inset, page.width - inset, page.height - inset),
                       outline=(206, 160, 80), width=width)
    emblem(draw, (page.width / 2, mm(22)), mm(9))
    draw.text((page.width / 2, mm(42)), title, (20, 20, 20), face("bold", mm(12)), anchor="mm")
    draw.text((page.width / 2, mm(56)), number, (20, 20, 20), face("hei", mm(5)), anchor="mm")
    for i, (label, value) in enumerate(rows):
        y = mm(68) + i * mm(9.5)
        draw.text((mm(38), y), label, (40, 40, 40), face("song", mm(4.4)), anchor="lm")
        draw.text((mm(72), y), value, (15, 15, 15), face("hei", mm(4.6)), anchor="lm")
    draw.text((mm(170), mm(146)), issued, (15, 15, 15), face("song", mm(4.6)), anchor="lm")
    draw.text((mm(140), mm(138)), "登记机关", (40, 40, 40), face("song", mm(4.4)), anchor="lm")
    press(page, seal(issuer, rng, diameter=mm(38)), (mm(190), mm(143)), turn=float(rng.uniform(-8, 8)))
    return page


def card(colour):
    image = Image.new("RGB", (mm(85.6), mm(54)), "white")
    ImageDraw.Draw(image).rounded_rectangle((0, 0, image.width - 1, image.height - 1), mm(3), colour)
    return image


def identity_card(person):
    """Both sides of an identity card on a sheet, as a copy shows them. person: name, sex, number, address,
    issuer, valid."""
    front, back = card((226, 236, 240)), card((238, 236, 228))
    draw = ImageDraw.Draw(front)
    number = person["number"]
    birth = f"{number[6:10]} 年 {int(number[10:12])} 月 {int(number[12:14])} 日"
    lines = [("姓 名", person["name"], 8), ("性 别", person["sex"] + "    民 族  汉", 15), ("出 生", birth, 22),
             ("住 址", person["address"][:11], 29), ("", person["address"][11:], 34)]
    for label, value, y in lines:
        draw.text((mm(5), mm(y)), label, (60, 110, 170), face("hei", mm(2.7)), anchor="lm")
        draw.text((mm(16), mm(y)), value, (20, 20, 20), face("hei", mm(3.2)), anchor="lm")
    draw.text((mm(5), mm(46)), "公民身份号码", (60, 110, 170), face("hei", mm(2.7)), anchor="lm")
    draw.text((mm(28), mm(46)), number, (15, 15, 15), face("hei", mm(4.2)), anchor="lm")
    x, y = mm(70), mm(20)
    draw.ellipse((x - mm(6), y - mm(8), x + mm(6), y + mm(6)), fill=(205, 170, 150))
    draw.pieslice((x - mm(11), y + mm(5), x + mm(11), y + mm(27)), 180, 360, fill=(50, 60, 80))
    draw = ImageDraw.Draw(back)
    emblem(draw, (mm(14), mm(13)), mm(8))
    for text, size, y in (("中华人民共和国", 5, 10), ("居民身份证", 7, 20)):
        draw.text((mm(52), mm(y)), text, (20, 20, 20), face("bold", mm(size)), anchor="mm")
    for label, value, y in (("签发机关", person["issuer"], 38), ("有效期限", person["valid"], 46)):
        draw.text((mm(20), mm(y)), label, (20, 20, 20), face("hei", mm(2.7)), anchor="lm")
        draw.text((mm(34), mm(y)), value, (20, 20, 20), face("hei", mm(3.2)), anchor="lm")
    page = a4()
    page.paste(front, (mm(62), mm(60)))
    page.paste(back, (mm(62), mm(140)))
    return page


def flatbed(page, rng):
    """What a flatbed scanner makes of it: a little askew, paper not quite white, light uneven, grain."""
    page = page.rotate(float(rng.uniform(-0.8, 0.8)), Image.BICUBIC, fillcolor=(250, 250, 248))
    values = numpy.asarray(page.filter(ImageFilter.GaussianBlur(0.5))).astype(float)
    height, width = values.shape[:2]
    light = 0.975 + 0.025 * numpy.cos(numpy.linspace(-1.2, 1.5, width))[None, :, None]
    grain = rng.normal(0, 0.9, (height, width, 1))
    paper = numpy.array([0.998, 0.992, 0.972])
    return Image.fromarray(numpy.clip(values * light * paper - 2 + grain, 0, 255).astype("uint8"))


def photocopy(page, rng):
    """A black-and-white copy: no colour left, specks of toner."""
    values = numpy.asarray(flatbed(page, rng).convert("L")).astype(float)
    values = numpy.clip((values - 60) * 1.35, 0, 255)
    specks = rng.random(values.shape) > 0.99993
    values[specks] = 40
    return Image.fromarray(values.astype("uint8"))


def jpeg(page, dpi=DPI, quality=46):
    """As scanners save it; a lower dpi keeps a mail small where less is to be read."""
    size = (round(page.width * dpi / DPI), round(page.height * dpi / DPI))
    out = io.BytesIO()
    page.resize(size, Image.LANCZOS).save(out, "JPEG", quality=quality, dpi=(dpi, dpi), optimize=True)
    return out.getvalue()
