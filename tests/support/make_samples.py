#!/usr/bin/python3
"""Makes the sample mails of `./run` (etc/samples/*.eml): right ones, wrong ones, doubtful ones, and mail that is
no registration.

    make_samples.py [FOLDER]            by default etc/samples of this source

Needs python3-docx, python3-pil, python3-numpy, fonts-noto-cjk, fonts-arphic-ukai, libreoffice-writer and
poppler-utils. Persons, organisations, platforms and numbers are made up; domains end in .example.
"""
import email
import email.header
import email.mime.application
import email.mime.multipart
import email.mime.text
import email.utils
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

import numpy
from PIL import Image

import make_blank_forms
import paper

HERE = pathlib.Path(__file__).resolve()
FORMS = HERE.parents[2] / "etc/forms"
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include>/etc/fonts/fonts.conf</include>
<alias binding="same"><family>宋体</family><prefer><family>Noto Serif CJK SC</family></prefer></alias>
<alias binding="same"><family>Times New Roman</family><prefer><family>Noto Serif CJK SC</family></prefer></alias>
<alias binding="same"><family>仿宋</family><prefer><family>Noto Serif CJK SC</family></prefer></alias>
<alias binding="same"><family>黑体</family><prefer><family>Noto Sans CJK SC</family></prefer></alias>
</fontconfig>"""


# Numbers with the check digits that the standards ask for.

def org_code(eight):
    values = [int(c, 36) for c in eight]
    check = 11 - sum(v * w for v, w in zip(values, (3, 7, 9, 10, 5, 8, 4, 2))) % 11
    return eight + {10: "X", 11: "0"}.get(check, str(check))


def uscc(prefix, eight):
    """GB 32100: category and area, organisation code, check."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = prefix + org_code(eight)
    total = sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + alphabet[(31 - total % 31) % 31]


def citizen(area, birth, serial):
    """GB 11643."""
    body = area + birth + serial
    total = sum(int(c) * w for c, w in zip(body, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)))
    return body + "10X98765432"[total % 11]


def with_wrong_check(number):
    return number[:-1] + ("2" if number[-1] != "2" else "5")


# Documents: a form or a letter, as Word file and as the page that is printed from it.

class Office:
    """LibreOffice in a folder of its own, with fonts like those on a clerk's machine."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        (self.folder / "fonts.conf").write_text(FONTS, encoding="utf-8")

    def convert(self, path, kind):
        run(["soffice", f"-env:UserInstallation=file://{self.folder}/profile", "--headless",
             "--convert-to", kind, "--outdir", str(self.folder), str(path)],
            {"FONTCONFIG_FILE": str(self.folder / "fonts.conf")})
        return path.with_suffix("." + kind)

    def printed(self, path):
        """The first page as a picture, and where each of its words stands."""
        pdf = self.convert(path, "pdf")
        run(["pdftoppm", "-r", str(paper.DPI), "-png", "-singlefile", str(pdf), str(pdf.with_suffix(""))])
        words = run(["pdftotext", "-bbox", "-f", "1", "-l", "1", str(pdf), "-"]).decode()
        scale = paper.DPI / 72
        found = [(text, float(x0) * scale, float(y0) * scale, float(x1) * scale, float(y1) * scale)
                 for x0, y0, x1, y1, text in re.findall(
                     r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<', words)]
        return Image.open(pdf.with_suffix(".png")).convert("RGB"), found


def run(command, environment=None):
    import os
    return subprocess.run(command, check=True, env={**os.environ, **(environment or {})},
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def spot(words, text):
    """The middle of the last word that holds `text`."""
    _, x0, y0, x1, y1 = [word for word in words if text in word[0]][-1]
    return (x0 + x1) / 2, (y0 + y1) / 2


def spec(kind):
    return tomllib.loads((FORMS / (kind + ".toml")).read_text(encoding="utf-8"))


class Case:
    """One registrant's papers, made in a folder of their own."""

    def __init__(self, office, kind, platform, values, seed):
        self.office, self.kind, self.platform, self.values = office, kind, platform, values
        self.rng = numpy.random.default_rng(seed)
        self.form = office.folder / (platform + ".docx")
        make_blank_forms.form(spec(kind), values).save(self.form)

    def docx(self):
        return self.form.read_bytes()

    def doc(self):
        return self.office.convert(self.form, "doc").read_bytes()

    def stamped(self, seal_name, scanner=paper.flatbed, left=22):
        page, words = self.office.printed(self.form)
        x, y = spot(words, "（盖章）")
        paper.press(page, paper.seal(seal_name, self.rng), (x - paper.mm(left), y), turn=self.turn())
        return paper.jpeg(scanner(page, self.rng), 155)

    def signed(self, name):
        page, words = self.office.printed(self.form)
        x, y = spot(words, "（盖章）")
        paper.sign(page, name, (x - paper.mm(28), y - paper.mm(4)), self.rng)
        return paper.jpeg(paper.flatbed(page, self.rng), 155)

    def promise(self, seal_name):
        path = self.office.folder / (self.platform + "-承诺书.docx")
        values = {"platform": self.platform, "owner": self.values["org_name"], "date": "2018年8月16日"}
        make_blank_forms.commitment(spec("commitment"), values).save(path)
        page, words = self.office.printed(path)
        x, y = spot(words, "（签字）")
        paper.sign(page, self.values.get("legal_name", self.values["manager_name"]),
                   (x + paper.mm(52), y), self.rng)
        if seal_name:
            x, y = spot(words, "（盖章）")
            paper.press(page, paper.seal(seal_name, self.rng), (x + paper.mm(20), y + paper.mm(8)), turn=self.turn())
        return paper.jpeg(paper.flatbed(page, self.rng), 112)

    def turn(self):
        return float(self.rng.uniform(-12, 12))


