"""What a scanner, a telephone or a copier makes of a page. Each takes a page (PIL RGB) and gives a picture, a map from
points of the page to points of the picture, and whether a person can read it."""
import io

import numpy as np
from PIL import Image, ImageFilter

from seals import clouds

DPI = 200


def same(point):
    return point


def scaled(page, dpi):
    k = dpi / DPI
    return page.resize((round(page.width * k), round(page.height * k)), Image.LANCZOS), k


def turned(page, degrees, fill=(248, 248, 246)):
    t = np.radians(degrees)
    cx, cy = page.width / 2, page.height / 2

    def place(p):
        x, y = p[0] - cx, p[1] - cy
        return cx + x * np.cos(t) + y * np.sin(t), cy - x * np.sin(t) + y * np.cos(t)

    return page.rotate(degrees, Image.BICUBIC, fillcolor=fill), place


def graded(values, rng, sigma, tint=(1.0, 1.0, 1.0)):
    grain = rng.normal(0, sigma, values.shape[:2] + (1,)) + rng.normal(0, 0.4 * sigma, values.shape)
    return Image.fromarray(np.clip(values * np.array(tint) + grain, 0, 255).astype("uint8"))


def flatbed(rng, page, dpi):
    page, k = scaled(page, dpi)
    page, turn = turned(page, float(rng.uniform(-1.2, 1.2)))
    values = np.asarray(page.filter(ImageFilter.GaussianBlur(0.4 * k)), float)
    light = 0.97 + 0.03 * np.cos(np.linspace(-1.3, 1.6, values.shape[1]))[None, :, None]
    return graded(values * light, rng, 1.2, (0.998, 0.994, 0.978)), lambda p: turn((p[0] * k, p[1] * k)), True


def homography(source, target):
    rows = []
    for (x, y), (u, v) in zip(source, target):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v]]
    rows = np.array(rows, float)
    return np.append(np.linalg.solve(rows[:, :8], rows[:, 8]), 1).reshape(3, 3)


def telephone(rng, page, dpi, strength=0.05, lamp=False, curl=0.0):
    """A sheet on a desk: perspective, uneven light, a shadow, noise."""
    page, k = scaled(page, dpi)
    w, h = page.size
    out = (round(w * 1.14), round(h * 1.12))
    margin = (0.07 * w, 0.06 * h)
    source = [(0, 0), (w, 0), (w, h), (0, h)]
    target = [(x + margin[0] + float(rng.uniform(-strength, strength)) * w, y + margin[1] + float(rng.uniform(-strength, strength)) * h) for x, y in source]
    target = [(min(max(x, 4), out[0] - 4), min(max(y, 4), out[1] - 4)) for x, y in target]
    forth, back = homography(source, target), homography(target, source)
    desk = np.array(((92, 74, 58), (60, 62, 66), (150, 140, 128))[int(rng.integers(3))], float)
    grain = clouds(rng, out[0], out[1], 40, 0.85, 1.1)[..., None]
    base = Image.fromarray(np.clip(desk * grain, 0, 255).astype("uint8"))
    flat = page
    if curl:
        flat = page.transform(page.size, Image.MESH, waves(w, h, curl), Image.BICUBIC)
    moved = flat.transform(out, Image.PERSPECTIVE, (back / back[2, 2]).ravel()[:8], Image.BICUBIC)
    mask = Image.new("L", page.size, 255).transform(out, Image.PERSPECTIVE, (back / back[2, 2]).ravel()[:8], Image.BILINEAR)
    base.paste(moved, (0, 0), mask)
    values = np.asarray(base.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.5, 1.0)) * k)), float)
    values *= clouds(rng, out[0], out[1], 3, 0.62, 1.0)[..., None]
    if rng.random() < 0.5:  # the photographer's own shadow
        x = np.linspace(0, 1, out[0])[None, :] + float(rng.uniform(-0.3, 0.3)) * np.linspace(0, 1, out[1])[:, None]
        values *= (1 - 0.35 / (1 + np.exp((x - float(rng.uniform(0.2, 0.5))) / 0.03)))[..., None]
    tint = (1.0, 0.86, 0.64) if lamp else (1.0, float(rng.uniform(0.96, 1.0)), float(rng.uniform(0.9, 1.02)))

    def place(p):
        x, y = p[0] * k, p[1] * k
        if curl:
            y += curl * h * np.sin(np.pi * x / w)
        q = forth @ np.array([x, y, 1])
        return q[0] / q[2], q[1] / q[2]

    return graded(values, rng, float(rng.uniform(1.5, 4.5)), tint), place, True


