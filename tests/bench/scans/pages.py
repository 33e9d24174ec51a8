"""Forms, letters and certificates on paper: drawn at DPI, with what stands on them (Sheet)."""
import math
from dataclasses import dataclass, field

from PIL import Image, ImageDraw

import invent
import seals
from seals import face

DPI = 200


def mm(length):
    return max(1, round(length / 25.4 * DPI))


@dataclass
class Sheet:
    page: Image.Image
    paper: str  # form, letter, certificate or other
    form: str = ""
    certificate: str = ""
    platform: str = ""
    seals: list = field(default_factory=list)
    numbers: list = field(default_factory=list)  # of the certificate: {number, type}
    name: str = ""  # of the certificate's holder
    legal: str = ""  # who acts for the holder
    valid_until: str = ""
    signed: bool | None = None
    seal_places: list = field(default_factory=list)  # where a seal may be pressed


LABELS = {
    "website": [("登记类别", "网站名称", "网站网址（域名）"), ("主办单位名称", "单位性质", "证件类型", "证件号码", "单位地址"),
                ("网站负责人姓名", "职务", "网站负责人身份证号码", "手机号码", "电子邮箱"), ("服务器所在地", "开通时间", "填表人", "填表日期")],
    "account": [("登记类别", "账号（客户端）名称", "平台类型", "账号ID（下载地址）"), ("开办主体名称", "证件类型", "证件号码", "通信地址"),
                ("运营负责人姓名", "运营负责人身份证号码", "手机号码", "电子邮箱"), ("开通时间", "主要内容", "填表人", "填表日期")],
    "forum": [("登记类别", "论坛（社区、贴吧）名称", "网址", "类型"), ("开办主体名称", "证件类型", "证件号码", "通信地址"),
              ("管理员（版主、吧主）姓名", "管理员身份证号码", "手机号码", "电子邮箱"), ("开通时间", "内容简介", "填表人", "填表日期")],
}
TITLES = {"website": "邵阳市互联网网站调查登记表", "account": "邵阳市互联网帐号、移动客户端调查登记表", "forum": "邵阳市互联网论坛、社区、贴吧调查登记表"}


def values(rng, kind, who):
    y, m, d = invent.date(rng, 2015, 2018)
    opened, filled = f"{y}-{m:02}-{d:02}", f"2018-08-{int(rng.integers(14, 30)):02}"
    return {
        "登记类别": "☑首次登记 □变更登记 □停用 □注销" if rng.random() < 0.5 else "首次登记", "网站名称": who["platform"], "账号（客户端）名称": who["platform"],
        "论坛（社区、贴吧）名称": who["platform"], "网站网址（域名）": "www." + who["host"], "网址": "http://" + who["host"] + "/bbs", "平台类型": "微信公众号",
        "账号ID（下载地址）": who["host"].split(".")[0] + "2018", "类型": "社区论坛", "主办单位名称": who["name"], "开办主体名称": who["name"],
        "单位性质": {"government": "事业单位", "organisation": "企业", "individual": "个人"}[who["class"]], "证件类型": who["id_words"], "证件号码": who["id_number"],
        "单位地址": "湖南省" + who["place"] + "临津门路8号", "通信地址": "湖南省" + who["place"] + "临津门路8号", "网站负责人姓名": who["manager"],
        "运营负责人姓名": who["manager"], "管理员（版主、吧主）姓名": who["manager"], "职务": "主任", "网站负责人身份证号码": who["manager_id"],
        "运营负责人身份证号码": who["manager_id"], "管理员身份证号码": who["manager_id"], "手机号码": "139" + "".join(str(int(rng.integers(10))) for _ in range(8)),
        "电子邮箱": "office@" + who["host"], "服务器所在地": "长沙", "开通时间": opened, "填表人": who["manager"], "填表日期": filled, "主要内容": "本地资讯和便民服务",
        "内容简介": "本地资讯和便民服务"}


def fitted(draw, words, font_name, size, width):
    while size > mm(2.2) and draw.textlength(words, face(font_name, size)) > width:
        size -= 1
    return face(font_name, size)