def common(name, manager, area, birth, mobile, mail, address):
    return {
        "action": "首次登记", "org_name": name, "org_address": address, "manager_name": manager,
        "manager_id": citizen(area, birth, "101"), "manager_mobile": mobile,
        "manager_email": mail, "opened_on": "2017年3月15日", "filled_by": manager,
        "filled_on": "2018年8月16日", "summary": "发布本地资讯和便民服务信息。",
    }


def website(platform, host, name, nature, code, legal, **kw):
    values = common(name, **kw)
    values |= {
        "site_name": platform, "site_url": "http://www." + host, "org_nature": nature,
        "site_type": "政务类" if nature == "党政机关" else "商业类", "id_number": code,
        "id_type": "统一社会信用代码证书" if nature == "党政机关" else "营业执照", "legal_name": legal,
        "legal_id": citizen(kw["area"], "19710809", "213"), "legal_phone": "0739-5550188",
        "manager_title": "主任", "server_place": "湖南省长沙市", "hosting": "托管", "isp": "某某云服务有限公司",
        "icp": "无", "police_no": "无", "news_licence": "无", "daily_visits": "800",
    }
    return values


def account(platform, ident, klass, name, id_type, code, **kw):
    values = common(name, **kw)
    values |= {"account_name": platform, "platform_type": "微信公众号", "account_id": ident, "account_class": klass,
               "id_type": id_type, "id_number": code, "verified": "已认证", "followers": "3200"}
    return values


def forum(platform, host, name, id_type, code, **kw):
    values = common(name, **kw)
    values |= {"forum_name": platform, "forum_url": "http://bbs." + host, "forum_type": "论坛", "icp": "无",
               "host_platform": "自建", "id_type": id_type, "id_number": code, "members": "1500",
               "daily_posts": "60"}
    return values


def government_certificate(name, code, address, head, rng):
    page = paper.certificate("统一社会信用代码证书", "统一社会信用代码  " + code, [
        ("机构名称", name), ("机构性质", "机关"), ("机构地址", address), ("负 责 人", head),
        ("赋码机关", "邵阳市机构编制办公室"), ("有 效 期", "2017年06月01日至2037年05月31日")],
        "邵阳市机构编制办公室", "2017年6月1日", rng)
    return paper.jpeg(paper.flatbed(page, rng), 130)


def licence(name, code, address, legal, rng):
    page = paper.certificate("营业执照", "统一社会信用代码  " + code, [
        ("名    称", name), ("类    型", "有限责任公司(自然人投资或控股)"), ("住    所", address),
        ("法定代表人", legal), ("注册资本", "贰佰万元整"), ("成立日期", "2015年04月20日"),
        ("营业期限", "2015年04月20日至2045年04月19日")],
        "邵阳市工商行政管理局", "2015年4月20日", rng)
    return paper.jpeg(paper.flatbed(page, rng), 130)