def twelve_megapixels(rng, page):
    """As telephones save a page: 4000 by 3000, laid across."""
    picture, place, readable = telephone(rng, page, 306)
    kx, ky = 3000 / picture.width, 4000 / picture.height

    def across(p):
        x, y = place(p)
        return y * ky, 2999 - x * kx

    return picture.resize((3000, 4000), Image.BICUBIC).transpose(Image.ROTATE_90), across, readable


def waves(w, h, curl, strips=40):
    """A mesh that lifts the middle of the sheet by curl * h."""
    mesh = []
    for i in range(strips):
        x0, x1 = round(w * i / strips), round(w * (i + 1) / strips)
        d0, d1 = curl * h * np.sin(np.pi * x0 / w), curl * h * np.sin(np.pi * x1 / w)
        mesh.append(((x0, 0, x1, h), (x0, -d0, x0, h - d0, x1, h - d1, x1, -d1)))
    return mesh


def scan_app(rng, page, dpi):
    """Paper driven to white, edges sharpened."""
    picture, place, _ = telephone(rng, page, dpi, 0.015)
    values = np.asarray(picture, float)
    paper = np.asarray(picture.resize((24, 32), Image.BOX).filter(ImageFilter.MaxFilter(5)).resize(picture.size, Image.BICUBIC), float)
    values = np.clip(values / np.maximum(paper, 60) * 262, 0, 255)
    picture = Image.fromarray(np.clip((values - 128) * 1.18 + 134, 0, 255).astype("uint8"))
    return picture.filter(ImageFilter.UnsharpMask(2, 130, 2)), place, True


def grey_copy(rng, page, dpi):
    picture, place, _ = flatbed(rng, page, dpi)
    values = np.clip((np.asarray(picture.convert("L"), float) - 50) * 1.3, 0, 255)
    values[rng.random(values.shape) > 0.99995] = 40
    return Image.fromarray(values.astype("uint8")).convert("RGB"), place, True


def black_and_white(rng, page, dpi):
    picture, place, _ = flatbed(rng, page, dpi)
    return picture.convert("L").point(lambda v: 255 if v > 150 else 0).convert("RGB"), place, True


def blurred(rng, page, dpi):
    picture, place, _ = telephone(rng, page, dpi)
    return picture.filter(ImageFilter.GaussianBlur(float(rng.uniform(6, 9)) * dpi / DPI)), place, False


def tiny(rng, page, low, high):
    picture, place, _ = flatbed(rng, page, int(rng.integers(low, high)))
    return picture, place, False


def moved(rng, page, dpi, low, high, readable):
    """The telephone moved by so many millimetres of paper while its shutter was open."""
    picture, place, _ = telephone(rng, page, dpi)
    length, angle = float(rng.uniform(low, high)) / 25.4 * dpi, float(rng.uniform(0, np.pi))
    values = np.asarray(picture, float)
    steps = max(2, round(length))
    total = np.zeros_like(values)
    for at in np.linspace(-length / 2, length / 2, steps):
        total += np.roll(values, (round(at * np.sin(angle)), round(at * np.cos(angle))), (0, 1))
    return graded(total / steps, rng, 1.0), place, readable


def squeezed(rng, page, dpi, quality, readable):
    """Saved with so few bits that blocks of eight pixels show, and saved again since."""
    picture, place, _ = telephone(rng, page, dpi)
    return Image.open(io.BytesIO(jpeg(picture, quality, dpi))).convert("RGB"), place, readable


