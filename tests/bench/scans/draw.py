#!/usr/bin/python3
"""Draws scans with the truth about each: forms, letters and certificates of made-up people, sealed, copied and
photographed in many ways, for measure.py.

draw.py OUTPUT tune|measure COUNT [FIRST [CAMERA]]      writes OUTPUT/NNNN.jpg and OUTPUT/truth.jsonl
Page number N of a set is always the same. CAMERA, one of camera.py's, takes all pages. The two sets share no seed, and measure has seal faces that tune has not:
thresholds are chosen on tune, told of measure. Needs python3-pil, python3-numpy, fonts-noto-cjk, fonts-arphic-gkai00mp,
fonts-arphic-gbsn00lp, fonts-arphic-uming, fonts-arphic-ukai, fonts-wqy-zenhei, fonts-wqy-microhei and fonts-lxgw-wenkai."""
import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image

import camera
import invent
import pages
import seals
from pages import mm

PAPERS = ("form",) * 9 + ("letter",) * 4 + ("uscc_certificate", "orgcode_certificate", "business_licence", "business_licence", "old_licence",
                                          "social_organisation", "card-both", "card-front", "card-back", "other")
SETS = {"tune": 1, "measure": 2}


def registrant(rng):
    name, klass, parts = invent.organisation(rng)
    code = invent.uscc(rng, "12" if klass == "government" else "91")
    host = "".join(invent.pick(rng, "abcdefghjkmnpqrstuvwxyz") for _ in range(6)) + ".example"
    word = invent.pick(rng, invent.WORDS)
    return {"name": name, "class": klass, "parts": parts, "id_number": code, "id_words": "统一社会信用代码证书", "orgcode": code[8:17], "licence": invent.old_licence(rng),
            "place": parts[0], "host": host, "platform": word + invent.pick(rng, ("读书网", "资讯网", "在线", "之窗", "微社区", "发布")), "manager": invent.person(rng),
            "manager_id": invent.citizen(rng), "legal": invent.person(rng), "person": invent.person(rng), "citizen": invent.citizen(rng)}


def ink_colour(rng):
    return (int(rng.integers(175, 225)), int(rng.integers(15, 60)), int(rng.integers(20, 70)))


def add_seal(rng, sheet, where, name, of, faces, shape="round", **how):
    """Presses a seal of this shape; how: faint, worn, partial, double, turn."""
    font = invent.pick(rng, faces)
    line = invent.pick(rng, ("", "", "", "业务专用章", "办公室", "合同专用章")) if of == "registrant" else ""
    number = "4305" + "".join(str(int(rng.integers(10))) for _ in range(9)) if rng.random() < 0.5 else ""
    text, star = name, False
    if shape == "oval":
        line = line or "业务专用章"
        mask = seals.oval_seal(rng, name, font, mm(rng.uniform(44, 52)), line, number)
    elif shape == "square":
        line = number = ""
        mask, text = seals.square_seal(rng, name, font, mm(rng.uniform(18, 24) if len(name) < 6 else rng.uniform(28, 38)))
    else:
        diameter, star = mm(rng.uniform(38, 45)), rng.random() < 0.92
        mask = seals.round_seal(rng, name, font, diameter, line, number, star)
    width = mask.width
    turn = how.get("turn", float(rng.uniform(-30, 30)) if rng.random() < 0.8 else float(rng.uniform(-180, 180)))
    colour = ink_colour(rng)
    box = seals.press(sheet.page, seals.inked(rng, mask, how.get("faint", 1.0), how.get("worn", 0), how.get("partial", 0)), where, colour, turn)
    if how.get("double"):
        seals.press(sheet.page, seals.inked(rng, mask, 0.5), (where[0] + mm(rng.uniform(1.5, 3)), where[1] + mm(rng.uniform(-2, 2))), colour, turn + 3)
    legible = how.get("faint", 1) > 0.5 and how.get("worn", 0) < 0.5 and not how.get("partial") and not how.get("double")
    sheet.seals.append({"box": box, "shape": shape, "of": of, "text": text, "line": line, "number": number, "star": star, "face": font, "legible": legible, "radius_mm": width / 2 / mm(1),
                        "state": next((k for k in ("faint", "worn", "partial", "double") if how.get(k) and how.get(k) != 1.0), "clean")})


