#!/usr/bin/python3
"""Draws tests/data/ocr/read: whole pages as the eye should know them, with words, numbers, seals and signatures.

Usage: draw_pages.py FOLDER. Needs what paper.py needs. Seeded; every name and number is made up.
"""
import sys
from pathlib import Path

import numpy
from PIL import Image, ImageDraw

import paper
from paper import face, mm

NAME, CODE = "邵水县临津门图书馆", "12430500MB1234567T"
PERSON, CITIZEN = "沈一舟", "430500198003070011"


def check_uscc(seventeen):
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(seventeen))
    return seventeen + alphabet[(31 - total % 31) % 31]


def check_citizen(seventeen):
    total = sum(int(c) * w for c, w in zip(seventeen, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)))
    return seventeen + "10X98765432"[total % 11]


def form(rows, title, opinion):
    page = paper.a4()
    draw = ImageDraw.Draw(page)
    draw.text((page.width / 2, mm(28)), title, (15, 15, 15), face("bold", mm(6.5)), anchor="mm")
    left, top, height, columns = mm(20), mm(38), mm(9.5), (mm(42), mm(45), mm(38), mm(45))
    for i, row in enumerate(rows):
        x, y = left, top + i * height
        widths = columns if len(row) == 4 else (columns[0], sum(columns[1:]))
        for text, width in zip(row, widths):
            draw.rectangle((x, y, x + width, y + height), outline=(20, 20, 20), width=2)
            draw.text((x + width / 2, y + height / 2), text, (15, 15, 15), face("song", mm(3.8)), anchor="mm")
            x += width
    y = top + len(rows) * height
    for label, words in ((opinion, "情况属实。"), ("网信部门意见", "")):
        draw.rectangle((left, y, left + columns[0], y + mm(38)), outline=(20, 20, 20), width=2)
        draw.rectangle((left + columns[0], y, left + sum(columns), y + mm(38)), outline=(20, 20, 20), width=2)
        draw.text((left + columns[0] / 2, y + mm(19)), label, (15, 15, 15), face("song", mm(3.8)), anchor="mm")
        draw.text((left + columns[0] + mm(3), y + mm(7)), words, (15, 15, 15), face("song", mm(3.8)), anchor="lm")
        y += mm(38)
    return page, (left + columns[0] + mm(55), y - mm(57))


def website_form(rng, code):
    rows = [("登记类别", "√首次登记  □变更登记  □停用  □注销"), ("网站名称", "临津读书网", "网站网址", "ljds.example"),
            ("主办单位名称", NAME), ("单位性质", "□党政机关 √事业单位 □企业 □个人"),
            ("证件类型", "事业单位法人证书", "证件号码", code), ("网站负责人姓名", PERSON, "职务", "馆长"),
            ("身份证号码", check_citizen(CITIZEN[:17]), "手机号码", "13900000000"), ("电子邮箱", "office@ljds.example"),
            ("填表人", "顾宁", "填表日期", "2018-08-20")]
    page, place = form(rows, "邵阳市互联网网站调查登记表", "单位意见（盖章）")
    paper.press(page, paper.seal(NAME, rng), place, turn=12)
    return page


def account_form(rng, signed):
    number = check_citizen(CITIZEN[:17])
    rows = [("登记类别", "√首次登记  □变更登记  □停用  □注销"), ("账号（客户端）名称", "一舟看邵水"), ("账号ID", "yizhou2018"),
            ("开办主体名称", PERSON), ("证件类型", "居民身份证", "证件号码", number), ("运营负责人姓名", PERSON, "手机号码", "13900000000"),
            ("填表人", PERSON, "填表日期", "2018-08-21")]
    page, place = form(rows, "邵阳市互联网帐号、移动客户端调查登记表", "单位意见（盖章）/个人签名")
    if signed:
        paper.sign(page, PERSON, place, rng)
    return page


def letter(rng, signed):
    page = paper.a4()
    draw = ImageDraw.Draw(page)
    draw.text((page.width / 2, mm(30)), "承 诺 书", (15, 15, 15), face("bold", mm(8)), anchor="mm")
    words = ["本单位开办的“临津读书网”，现就依法依规办网用网郑重承诺如下：", "一、遵守法律法规，坚持正确导向。",
             "二、如实填报登记信息，保证材料真实、准确、完整。", "如有违反，愿意承担相应法律责任。", "",
             "承诺单位（盖章）：" + NAME, "法定代表人（签字）："]
    for i, line in enumerate(words):
        draw.text((mm(25), mm(50) + i * mm(10)), line, (15, 15, 15), face("song", mm(4.6)), anchor="lm")
    if signed:
        paper.press(page, paper.seal(NAME, rng), (mm(120), mm(112)), turn=-20)
        paper.sign(page, PERSON, (mm(90), mm(111)), rng)
    return page


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    code, number = check_uscc(CODE[:17]), check_citizen(CITIZEN[:17])
    rng = numpy.random.default_rng(20180820)
    pages = {
        "form.jpg": website_form(rng, code), "signed.jpg": account_form(rng, True),
        "unsigned.jpg": account_form(rng, False), "letter.jpg": letter(rng, True), "bare-letter.jpg": letter(rng, False),
        "certificate.jpg": paper.certificate("统一社会信用代码证书", "统一社会信用代码  " + code,
            [("机构名称", NAME), ("机构性质", "事业单位"), ("负 责 人", PERSON), ("有 效 期", "2017年06月01日至2022年05月31日")],
            "邵水县机构编制办公室", "2017年6月1日", rng),
        "card.jpg": paper.identity_card({"name": PERSON, "sex": "男", "number": number, "address": "湖南省邵水县临津门路8号",
                                         "issuer": "邵水县公安局", "valid": "2010.03.07-2030.03.07"}),
        "upside-down.jpg": None,
    }
    pages["upside-down.jpg"] = pages["letter.jpg"].rotate(180)
    for name, page in pages.items():
        (folder / name).write_bytes(paper.jpeg(paper.flatbed(page, rng), 150, 40))
    (folder / "numbers.txt").write_text(f"{code}\n{number}\n")


main()
