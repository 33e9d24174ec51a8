#!/usr/bin/python3
"""Writes the blank forms and the commitment letter (etc/forms/*.docx) from the label tables etc/forms/*.toml.

    make_blank_forms.py [FOLDER]        the forms' folder; by default etc/forms of this source

Needs python3-docx. The result is the same, byte for byte, for the same tables. An office that adapts a table
runs this again, or edits the .docx in a word processor.
"""
import datetime
import io
import pathlib
import re
import sys
import tomllib
import zipfile

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

BLANKS = {"website": "网站登记表", "account": "账号登记表", "forum": "论坛登记表"}
WIDE = {"org_name", "org_address", "site_url", "forum_url", "account_id"}  # beside choices and long texts
WIDTHS = [Cm(4.4), Cm(4.1), Cm(4.4), Cm(4.1)]
SEAL = "（盖章）\n年    月    日"
PROMISE = [
    "为维护健康有序的网络秩序，本单位（本人）作为下列互联网平台的开办者，郑重承诺：",
    "一、自觉遵守宪法和国家有关互联网的法律法规，依法办网、文明办网、诚信办网，接受网信部门的监督管理和社会监督。",
    "二、坚守法律法规、社会主义制度、国家利益、公民合法权益、社会公共秩序、道德风尚和信息真实性“七条底线”，不制作、不复制、不发布、不传播违法和不良信息。",
    "三、登记时提交的材料和填写的内容真实、准确、完整；名称、网址、主办者、负责人和联系方式发生变更，或者平台停用、注销的，自变动之日起30日内报送。",
    "四、落实信息内容管理主体责任，配备专人负责信息的审核、发布和值守，建立健全内部管理制度，发现违法和不良信息立即处置并报告。",
    "五、加强用户管理和跟帖评论管理，保护用户的个人信息，不泄露、不出售、不非法向他人提供。",
    "六、违反上述承诺的，愿意承担由此产生的一切责任。",
]


SIGNED = [("网站（账号、论坛）名称：", "platform"), ("承诺单位（人）（盖章）：", "owner"),
          ("法定代表人（签字）：", "signer"), ("日期：", "date")]


def font(run, name, size, bold=False):
    run.font.name = "Times New Roman"
    run._element.rPr.rFonts.set(qn("w:eastAsia"), name)
    run.font.size = Pt(size)
    run.font.bold = bold


def paragraph(holder, text, name="宋体", size=10.5, bold=False, align=None, first=False):
    p = holder.paragraphs[0] if first else holder.add_paragraph()
    p.paragraph_format.space_after = Pt(0)
    if align is not None:
        p.alignment = align
    font(p.add_run(text), name, size, bold)
    return p


def document():
    doc = Document()
    section = doc.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin, section.bottom_margin = Cm(1.6), Cm(1.4)
    doc.styles["Normal"].font.name = "Times New Roman"
    doc.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    doc.core_properties.author = ""
    doc.core_properties.comments = ""
    return doc


def fill(cell, text, **style):
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    lines = text.split("\n")
    for number, line in enumerate(lines):
        paragraph(cell, line, first=number == 0, **style)


def height(row, cm):
    row.height, row.height_rule = Cm(cm), WD_ROW_HEIGHT_RULE.AT_LEAST
    cannot = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(cannot)


def label(field):
    return field["label"] + ("*" if field.get("mandatory") and field["type"] != "seal" else "")


def is_wide(field):
    return field["type"] in ("choice", "longtext", "seal", "office") or field["key"] in WIDE


def rows_of(fields):
    """Two fields a row; a wide one has a row of its own, and so has one that is left over."""
    waiting = None
    for field in fields:
        if is_wide(field):
            if waiting:
                yield [waiting]
            waiting = None
            yield [field]
        elif waiting:
            yield [waiting, field]
            waiting = None
        else:
            waiting = field
    if waiting:
        yield [waiting]