STATES = ({}, {}, {}, {}, {}, {"worn": 0.35}, {"faint": 0.6}, {"faint": 0.35}, {"partial": 0.15}, {"double": True})


def stamped(rng, sheet, who, faces):
    shape = invent.pick(rng, ("round",) * 9 + ("oval",) * 2)
    add_seal(rng, sheet, sheet.seal_places[0], who["name"], "registrant", faces, shape, **invent.pick(rng, STATES))
    if rng.random() < 0.25:  # the legal representative's own
        x, y = sheet.seal_places[0]
        add_seal(rng, sheet, (max(mm(45), x - mm(rng.uniform(42, 52))), y + mm(rng.uniform(-3, 4))), who["legal"], "legal", faces, "square", turn=float(rng.uniform(-6, 6)))


def distracted(rng, sheet):
    """One red thing or two that are no seals; what was drawn."""
    things = []
    for _ in range(int(rng.integers(1, 3))):
        thing = invent.pick(rng, ("letterhead", "crest", "logo", "logo", "qr", "fingerprint", "handwriting"))
        if thing in things or sheet.paper == "certificate":
            continue
        things.append(thing)
        x, y = sheet.seal_places[0] if sheet.seal_places else (mm(120), mm(240))
        if thing == "letterhead" and sheet.paper != "form":
            seals.letterhead(rng, sheet.page, mm)
        elif thing == "crest":
            seals.crest(rng, sheet.page, mm)
        elif thing == "logo":
            seals.logo(rng, sheet.page, mm)
        elif thing == "qr":
            seals.qr_code(rng, sheet.page, mm)
        elif thing == "fingerprint":
            seals.fingerprint(rng, sheet.page, mm, (mm(75), y))
        elif thing == "handwriting":
            seals.handwriting(rng, sheet.page, mm, (mm(85), y + mm(6)))
    return things


def paste_flat(rng, picture, place, sheet, who, faces):
    """A seal drawn by a program and laid over the finished scan."""
    at = place(sheet.seal_places[0])
    mask = seals.round_seal(rng, who["name"], invent.pick(rng, faces), mm(42) * picture.width / sheet.page.width * 0.95)
    box = seals.press(picture, mask, at, (225, 20, 30), float(rng.uniform(-15, 15)))
    return {"box": box, "shape": "round", "of": "registrant", "text": who["name"], "legible": True, "pasted": True, "state": "pasted", "face": "", "line": "", "number": "",
            "radius_mm": 21}


def bounds(place, box):
    x, y, w, h = box
    points = [place(p) for p in ((x, y), (x + w, y), (x + w, y + h), (x, y + h), (x + w / 2, y), (x + w / 2, y + h), (x, y + h / 2), (x + w, y + h / 2))]
    left, top = min(p[0] for p in points), min(p[1] for p in points)
    return [round(left), round(top), round(max(p[0] for p in points) - left), round(max(p[1] for p in points) - top)]


def draw_sheet(rng, paper, who, faces, truth):
    if paper == "form":
        tint = invent.pick(rng, ((255, 255, 255),) * 6 + ((255, 250, 215), (222, 238, 250), (255, 232, 236)))
        sheet = pages.form(rng, invent.pick(rng, ("website", "account", "forum")), who, tint)
    elif paper == "letter":
        sheet = pages.letter(rng, who)
    elif paper == "other":
        sheet = pages.other(rng)
    elif paper.startswith("card"):
        sheet = pages.card(rng, who, paper.split("-")[1])
    else:
        sheet = pages.certificate(rng, paper, who)
    registrar = {"business_licence": "工商行政管理局", "old_licence": "工商行政管理局", "social_organisation": "民政局", "uscc_certificate": "机构编制委员会办公室",
                 "orgcode_certificate": "质量技术监督局"}
    if sheet.paper in ("form", "letter"):
        if rng.random() < 0.72:
            stamped(rng, sheet, who, faces)
    elif paper in registrar and rng.random() < 0.85:
        add_seal(rng, sheet, sheet.seal_places[0], who["place"] + registrar[paper], "registrar", faces)
        if rng.random() < 0.3:  # a copy stamped by its owner
            add_seal(rng, sheet, (mm(rng.uniform(45, 70)), sheet.page.height - mm(rng.uniform(34, 50))), who["name"], "registrant", faces)
    truth["things"] = distracted(rng, sheet) if rng.random() < 0.45 and sheet.paper != "certificate" else []
    return sheet