# Mails, as common mail programs write them.

def encoded(text, charset):
    return email.header.Header(text, charset, maxlinelen=70)


class Mail:
    def __init__(self, number, sender, address, office, office_name, subject, charset="utf-8"):
        self.charset = charset
        self.root = email.mime.multipart.MIMEMultipart(boundary=f"----=_NextPart_{number:03d}_5B7A2C10")
        when = f"Mon, 20 Aug 2018 {8 + number // 6:02d}:{number * 7 % 60:02d}:12 +0800"
        host = address.split("@")[1]
        self.headers = [
            ("Return-Path", f"<{address}>"),
            ("Received", f"from mail.{host} (unknown [192.0.2.{number}])\n\tby mx.wxb.example (Postfix) "
                         f"with ESMTP id 1A2B3C{number:02d}\n\tfor <{office}@wxb.example>; {when}"),
            ("Date", when),
            ("From", f"{encoded(sender, charset).encode()} <{address}>" if sender else address),
            ("To", f"{encoded(office_name, charset).encode()} <{office}@wxb.example>"),
            ("Subject", encoded(subject, charset).encode()),
            ("Message-ID", f"<sample.{number}.20180820@{host}>"),
        ]

    def text(self, text):
        self.root.attach(email.mime.text.MIMEText(text, "plain", self.charset))
        return self

    def file(self, name, data, kind):
        part = email.mime.application.MIMEApplication(data, kind)
        part.replace_header("Content-Type", f"{kind_of(kind)};\n\tname=\"{encoded(name, self.charset).encode()}\"")
        if self.charset == "utf-8":
            part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
        else:
            part["Content-Disposition"] = f"attachment;\n\tfilename=\"{encoded(name, self.charset).encode()}\""
        self.root.attach(part)
        return self

    def bytes(self):
        lines = [f"{name}: {value}" for name, value in self.headers]
        return ("\n".join(lines) + "\n").encode() + self.root.as_bytes()


def kind_of(kind):
    return {"jpeg": "image/jpeg"}.get(kind, "application/" + kind)


DOC, DOCX, JPEG = "msword", "vnd.openxmlformats-officedocument.wordprocessingml.document", "jpeg"
HELLO = "您好：\n    现报送“{}”的登记材料，请查收。\n\n{}\n{}\n"


def government_site(office):
    name, code = "邵阳市双清区石桥街道便民服务办公室", uscc("11430502", "00621358")
    where = "湖南省邵阳市双清区石桥路18号"
    case = Case(office, "website", "石桥便民网", website(
        "石桥便民网", "shiqiao.example", name, "党政机关", code, "赵立群", manager="钱思远", area="430502",
        birth="19850612", mobile="13907390011", mail="bianmin@shiqiao.example", address=where), 1)
    mail = Mail(1, "石桥街道便民办", "bianmin@shiqiao.example", "shuangqing", "双清区网信办", "石桥便民网登记材料", "gb18030")
    mail.text(HELLO.format("石桥便民网", "钱思远", "13907390011"))
    mail.file("石桥便民网.doc", case.doc(), DOC)
    mail.file("石桥便民网-盖章登记表.jpg", case.stamped(name), JPEG)
    mail.file("石桥便民网-统一社会信用代码证书.jpg", government_certificate(name, code, where, "赵立群", case.rng), JPEG)
    return mail.file("石桥便民网-承诺书.jpg", case.promise(name), JPEG)


def company_account(office):
    name, code = "邵阳云谷文化传媒有限公司", uscc("91430503", "MA4L7Q2C")
    where = "湖南省邵阳市大祥区学院路66号"
    case = Case(office, "account", "大祥生活圈", account(
        "大祥生活圈", "dxshq2016", "商业", name, "营业执照", code, manager="孙若兰", area="430503",
        birth="19900320", mobile="13907390022", mail="sunrl@yungu.example", address=where), 2)
    mail = Mail(2, "孙若兰", "sunrl@yungu.example", "daxiang", "大祥区网信办", "公众号登记：大祥生活圈")
    mail.text(HELLO.format("大祥生活圈", name, "13907390022"))
    mail.file("大祥生活圈.docx", case.docx(), DOCX)
    mail.file("mmexport1534729800456.jpg", case.stamped(name), JPEG)
    return mail.file("营业执照.jpg", licence(name, code, where, "李守成", case.rng), JPEG)


