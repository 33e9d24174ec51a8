#!/usr/bin/python3
"""Draws the pictures in tests/data/ocr: forms, letters and certificates of made-up people and bodies, stamped,
then passed through a flatbed, a camera or a copier; and small files in every picture format.

Usage: draw_scan.py FOLDER. Needs python3-pil, python3-numpy, fonts-noto-cjk, qpdf and heif-enc (libheif-examples).
Seeded: the same versions of these give the same files. truth.txt has a line a seal:
FILE PAGE SHAPE red|grey X Y W H, in pixels of the picture as a viewer shows it; "FILE 1 none" where there is none.
"""
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONT = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
A4 = (1000, 1414)  # about 121 dpi: enough for shapes, and small
RED, GREY = (205, 30, 40), (90, 90, 90)
rng = np.random.default_rng(20180813)


def font(size):
    return ImageFont.truetype(FONT, size)


def noise(w, h, cell):
    """Smooth noise, 0..1, with features of about `cell` pixels."""
    small = rng.random((h // cell + 2, w // cell + 2)).astype(np.float32)
    big = Image.fromarray((small * 255).astype(np.uint8)).resize((w, h), Image.BICUBIC)
    return np.asarray(big, np.float32) / 255


def seal_mask(shape, text, rx, ry, angle):
    """The ink of a seal as an L picture, drawn at three times its size."""
    k = 3
    w, h = int(2 * rx * k) + 12 * k, int(2 * ry * k) + 12 * k
    image = Image.new("L", (w, h), 0)
    draw = ImageDraw.Draw(image)
    cx, cy, a, b = w / 2, h / 2, rx * k, ry * k
    if shape == "square":
        draw.rectangle((cx - a, cy - b, cx + a, cy + b), outline=255, width=int(4 * k))
        size = int(a * 0.85)
        for i, c in enumerate(text[:4]):
            x, y = cx + (a * 0.45 if i < 2 else -a * 0.45), cy + (-b * 0.45 if i % 2 == 0 else b * 0.45)
            draw.text((x, y), c, 255, font(size), anchor="mm")
    else:
        draw.ellipse((cx - a, cy - b, cx + a, cy + b), outline=255, width=int(4 * k))
        span = math.radians(270)
        for i, c in enumerate(text):
            t = math.radians(90) + (math.tau - span) / 2 + span * (i + 0.5) / len(text)
            glyph = Image.new("L", (int(0.5 * b), int(0.5 * b)), 0)
            ImageDraw.Draw(glyph).text((0.25 * b, 0.25 * b), c, 255, font(int(0.3 * b)), anchor="mm")
            glyph = glyph.rotate(-math.degrees(t) - 90, Image.BICUBIC)
            x, y = cx + 0.76 * a * math.cos(t), cy + 0.76 * b * math.sin(t)
            image.paste(255, (int(x - 0.25 * b), int(y - 0.25 * b)), glyph)
        star = [(cx + r * b * math.cos(p), cy + r * b * math.sin(p))
                for p, r in ((math.tau * i / 10 - math.pi / 2, 0.3 if i % 2 == 0 else 0.12) for i in range(10))]
        draw.polygon(star, 255)
    return image.rotate(angle, Image.BICUBIC).resize((w // k, h // k), Image.LANCZOS)


def stamp(page, shape, text, centre, rx, ry, angle=0, strength=1.0, colour=RED, uneven=True):
    """Presses a seal on the page; its box."""
    mask = np.asarray(seal_mask(shape, text, rx, ry, angle), np.float32) / 255
    h, w = mask.shape
    if uneven:
        mask = mask * np.clip(0.25 + 1.3 * noise(w, h, 24), 0, 1) * np.clip(0.5 + noise(w, h, 2), 0, 1)
    mask *= strength
    x, y = int(centre[0] - w / 2), int(centre[1] - h / 2)
    pixels = np.asarray(page, np.float32).copy()
    part = pixels[y:y + h, x:x + w]
    mask = mask[:part.shape[0], :part.shape[1], None]
    part *= 1 - mask * (1 - np.array(colour, np.float32) / 255)
    page.paste(Image.fromarray(pixels.astype(np.uint8)))
    c, s = abs(math.cos(math.radians(angle))), abs(math.sin(math.radians(angle)))
    if shape == "square":
        hx, hy = rx * c + ry * s, rx * s + ry * c
    else:
        hx, hy = math.hypot(rx * c, ry * s), math.hypot(rx * s, ry * c)
    return (centre[0] - hx, centre[1] - hy, 2 * hx, 2 * hy)


def form():
    page = Image.new("RGB", A4, "white")
    draw = ImageDraw.Draw(page)
    draw.text((500, 120), "山水市互联网网站调查登记表", "black", font(34), anchor="mm")
    left, top, right = 120, 180, 880
    labels = "网站名称 网站地址 主办单位 单位性质 证件类型 证件号码 通讯地址 负责人 身份证号 手机号码 电子邮箱 开通时间".split()
    for i, label in enumerate(labels):
        y = top + 56 * i
        draw.rectangle((left, y, right, y + 56), outline="black", width=2)
        draw.line((left + 190, y, left + 190, y + 56), "black", 2)
        draw.text((left + 95, y + 28), label, "black", font(19), anchor="mm")
        draw.text((left + 210, y + 28), "青石桥社区便民服务中心示例内容" [: 6 + i % 8], "black", font(19), anchor="lm")
    y = top + 56 * len(labels)
    for label in ("单位意见（盖章）", "网信部门意见"):
        draw.rectangle((left, y, right, y + 170), outline="black", width=2)
        draw.line((left + 190, y, left + 190, y + 170), "black", 2)
        draw.text((left + 95, y + 85), label, "black", font(17), anchor="mm")
        draw.text((left + 420, y + 140), "年    月    日", "black", font(17), anchor="lm")
        y += 170
    return page


def letter(head=None):
    page = Image.new("RGB", A4, "white")
    draw = ImageDraw.Draw(page)
    if head:
        draw.text((500, 130), head, RED, font(58), anchor="mm")
        draw.rectangle((110, 190, 890, 194), RED)
    draw.text((500, 260), "承诺书", "black", font(40), anchor="mm")
    words = "本单位承诺严格遵守互联网管理法律法规，如实填报登记信息，自觉接受监督检查，发现违法信息立即停止传播并报告。"
    for i in range(10):
        draw.text((150 if i % 3 == 0 else 110, 340 + 46 * i), words[i:i + (29 if i % 3 else 26)], "black", font(26))
    draw.text((540, 900), "承诺单位（盖章）：青石桥社区", "black", font(24))
    draw.text((640, 1000), "二〇一八年八月二十日", "black", font(24))
    return page


def flatbed(page, degrees=0.0, quality=60, sigma=0.7):
    page = page.rotate(degrees, Image.BICUBIC, fillcolor="white").filter(ImageFilter.GaussianBlur(sigma))
    pixels = np.asarray(page, np.float32) * np.array([0.985, 0.98, 0.965], np.float32)
    pixels += rng.normal(0, 3, pixels.shape)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)), quality


def solve_map(src, dst):
    rows = []
    for (x, y), (u, v) in zip(dst, src):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    return np.linalg.solve(np.array(rows, float), np.array([c for p in src for c in p], float))


def camera(page, corners, size=(1200, 1600)):
    """The sheet on a wooden desk, seen aslant under a lamp; the map from sheet to photograph."""
    w, h = page.size
    sheet = [(0, 0), (w, 0), (w, h), (0, h)]
    wood = noise(size[0], size[1], 9) * 0.3 + noise(size[0], size[1], 60) * 0.3 + 0.45
    desk = (wood[..., None] * np.array([150, 98, 58], np.float32)).astype(np.uint8)
    flat = page.transform(size, Image.PERSPECTIVE, solve_map(sheet, corners), Image.BICUBIC)
    cover = Image.new("L", page.size, 255).transform(size, Image.PERSPECTIVE, solve_map(sheet, corners))
    photo = Image.fromarray(desk)
    photo.paste(flat, (0, 0), cover)
    light = 0.55 + 0.4 * noise(size[0], size[1], 500)
    pixels = np.asarray(photo, np.float32) * light[..., None] * np.array([1.0, 0.96, 0.86], np.float32)
    pixels += rng.normal(0, 4, pixels.shape)
    photo = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.6))
    m = np.append(solve_map(corners, sheet), 1).reshape(3, 3)

    def to_photo(box, n=90):
        x, y, bw, bh = box
        t = np.linspace(0, math.tau, n)
        points = np.stack([x + bw / 2 + bw / 2 * np.cos(t), y + bh / 2 + bh / 2 * np.sin(t), np.ones(n)])
        u = m @ points
        u = u[:2] / u[2]
        return (u[0].min(), u[1].min(), np.ptp(u[0]), np.ptp(u[1]))
    return photo, to_photo