def value_cell(cell, field, values):
    value = values.get(field["key"], "")
    if field["type"] == "choice":
        fill(cell, "  ".join("☑□"[choice != value] + choice for choice in field["choices"]))
    elif field["type"] == "seal":
        fill(cell, SEAL, align=WD_ALIGN_PARAGRAPH.RIGHT)
    elif field["type"] == "office":
        fill(cell, "年    月    日", align=WD_ALIGN_PARAGRAPH.RIGHT)
    else:
        fill(cell, value)


def form_row(table, fields, values):
    cells = table.add_row().cells
    row = table.rows[-1]
    tall = {"longtext": 1.6, "seal": 3.1, "office": 1.8}
    height(row, tall.get(fields[0]["type"], 0.8))
    if len(fields) == 1:
        cells[1].merge(cells[3])
    for number, field in enumerate(fields):
        fill(cells[2 * number], label(field), name="黑体", align=WD_ALIGN_PARAGRAPH.CENTER)
        value_cell(cells[2 * number + 1], field, values)


def form(spec, values=None):
    """A form of `spec`, blank or with values by key."""
    doc = document()
    paragraph(doc, spec["title"], "黑体", 18, True, WD_ALIGN_PARAGRAPH.CENTER)
    paragraph(doc, "", size=6)
    table = doc.add_table(rows=0, cols=4)
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS):
        column.width = width
    for fields in rows_of(spec["field"]):
        form_row(table, fields, values or {})
    for row in table.rows:
        for cell, width in zip(row.cells, WIDTHS):
            if cell._tc.grid_span == 1:
                cell.width = width
    for line in NOTES:
        paragraph(doc, line, size=9)
    return doc


NOTES = [
    "说明：1.带*的为必填项，没有的填“无”；选择项在方框内打“√”。2.每个平台填写一份，电子文件以平台名称命名。",
    "3.打印后由单位加盖公章（个人开办的由本人签名），彩色扫描或拍照，连同电子文件、主体证件和承诺书一并发送至登记邮箱。",
]


def commitment(spec, values=None):
    """The commitment letter, blank or with platform, owner, signer and date."""
    doc = document()
    paragraph(doc, spec["title"], "黑体", 22, True, WD_ALIGN_PARAGRAPH.CENTER)
    paragraph(doc, "")
    for text in PROMISE:
        p = paragraph(doc, text, "仿宋", 14)
        p.paragraph_format.first_line_indent = Pt(28)
        p.paragraph_format.line_spacing = 1.35
    paragraph(doc, "")
    for text, key in SIGNED:
        p = paragraph(doc, text + (values or {}).get(key, ""), "仿宋", 14)
        p.paragraph_format.line_spacing = 1.5
        p.paragraph_format.left_indent = Cm(5.5)
    return doc


def save(doc, path):
    """As python-docx writes it, but with one fixed time in the archive and the properties."""
    stamp = datetime.datetime(2018, 8, 13)
    doc.core_properties.created = doc.core_properties.modified = stamp
    raw = io.BytesIO()
    doc.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name == "docProps/thumbnail.jpeg":
                continue
            data = source.read(name)
            if name in ("_rels/.rels", "[Content_Types].xml"):
                data = without_thumbnail(data)
            info = zipfile.ZipInfo(name, (2018, 8, 13, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, data)


def without_thumbnail(data):
    data = re.sub(rb'<Relationship [^>]*thumbnail[^>]*/>', b"", data)
    return re.sub(rb'<Default Extension="jpeg"[^>]*/>', b"", data)


def main():
    here = pathlib.Path(__file__).resolve()
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here.parents[2] / "etc/forms"
    for path in sorted(folder.glob("*.toml")):
        spec = tomllib.loads(path.read_text(encoding="utf-8"))
        if spec["kind"] == "commitment":
            save(commitment(spec, {"date": "      年    月    日"}), folder / (spec["title"] + ".docx"))
        else:
            save(form(spec), folder / (BLANKS[spec["kind"]] + ".docx"))


if __name__ == "__main__":
    main()