def person_account(office):
    person = {"name": "周向荣", "sex": "男", "number": citizen("430524", "19881102", "317"),
              "address": "湖南省隆回县桃花坪街道和平路9号", "issuer": "隆回县公安局", "valid": "2018.05.06-2038.05.06"}
    values = account("隆回山里人", "lhshanliren", "个人", person["name"], "居民身份证", person["number"],
                     manager=person["name"], area="430524", birth="19881102", mobile="13907390033", mail="zhouxr@mail.example",
                     address=person["address"])
    values["manager_id"] = person["number"]
    case = Case(office, "account", "隆回山里人", values, 3)
    mail = Mail(3, "周向荣", "zhouxr@mail.example", "longhui", "隆回县网信办", "个人公众号登记", "gb18030")
    mail.text(HELLO.format("隆回山里人", person["name"], "13907390033"))
    mail.file("隆回山里人.doc", case.doc(), DOC)
    mail.file("隆回山里人-登记表签名.jpg", case.signed(person["name"]), JPEG)
    return mail.file("隆回山里人-身份证.jpg", paper.jpeg(paper.flatbed(paper.identity_card(person), case.rng)), JPEG)


def forum_without_seal(office):
    name, code = "武冈木棉网络科技有限公司", uscc("91430581", "MA4M3K8D")
    where = "湖南省武冈市迎春路25号"
    case = Case(office, "forum", "武冈茶馆", forum(
        "武冈茶馆", "mumian.example", name, "营业执照", code, manager="吴天明", area="430581",
        birth="19791225", mobile="13907390044", mail="wtm@mumian.example", address=where), 4)
    mail = Mail(4, "吴天明", "wtm@mumian.example", "wugang", "武冈市网信办", "武冈茶馆论坛登记")
    mail.text(HELLO.format("武冈茶馆", name, "13907390044"))
    mail.file("武冈茶馆.docx", case.docx(), DOCX)
    mail.file("武冈茶馆-登记表扫描件.jpg", case.signed("吴天明"), JPEG)
    return mail.file("武冈茶馆-营业执照.jpg", licence(name, code, where, "吴天明", case.rng), JPEG)


def site_with_wrong_number(office):
    name, code = "新邵资水电子商务有限公司", uscc("91430522", "MA4P6T1E")
    where = "湖南省新邵县酿溪镇资江路102号"
    values = website("资水优选", "zishui.example", name, "企业", code, "郑国栋", manager="王晓琴", area="430522",
                     birth="19830908", mobile="13907390055", mail="wangxq@zishui.example", address=where)
    values["manager_id"] = with_wrong_check(values["manager_id"])
    case = Case(office, "website", "资水优选", values, 5)
    mail = Mail(5, "王晓琴", "wangxq@zishui.example", "xinshao", "新邵县网信办", "资水优选网站登记表", "gb18030")
    mail.text(HELLO.format("资水优选", "王晓琴", "13907390055"))
    mail.file("资水优选.doc", case.doc(), DOC)
    mail.file("资水优选-登记表（盖章）.jpg", case.stamped(name), JPEG)
    mail.file("资水优选-营业执照.jpg", licence(name, code, where, "郑国栋", case.rng), JPEG)
    return mail.file("资水优选-承诺书.jpg", case.promise(name), JPEG)


def forum_without_scan(office):
    name, code = "洞口县雪峰社区居民服务站", uscc("11430525", "00735241")
    case = Case(office, "forum", "雪峰社区", forum(
        "雪峰社区", "xuefeng.example", name, "统一社会信用代码证书", code, manager="冯春生", area="430525",
        birth="19760430", mobile="13907390066", mail="xuefeng@mail.example", address="湖南省洞口县雪峰街道文昌路7号"), 6)
    mail = Mail(6, "雪峰社区", "xuefeng@mail.example", "dongkou", "洞口县网信办", "论坛登记表（先发电子版）")
    mail.text("您好：\n    先发电子登记表，盖章件随后寄来。\n\n冯春生\n")
    return mail.file("雪峰社区.docx", case.docx(), DOCX)


