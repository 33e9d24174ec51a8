#!/usr/bin/env python3
"""hostile_mails.py TEXTS.json FOLDER: mails that carry each of the texts (a list) in a subject, in the sender's name, in an
attachment's name and in a form's cell, ten texts a mail: FOLDER/0.eml and so on. Nothing of Python's email package, which
would refuse some of them."""
import base64
import io
import json
import sys
import zipfile
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape

A_MAIL = 10
CELLS = ("主办单位名称", "单位地址", "法定代表人姓名", "网站负责人姓名", "职务", "ICP备案号（许可证号）", "公安机关备案号",
         "互联网新闻信息服务许可证号", "服务器所在地", "接入服务商")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default'
                           ' Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                           '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
                           '.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
                   ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
                   ' Target="word/document.xml"/></Relationships>',
}


def paragraph(text):
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def form(platform, texts):
    rows = [("登记类别", "首次登记"), ("网站名称", platform), *zip(CELLS, texts)]
    table = "".join("<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    document = (f'<w:document {W}><w:body>{paragraph("邵阳市互联网网站调查登记表")}<w:tbl>{table}</w:tbl>'
                f'{paragraph("")}</w:body></w:document>')
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as book:
        for name, text in {**PARTS, "word/document.xml": document}.items():
            book.writestr(name, text)
    return file.getvalue()


def words(text):
    """RFC 2047, a character never cut in two."""
    coded = []
    for at in range(0, len(text), 10):
        coded.append("=?utf-8?B?" + base64.b64encode(text[at:at + 10].encode()).decode() + "?=")
    return "\r\n ".join(coded)


def part(name, content, is_2231):
    """The name as RFC 2231 wants it, or as most programs send it."""
    told = (f"filename*=utf-8''{quote(name, safe='')}" if is_2231
            else f'filename="{words(name)}"')
    return (f"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition:"
            f" attachment;\r\n {told}\r\n\r\n" + base64.encodebytes(content).decode().replace("\n", "\r\n"))


def mail(number, texts):
    """Names of files cannot hold a slash; those that can begin with the platform's, so that they belong to it."""
    nameable = [text for text in texts if not {"/", "\\"} & set(text)]
    platform = f"夜话{number}{nameable[number % len(nameable)] if nameable else ''}"
    parts = [part(f"夜话{number}.docx", form(platform, texts), True)]
    parts += [part(f"夜话{number}{text}", f"\0\1{number} {i}".encode(), i % 2 == 0) for i, text in enumerate(nameable)]
    return (f"From: {words(texts[0])} <p{number}@hostile.example>\r\nTo: suining@wxb.example\r\nSubject:"
            f" {words(' '.join(texts))}\r\nDate: Mon, 20 Aug 2018 09:30:00 +0800\r\nMessage-ID: <{number}@hostile.example>\r\n"
            'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="-cut-"\r\n\r\n'
            + "".join(f"---cut-\r\n{one}" for one in parts) + "---cut---\r\n")


def main(texts, folder):
    for number, at in enumerate(range(0, len(texts), A_MAIL)):
        (folder / f"{number}.eml").write_bytes(mail(number, texts[at:at + A_MAIL]).encode())


main(json.loads(Path(sys.argv[1]).read_text()), Path(sys.argv[2]))