def bright(rng, page, dpi, low, high, readable):
    """Exposed too long: black print as light as this, paper and what is pale beyond white."""
    picture, place, _ = telephone(rng, page, dpi)
    veil = float(rng.uniform(low, high))
    return graded(np.asarray(picture, float) * 1.3 + veil, rng, 1.0), place, readable


def screen(rng, page, dpi):
    """The page on a screen, photographed: lines of its pixels beat with those of the camera."""
    picture, place, _ = telephone(rng, page, dpi, 0.02)
    values = np.asarray(picture, float)
    y, x = np.mgrid[0:values.shape[0], 0:values.shape[1]]
    pitch, lean = float(rng.uniform(2.2, 3.4)), float(rng.uniform(-0.2, 0.2))
    beat = np.stack([np.sin(2 * np.pi * (x + lean * y + c * pitch / 3) / pitch) * np.sin(2 * np.pi * (y - lean * x) / (pitch * 1.01)) for c in range(3)], -1)
    return graded(values * (0.88 + 0.12 * beat), rng, 2.0, (0.92, 0.97, 1.0)), place, True


def dark(rng, page, dpi, low, high, readable):
    picture, place, _ = telephone(rng, page, dpi)
    values = np.asarray(picture, float) * float(rng.uniform(low, high))
    return graded(values, rng, 2.0), place, readable


def pale(rng, page, dpi):
    picture, place, _ = flatbed(rng, page, dpi)
    values = 255 - (255 - np.asarray(picture, float)) * float(rng.uniform(0.04, 0.07))
    return graded(values, rng, 2.5), place, False


def jpeg(picture, quality, dpi):
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, dpi=(dpi, dpi))
    return out.getvalue()


CAMERAS = {
    "flatbed-200": lambda rng, page: flatbed(rng, page, 200), "flatbed-150": lambda rng, page: flatbed(rng, page, 150),
    "flatbed-300": lambda rng, page: flatbed(rng, page, 300), "telephone": lambda rng, page: telephone(rng, page, 200),
    "lamp": lambda rng, page: telephone(rng, page, 190, lamp=True), "curled": lambda rng, page: telephone(rng, page, 200, 0.03, curl=0.015),
    "scan-app": lambda rng, page: scan_app(rng, page, 180), "grey-copy": lambda rng, page: grey_copy(rng, page, 200),
    "black-and-white": lambda rng, page: black_and_white(rng, page, 200), "blurred": lambda rng, page: blurred(rng, page, 200),
    "tiny": lambda rng, page: tiny(rng, page, 36, 44), "tiny-certificate": lambda rng, page: tiny(rng, page, 18, 24),
    "dark": lambda rng, page: dark(rng, page, 180, 0.03, 0.06, False), "pale": lambda rng, page: pale(rng, page, 180),
    "moved": lambda rng, page: moved(rng, page, 180, 5, 8, False), "squeezed": lambda rng, page: squeezed(rng, page, 90, 1, False),
    "burnt": lambda rng, page: bright(rng, page, 180, 218, 235, False),
    "twelve-megapixels": twelve_megapixels,
    # poor, and a person can read them
    "shaken": lambda rng, page: moved(rng, page, 180, 0.4, 0.8, True), "thrifty": lambda rng, page: squeezed(rng, page, 150, 12, True),
    "bright": lambda rng, page: bright(rng, page, 180, 60, 110, True), "dusk": lambda rng, page: dark(rng, page, 180, 0.2, 0.35, True),
    "screen": lambda rng, page: screen(rng, page, 180),
}
USUAL = ("flatbed-200", "flatbed-200", "flatbed-150", "flatbed-300", "telephone", "telephone", "telephone", "lamp", "curled", "scan-app", "scan-app", "grey-copy")
UNREADABLE = ("blurred", "tiny", "dark", "pale", "moved", "squeezed", "burnt")