def black_and_white(office):
    name, code = "绥宁绿洲旅游开发有限公司", uscc("91430527", "MA4L2N9F")
    where = "湖南省绥宁县长铺镇绿洲大道31号"
    case = Case(office, "account", "绿洲绥宁游", account(
        "绿洲绥宁游", "lvzhousn", "商业", name, "营业执照", code, manager="陈雨桐", area="430527",
        birth="19920714", mobile="13907390077", mail="chenyt@lvzhou.example", address=where), 7)
    mail = Mail(7, "陈雨桐", "chenyt@lvzhou.example", "suining", "绥宁县网信办", "绿洲绥宁游登记", "gb18030")
    mail.text(HELLO.format("绿洲绥宁游", name, "13907390077"))
    mail.file("绿洲绥宁游.doc", case.doc(), DOC)
    mail.file("绿洲绥宁游-登记表.jpg", case.stamped(name, paper.photocopy), JPEG)
    return mail.file("绿洲绥宁游-营业执照.jpg", licence(name, code, where, "陈国富", case.rng), JPEG)


def seal_of_another(office):
    name, code = "城步南山牧业有限公司", uscc("91430529", "MA4Q5R3G")
    where = "湖南省城步苗族自治县儒林镇苗乡路56号"
    case = Case(office, "website", "南山牧歌网", website(
        "南山牧歌网", "muge.example", name, "企业", code, "杨秀英", manager="蒋大河", area="430529",
        birth="19870219", mobile="13907390088", mail="jiangdh@muge.example", address=where), 8)
    mail = Mail(8, "蒋大河", "jiangdh@muge.example", "chengbu", "城步苗族自治县网信办", "南山牧歌网登记材料")
    mail.text(HELLO.format("南山牧歌网", name, "13907390088"))
    mail.file("南山牧歌网.docx", case.docx(), DOCX)
    mail.file("南山牧歌网-盖章登记表.jpg", case.stamped("长沙市星沙广告策划有限责任公司", left=52), JPEG)
    mail.file("南山牧歌网-营业执照.jpg", licence(name, code, where, "杨秀英", case.rng), JPEG)
    return mail.file("南山牧歌网-承诺书.jpg", case.promise(name), JPEG)


def question(_):
    mail = Mail(9, "何女士", "hexy@mail.example", "beita", "北塔区网信办", "请问小区业主群的公众号要登记吗？")
    return mail.text("你好，我们小区的公众号只发物业通知，也需要登记吗？要交哪些材料？\n\n何晓燕\n")


def bounce(_):
    mail = Mail(10, "", "MAILER-DAEMON@mail.example", "shuangqing", "双清区网信办", "Undelivered Mail Returned to Sender")
    mail.headers[0] = ("Return-Path", "<>")
    mail.headers.append(("Auto-Submitted", "auto-replied"))
    mail.root = email.mime.multipart.MIMEMultipart("report", boundary="----=_Report_010")
    mail.root.set_param("report-type", "delivery-status")
    mail.text("This is the mail system at host mail.example.\n\n<gone@mail.example>: unknown user\n")
    mail.root.attach(email.message_from_string(
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example\nOriginal-Message-ID: "
        "<gone.1@wxb.example>\n\nFinal-Recipient: rfc822; gone@mail.example\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 unknown user\n"))
    return mail


def vacation(_):
    mail = Mail(11, "许先生", "xu@mail.example", "city", "邵阳市网信办", "自动回复：回执")
    mail.headers.append(("Auto-Submitted", "auto-replied"))
    return mail.text("您好，我正在休假，将于下周一回复您的邮件。\n")


SAMPLES = {
    "01-website-complete": government_site, "02-account-complete": company_account, "03-person-complete": person_account,
    "04-forum-no-seal": forum_without_seal, "05-website-wrong-number": site_with_wrong_number,
    "06-forum-no-scan": forum_without_scan, "07-account-black-and-white": black_and_white,
    "08-website-seal-of-another": seal_of_another, "09-question": question, "10-bounce": bounce, "11-vacation": vacation,
}


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[2] / "etc/samples"
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in SAMPLES.items():
        with tempfile.TemporaryDirectory() as work:
            data = make(Office(work)).bytes()
        (folder / (name + ".eml")).write_bytes(data)
        print(f"{name}: {len(data) // 1024} KiB")


if __name__ == "__main__":
    main()