def draw(which, number, folder, asked=None):
    rng = np.random.default_rng([SETS[which], number])
    faces = seals.SEAL_FACES[which]
    who = registrant(rng)
    paper = PAPERS[number % len(PAPERS)]
    truth = {}
    sheet = draw_sheet(rng, paper, who, faces, truth)
    two = paper == "uscc_certificate" and rng.random() < 0.3
    if two:
        second = pages.letter(rng, who)
        stamped(rng, second, who, faces)
        sheet = pages.beside(sheet, second)
    # a form without a seal may only be photographed readably: what is absent must be seen to be
    picked = invent.pick(rng, camera.UNREADABLE) if rng.random() < 0.12 else invent.pick(rng, camera.USUAL)
    name = asked or picked
    if name == "tiny" and sheet.paper == "certificate":
        name = "tiny-certificate"  # whose print is larger: at 40 dpi its number can be read
    if two and name in ("flatbed-200", "flatbed-150", "flatbed-300", "grey-copy", "scan-app"):
        name = "telephone"
    picture, place, readable = camera.CAMERAS[name](rng, sheet.page)
    found = [dict(one, box=bounds(place, one["box"])) for one in sheet.seals]
    if paper == "form" and not found and readable and "copy" not in name and rng.random() < 0.45:
        found.append(paste_flat(rng, picture, place, sheet, who, faces))
    for one in found:
        one["radius"] = max(one["box"][2:]) / 2
        one["red"] = name not in ("grey-copy", "black-and-white")
        one["near"] = invent.near_names(rng, who["name"], who["parts"]) if one["of"] == "registrant" else []
    if rng.random() < 0.06 and not two:
        quarter = int(rng.integers(1, 4))
        w, h = picture.size
        picture = picture.transpose((Image.ROTATE_90, Image.ROTATE_180, Image.ROTATE_270)[quarter - 1])
        for one in found:
            x, y, bw, bh = one["box"]
            one["box"] = [(y, w - x - bw, bh, bw), (w - x - bw, h - y - bh, bw, bh), (h - y - bh, x, bh, bw)][quarter - 1]
    (folder / f"{number:04}.jpg").write_bytes(camera.jpeg(picture, int(rng.integers(58, 90)), 200))
    near_number = {"id_number": invent.near_number(rng, who["id_number"], "uscc"), "manager_id": invent.near_number(rng, who["manager_id"], "citizen"),
                   "citizen": invent.near_number(rng, who["citizen"], "citizen"), "orgcode": invent.near_number(rng, who["orgcode"], "orgcode"),
                   "licence": invent.near_number(rng, who["licence"], "licence"), "platform": invent.near_platform(rng, who["platform"])}
    return dict(truth, file=f"{number:04}.jpg", paper=sheet.paper, drawn=paper, camera=name, readable=readable, two=two, form=sheet.form, certificate=sheet.certificate,
                platform=who["platform"], who={k: v for k, v in who.items() if k != "parts"}, near=near_number, seals=found, numbers=sheet.numbers, name=sheet.name, legal=sheet.legal,
                valid_until=sheet.valid_until)


def main():
    if len(sys.argv) < 4 or sys.argv[2] not in SETS:
        sys.exit(__doc__)
    folder, which, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    first = int(sys.argv[4]) if len(sys.argv) > 4 else 0
    asked = sys.argv[5] if len(sys.argv) > 5 else None
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "truth.jsonl").open("w") as out:
        for number in range(first, first + count):
            out.write(json.dumps(draw(which, number, folder, asked), ensure_ascii=False) + "\n")


main()