def pages(folder):
    truth = []

    def keep(name, picture, seals, quality=60, **options):
        picture.save(folder / name, quality=quality, **options)
        for shape, ink, box in seals:
            truth.append(f"{name} 1 {shape} {ink} " + " ".join(str(round(v)) for v in box))
        if not seals:
            truth.append(f"{name} 1 none")

    body = "山水市青石桥社区便民服务中心"
    page = form()
    box = stamp(page, "round", body, (520, 930), 95, 95, 12)
    keep("form_flatbed.jpg", flatbed(page)[0], [("round", "red", box)])
    for quarter in (1, 2, 3):
        turned = flatbed(page)[0].rotate(-90 * quarter, expand=True)
        turned.resize((turned.width * 4 // 5, turned.height * 4 // 5)).save(folder / f"turned_{quarter}.jpg", quality=50)
    keep("form_skewed.jpg", flatbed(page, 2.5)[0], [])
    truth.pop()  # its box turned with the page: for the skew alone
    photo, to_photo = camera(page, [(170, 110), (1050, 160), (1120, 1500), (90, 1440)])
    keep("form_photo.jpg", photo, [("round", "red", to_photo(box))])
    keep("blurred.jpg", photo.filter(ImageFilter.GaussianBlur(9)).resize((900, 1200)), [("round", "red", tuple(v * 0.75 for v in to_photo(box)))])
    keep("dark.jpg", photo.resize((600, 800)).point(lambda v: v // 14), [], 90)
    truth.pop()
    page = form()
    box = stamp(page, "round", body, (520, 930), 95, 95, -8, colour=GREY)
    copy = flatbed(page)[0].convert("L").point(lambda v: 255 if v > 215 else v)
    keep("copy_grey.jpg", copy, [("round", "grey", box)])
    keep("form_bare.jpg", flatbed(form())[0], [])

    page = letter()
    first = stamp(page, "oval", "青石桥社区业务专用", (700, 900), 110, 78, 4, 0.75)
    second = stamp(page, "square", "王小明印", (480, 930), 38, 38, -5)
    keep("letter_two.jpg", flatbed(page)[0], [("oval", "red", first), ("square", "red", second)])
    page = letter()
    box = stamp(page, "round", body, (690, 930), 95, 95, 30, 0.42)
    keep("letter_faint.jpg", flatbed(page)[0], [("round", "red", box)])
    page = letter()
    box = stamp(page, "round", body, (940, 1000), 95, 95, 0)
    keep("letter_cut.jpg", flatbed(page)[0], [("round", "red", (box[0], box[1], 1000 - box[0], box[3]))])
    page = letter().resize((1654, 2339), Image.LANCZOS)
    box = stamp(page, "round", body, (1140, 1960), 158, 158, 0, uneven=False)
    keep("letter_pasted.jpg", page, [("round", "red", box)], 90)

    # Red that is no seal: a letterhead with its rule, a crest, a logo, thumb prints and red handwriting.
    page = letter("青石桥社区居民委员会文件")
    draw = ImageDraw.Draw(page)
    draw.ellipse((60, 40, 130, 110), RED)
    draw.polygon([(95, 50), (120, 100), (70, 100)], (250, 210, 60))
    for i in range(14):
        draw.arc((600 - 3 * i, 930 - 4 * i, 600 + 3 * i, 930 + 4 * i), 20 * i, 20 * i + 250, RED, 2)
    for i in range(5):
        draw.line((300 + 40 * i, 960, 330 + 40 * i, 1010 - 10 * (i % 3)), RED, 5)
        draw.arc((290 + 40 * i, 950, 330 + 40 * i, 1000), 30, 250, RED, 5)
    keep("red_things.jpg", flatbed(page)[0], [])
    (folder / "truth.txt").write_text("\n".join(truth) + "\n")


def formats(folder):
    """One small picture in every format and depth: white, with a red bar on the left and a blue one at the bottom."""
    picture = Image.new("RGB", (120, 80), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 19, 79), (220, 0, 0))
    draw.rectangle((0, 64, 119, 79), (0, 0, 220))
    for name in ("small.jpg", "small.png", "small.bmp", "small.gif", "small.webp"):
        picture.save(folder / name, quality=95)
    for orientation in range(2, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        back = {2: [Image.FLIP_LEFT_RIGHT], 3: [Image.ROTATE_180], 4: [Image.FLIP_TOP_BOTTOM], 5: [Image.TRANSPOSE],
                6: [Image.ROTATE_90], 7: [Image.TRANSVERSE], 8: [Image.ROTATE_270]}[orientation]
        stored = picture
        for step in back:
            stored = stored.transpose(step)
        stored.save(folder / f"exif_{orientation}.jpg", quality=95, exif=exif)
    picture.convert("CMYK").save(folder / "cmyk.jpg", quality=95)
    picture.convert("P").save(folder / "palette.png")
    alpha = picture.convert("RGBA")
    alpha.putpixel((100, 10), (0, 0, 0, 0))
    alpha.save(folder / "alpha.png")
    Image.fromarray(np.full((80, 120), 40000, np.uint16)).save(folder / "grey16.png")
    picture.convert("1").save(folder / "two_pages.tif", save_all=True, append_images=[picture.convert("L")])
    picture.save(folder / "scan.pdf", resolution=72, quality=95)
    subprocess.run(["qpdf", "--encrypt", "secret", "secret", "256", "--", folder / "scan.pdf", folder / "locked.pdf"], check=True)
    subprocess.run(["heif-enc", "-q", "90", "-o", folder / "small.heic", folder / "small.png"], check=True, capture_output=True)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    pages(target)
    formats(target)