def cell(draw, x, y, w, h, words, font_name, size, left=False):
    draw.rectangle((x, y, x + w, y + h), outline=(25, 25, 25), width=2)
    font = fitted(draw, words, font_name, size, w - mm(2))
    if left:
        draw.text((x + mm(1.5), y + h / 2), words, (20, 20, 20), font, anchor="lm")
    else:
        draw.text((x + w / 2, y + h / 2), words, (20, 20, 20), font, anchor="mm")


def form(rng, kind, who, tint=(255, 255, 255)):
    page = Image.new("RGB", (mm(210), mm(297)), tint)
    draw = ImageDraw.Draw(page)
    text_face, title_face = invent.pick(rng, ("song", "newsong", "hei", "kai", "zenhei", "uming")), invent.pick(rng, ("bold", "boldhei", "hei"))
    draw.text((page.width / 2, mm(27)), TITLES[kind], (15, 15, 15), face(title_face, mm(6.2)), anchor="mm")
    given = values(rng, kind, who)
    left, y, right, size = mm(rng.uniform(16, 24)), mm(36), page.width - mm(rng.uniform(16, 24)), mm(3.7)
    four = rng.random() < 0.5
    labels = [label for group in LABELS[kind] for label in group]
    height = mm(8.6 if four else 7.6)
    width = right - left
    i = 0
    while i < len(labels):
        pair = four and i + 1 < len(labels) and all(len(given[k]) < 12 and len(k) < 8 for k in labels[i:i + 2])
        if pair:
            for k, x in ((i, left), (i + 1, left + width // 2)):
                cell(draw, x, y, width // 5, height, labels[k], text_face, size)
                cell(draw, x + width // 5, y, width // 2 - width // 5, height, given[labels[k]], text_face, size)
        else:
            cell(draw, left, y, width // 4, height, labels[i], text_face, size)
            cell(draw, left + width // 4, y, width - width // 4, height, given[labels[i]], text_face, size, rng.random() < 0.5)
        y += height
        i += 2 if pair else 1
    sheet = Sheet(page, "form", form=kind, platform=who["platform"])
    opinion = "单位意见（盖章）" if kind == "website" else "单位意见（盖章）/个人签名"
    for label in (opinion, "网信部门意见"):
        draw.rectangle((left, y, right, y + mm(40)), outline=(25, 25, 25), width=2)
        draw.line((left + width // 4, y, left + width // 4, y + mm(40)), (25, 25, 25), 2)
        draw.text((left + width // 8, y + mm(20)), label, (20, 20, 20), fitted(draw, label, text_face, size, width // 4 - mm(2)), anchor="mm")
        if label == opinion:
            draw.text((left + width // 4 + mm(4), y + mm(7)), "情况属实，同意上报。", (20, 20, 20), face(text_face, size), anchor="lm")
            draw.text((right - mm(60), y + mm(33)), "2018 年 8 月 2" + str(int(rng.integers(10))) + " 日", (20, 20, 20), face(text_face, size), anchor="lm")
            sheet.seal_places = [(right - mm(rng.uniform(36, 62)), y + mm(rng.uniform(17, 24)))]
        y += mm(40)
    return sheet


CLAUSES = ["一、遵守宪法和法律法规，坚守七条底线，坚持正确导向。", "二、如实填报登记信息，保证材料真实、准确、完整。", "三、落实主体责任，自觉接受社会监督。",
           "四、不制作、复制、发布、传播法律法规禁止的信息。", "五、健全信息发布审核、跟帖评论管理等制度。"]


def letter(rng, who):
    page = Image.new("RGB", (mm(210), mm(297)), "white")
    draw = ImageDraw.Draw(page)
    text_face = invent.pick(rng, ("song", "newsong", "kai", "hei", "zenhei"))
    draw.text((page.width / 2, mm(36)), invent.pick(rng, ("依法办网承诺书", "承 诺 书", "依法办网承诺书")), (15, 15, 15), face("bold", mm(8)), anchor="mm")
    lines = [f"本单位开办的“{who['platform']}”，现就依法依规办网用网郑重承诺如下："] + CLAUSES + ["如有违反，愿意承担相应法律责任。"]
    y = mm(56)
    for line in lines:
        words = "　　" + line
        while words:
            draw.text((mm(25), y), words[:34], (20, 20, 20), face(text_face, mm(4.6)), anchor="lm")
            words, y = words[34:], y + mm(9)
    y += mm(12)
    for line in ("承诺单位（盖章）：" + who["name"], "法定代表人（签字）：", "2018年8月20日"):
        draw.text((mm(95), y), line, (20, 20, 20), fitted(draw, line, text_face, mm(4.6), mm(95)), anchor="lm")
        y += mm(12)
    sheet = Sheet(page, "letter", platform=who["platform"])
    sheet.seal_places = [(mm(rng.uniform(125, 155)), y - mm(rng.uniform(22, 34)))]
    return sheet


def period(rng):
    y, m, d = invent.date(rng, 2012, 2018)
    style = int(rng.integers(4))
    if style == 0:
        return f"{y}年{m:02}月{d:02}日至长期", "long"
    end = y + 10
    text = {1: f"{y}年{m:02}月{d:02}日至{end}年{m:02}月{d:02}日", 2: f"自 {y}年{m:02}月{d:02}日 至 {end}年{m:02}月{d:02}日", 3: f"{y}.{m:02}.{d:02}-{end}.{m:02}.{d:02}"}[style]
    return text, f"{end}-{m:02}-{d:02}"


LEGAL_LABELS = ("法定代表人", "法定代表人", "负 责 人", "经 营 者", "投 资 人", "执行事务合伙人")


def certificate(rng, kind, who):
    """kind: uscc_certificate, orgcode_certificate, business_licence, old_licence or social_organisation."""
    landscape = rng.random() < 0.6 or kind == "orgcode_certificate"
    size = (mm(297), mm(210)) if landscape else (mm(210), mm(297))
    tint = invent.pick(rng, ((253, 251, 240), (255, 255, 255), (250, 246, 232), (246, 250, 246)))
    page = Image.new("RGB", size, tint)
    draw = ImageDraw.Draw(page)
    colour = invent.pick(rng, ((206, 160, 80), (190, 60, 50), (120, 150, 110)))
    for inset, width in ((6, 9), (9, 3)):
        draw.rectangle((mm(inset), mm(inset), page.width - mm(inset), page.height - mm(inset)), outline=colour, width=width)
    for i in range(40):  # a guilloche's worth of pale lines
        y = mm(14) + i * (page.height - mm(28)) / 40
        draw.line([(x, y + mm(1.2) * math.sin(x / mm(9) + i)) for x in range(mm(12), page.width - mm(12), mm(3))], tuple(int(c * 0.97) for c in tint), 1)
    title = {"uscc_certificate": invent.pick(rng, ("统一社会信用代码证书", "事业单位法人证书")), "orgcode_certificate": "中华人民共和国组织机构代码证",
             "business_licence": "营业执照", "old_licence": "企业法人营业执照", "social_organisation": invent.pick(rng, ("社会团体法人登记证书", "民办非企业单位登记证书"))}[kind]
    x, y, r = page.width / 2, mm(24), mm(9)
    draw.ellipse((x - r, y - r, x + r, y + r), (214, 160, 50))
    draw.ellipse((x - 0.82 * r, y - 0.82 * r, x + 0.82 * r, y + 0.82 * r), (200, 30, 30))
    draw.text((page.width / 2, mm(45)), title, (20, 20, 20), face(invent.pick(rng, ("bold", "boldhei", "kai")), mm(min(14, 110 / len(title)))), anchor="mm")
    number, words, kind_of_number = {
        "uscc_certificate": (who["id_number"], "统一社会信用代码", "uscc"), "business_licence": (who["id_number"], "统一社会信用代码", "uscc"),
        "social_organisation": (who["id_number"], "统一社会信用代码", "uscc"), "orgcode_certificate": (who["orgcode"][:8] + "-" + who["orgcode"][8], "代　码：", "orgcode"),
        "old_licence": (who["licence"], "注册号", "licence")}[kind]
    font = face(invent.pick(rng, ("hei", "song", "microhei", "bold", "boldhei")), mm(rng.uniform(4.2, 6)))
    draw.text((page.width / 2, mm(59)), words + "  " + number, (20, 20, 20), font, anchor="mm")
    until_text, until = period(rng)
    y0, m0, d0 = invent.date(rng)
    founded = f"{y0}年{m0:02}月{d0:02}日"
    legal = who["legal"]
    acts = LEGAL_LABELS[ord(legal[0]) % len(LEGAL_LABELS)]
    rows = {
        "uscc_certificate": [("机构名称" if title[0] == "统" else "名　　称", who["name"]), ("机构性质", "事业单位"), ("机构地址", who["place"] + "临津门路8号"),
                             ("负 责 人" if title[0] == "统" else "法定代表人", legal), ("赋码机关", who["place"] + "机构编制委员会办公室"), ("有 效 期", until_text)],
        "orgcode_certificate": [("机构名称", who["name"]), ("机构类型", "事业法人" if who["class"] == "government" else "企业法人"), ("法定代表人", legal),
                                ("地　　址", who["place"] + "临津门路8号"), ("有 效 期", until_text), ("颁发单位", who["place"] + "质量技术监督局")],
        "business_licence": [("名　　称", who["name"]), ("类　　型", "有限责任公司"), ("住　　所", who["place"] + "临津门路8号"), (acts, legal), ("注册资本", "伍佰万元整"),
                             ("成立日期", founded), ("营业期限", until_text), ("经营范围", "文化传播；软件开发；广告设计、制作、代理、发布。")],
        "old_licence": [("名　　称", who["name"]), ("住　　所", who["place"] + "临津门路8号"), ("法定代表人姓名" if acts == "法定代表人" else acts, legal), ("注册资本", "伍佰万元整"), ("实收资本", "伍佰万元整"),
                        ("公司类型", "有限责任公司"), ("经营范围", "文化传播；软件开发。"), ("成立日期", founded), ("营业期限", until_text)],
        "social_organisation": [("名　　称", who["name"]), ("业务范围", "学术交流、培训、咨询服务"), ("住　　所", who["place"] + "临津门路8号"), ("法定代表人", legal),
                                ("业务主管单位", who["place"] + "文化局"), ("注册资金", "叁万元"), ("有 效 期", until_text)]}[kind]
    label_face, value_face = invent.pick(rng, ("song", "newsong", "kai")), invent.pick(rng, ("hei", "song", "kai", "zenhei"))
    step = (page.height - mm(125)) / len(rows) if landscape else mm(15)
    for i, (label, value) in enumerate(rows):
        y = mm(72) + i * step
        draw.text((mm(32), y), label, (60, 60, 60), face(label_face, mm(4.4)), anchor="lm")
        draw.text((mm(70), y), value, (20, 20, 20), fitted(draw, value, value_face, mm(4.8), page.width - mm(100)), anchor="lm")
    draw.text((page.width - mm(92), page.height - mm(46)), "登记机关", (50, 50, 50), face(label_face, mm(4.4)), anchor="lm")
    draw.text((page.width - mm(70), page.height - mm(24)), founded, (20, 20, 20), face(label_face, mm(4.6)), anchor="lm")
    sheet = Sheet(page, "certificate", certificate="business_licence" if kind == "old_licence" else kind, name=who["name"], legal=legal, valid_until=until)
    sheet.numbers = [{"number": number.replace("-", ""), "type": kind_of_number}]
    sheet.seal_places = [(page.width - mm(60), page.height - mm(38))]
    return sheet


def card(rng, who, sides):
    """An identity card on a sheet: sides "front", "back" or "both"."""
    page = Image.new("RGB", (mm(210), mm(297)), "white")
    y0, m0, d0 = invent.date(rng, 2008, 2016)
    years = int(invent.pick(rng, (10, 20)))
    long = rng.random() < 0.25
    valid = f"{y0}.{m0:02}.{d0:02}-" + ("长期" if long else f"{y0 + years}.{m0:02}.{d0:02}")
    number = who["citizen"]
    k = rng.uniform(0.95, 1.5)  # copies are often enlarged

    def blank(colour):
        image = Image.new("RGB", (round(mm(85.6) * k), round(mm(54) * k)), "white")
        ImageDraw.Draw(image).rounded_rectangle((0, 0, image.width - 1, image.height - 1), mm(3), colour)
        return image, lambda v: round(mm(v) * k)

    front, u = blank((226, 236, 240))
    draw = ImageDraw.Draw(front)
    person = who["person"]
    rows = [("姓 名", person, 8), ("性 别", "男    民 族  汉", 15), ("出 生", f"{number[6:10]} 年 {int(number[10:12])} 月 {int(number[12:14])} 日", 22),
            ("住 址", "湖南省" + who["place"] + "临津门", 29), ("", "路8号", 34)]
    for label, value, y in rows:
        draw.text((u(5), u(y)), label, (60, 110, 170), face("hei", u(2.7)), anchor="lm")
        draw.text((u(16), u(y)), value, (20, 20, 20), face("hei", u(3.2)), anchor="lm")
    draw.text((u(5), u(46)), "公民身份号码", (60, 110, 170), face("hei", u(2.7)), anchor="lm")
    draw.text((u(28), u(46)), number, (15, 15, 15), face("hei", u(4.2)), anchor="lm")
    draw.ellipse((u(64), u(12), u(76), u(26)), fill=(205, 170, 150))
    draw.pieslice((u(59), u(25), u(81), u(47)), 180, 360, fill=(50, 60, 80))
    back, u = blank((238, 236, 228))
    draw = ImageDraw.Draw(back)
    draw.ellipse((u(6), u(5), u(22), u(21)), (214, 160, 50))
    draw.ellipse((u(7.5), u(6.5), u(20.5), u(19.5)), (200, 30, 30))
    for words, size, y in (("中华人民共和国", 5, 10), ("居民身份证", 7, 20)):
        draw.text((u(52), u(y)), words, (20, 20, 20), face("bold", u(size)), anchor="mm")
    for label, value, y in (("签发机关", who["place"] + "公安局", 38), ("有效期限", valid, 46)):
        draw.text((u(20), u(y)), label, (20, 20, 20), face("hei", u(2.7)), anchor="lm")
        draw.text((u(34), u(y)), value, (20, 20, 20), face("hei", u(3.2)), anchor="lm")
    sheet = Sheet(page, "certificate", certificate="id_card")
    x = round((page.width - front.width) * rng.uniform(0.2, 0.8))
    if sides != "back":
        page.paste(front, (x, mm(45)))
        sheet.numbers, sheet.name = [{"number": number, "type": "citizen"}], person
    if sides != "front":
        page.paste(back, (x, mm(45) if sides == "back" else mm(50) + front.height + mm(rng.uniform(5, 25))))
        sheet.valid_until = "long" if long else valid[11:].replace(".", "-")
    return sheet


def other(rng):
    """A page of prose that is none of these."""
    page = Image.new("RGB", (mm(210), mm(297)), "white")
    draw = ImageDraw.Draw(page)
    draw.text((page.width / 2, mm(45)), invent.pick(rng, ("会议纪要", "关于召开工作例会的函", "值班安排", "情况说明")), (15, 15, 15), face("bold", mm(7)), anchor="mm")
    words = "今年以来各科室按照年初部署抓紧推进重点任务会议听取了前一阶段进展情况汇报研究了下一步安排并对安全生产防汛值守作出部署"
    for i in range(16):
        k = int(rng.integers(0, 20))
        draw.text((mm(25), mm(65) + i * mm(9.5)), (words[k:] + words)[:34], (20, 20, 20), face("song", mm(4.6)), anchor="lm")
    sheet = Sheet(page, "other")
    sheet.seal_places = [(mm(140), mm(240))]
    return sheet


def beside(first, second):
    """Two sheets on one photograph, side by side."""
    height = max(first.page.height, second.page.height)
    gap = mm(12)
    page = Image.new("RGB", (first.page.width + second.page.width + gap, height), (120, 105, 90))
    page.paste(first.page, (0, 0))
    page.paste(second.page, (first.page.width + gap, 0))
    for one in second.seals:
        one["box"] = (one["box"][0] + first.page.width + gap, *one["box"][1:])
    first.page = page
    first.seals += second.seals
    first.numbers += second.numbers
    first.name = first.name or second.name
    first.legal = first.legal or second.legal
    first.valid_until = first.valid_until or second.valid_until
    first.certificate = first.certificate or second.certificate
    return first
