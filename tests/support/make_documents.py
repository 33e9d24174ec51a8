#!/usr/bin/env python3
"""Makes the documents of tests/data/parsers/documents: each is written as WordprocessingML here and
then saved by LibreOffice in the other formats, so that the readers meet what a real program writes.

Needs: python3, libreoffice-writer-nogui, fonts-noto-cjk. All names and numbers are made up.
Usage: tests/support/make_documents.py [FOLDER]
"""
import pathlib
import subprocess
import sys
import tempfile
import zipfile

W = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
     'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
     'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
     'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
     'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
     'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
     'xmlns:v="urn:schemas-microsoft-com:vml" '
     'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"')
TYPES = ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Default Extension="rels" '
         'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Default Extension="xml" ContentType="application/xml"/>'
         '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
         'officedocument.wordprocessingml.document.main+xml"/>'
         '<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-'
         'officedocument.wordprocessingml.header+xml"/></Types>')
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'


def run(text, props=''):
    return f'<w:r><w:rPr>{props}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(content):
    return f'<w:p>{content if content.startswith("<") else run(content) if content else ""}</w:p>'


def cell(content, width, span=1, down=''):
    props = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if span > 1:
        props += f'<w:gridSpan w:val="{span}"/>'
    if down:
        props += f'<w:vMerge w:val="{down}"/>'
    body = content if content.startswith(('<w:p', '<w:tbl')) else par(content)
    return f'<w:tc><w:tcPr>{props}</w:tcPr>{body}</w:tc>'


def table(rows, widths):
    borders = ''.join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
                      for side in ('top', 'left', 'bottom', 'right', 'insideH', 'insideV'))
    grid = ''.join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    out = (f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}'
           f'</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>')
    for row in rows:
        at = 0
        out += '<w:tr>'
        for content, span, down in row:
            out += cell(content, sum(widths[at:at + span]), span, down)
            at += span
        out += '</w:tr>'
    return out + '</w:tbl>'


def c(content, span=1, down=''):
    return content, span, down


def symbol(font, code):
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def check_field(name, ticked):
    return (f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{name}"/><w:enabled/>'
            '<w:calcOnExit w:val="0"/><w:checkBox><w:sizeAuto/><w:default w:val="0"/>'
            + ('<w:checked/>' if ticked else '') +
            '</w:checkBox></w:ffData></w:fldChar></w:r>'
            '<w:r><w:instrText xml:space="preserve"> FORMCHECKBOX </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>')


def box_control(ticked):
    return (f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(ticked)}"/>'
            '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
            '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
            f'<w:sdtContent>{run("☒" if ticked else "☐")}</w:sdtContent></w:sdt>')


def text_control(text, placeholder=False):
    showing = '<w:showingPlcHdr/>' if placeholder else ''
    return (f'<w:sdt><w:sdtPr>{showing}<w:text/></w:sdtPr>'
            f'<w:sdtContent>{run(text)}</w:sdtContent></w:sdt>')


def text_box(content):
    return ('<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
            '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" '
            'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
            '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0'
            '</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0'
            '</wp:posOffset></wp:positionV><wp:extent cx="2000000" cy="400000"/>'
            '<wp:wrapTopAndBottom/><wp:docPr id="1" name="box"/><a:graphic><a:graphicData '
            'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
            '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
            '<a:ext cx="2000000" cy="400000"/></a:xfrm><a:prstGeom prst="rect"/></wps:spPr>'
            f'<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>'
            '</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>'
            f'<v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape>'
            '</w:pict></mc:Fallback></mc:AlternateContent></w:r>')


def simple_field(code, result):
    return ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>')


def change(kind, inner):
    return f'<w:{kind} w:id="1" w:author="经办人" w:date="2018-08-20T09:00:00Z">{inner}</w:{kind}>'


# A form as offices hand them out: a title, merged cells across and down, a nested table.
FORM = (par('网站登记表（样例）')
        + table([
            [c('网站名称'), c('梅子岭夜谈'), c('网址'), c('www.meiziling.example')],
            [c('主办单位', 1, 'restart'), c('名称'), c('梅子岭文化传播有限公司', 2)],
            [c('', 1, 'continue'), c('性质'), c('□政府　☑企业　□个人', 2)],
            [c('', 1, 'continue'), c('地址'), c(par('第一行') + par('第二行'), 2)],
            [c('管理员'), c(table([[c('姓名'), c('手机')], [c('林小满'), c('13900001234')]],
                               [1800, 1800]) + par(''), 3)],
            [c('简介'), c('', 3)],
            [c('意见（盖章）', 4)],
        ], [1500, 2000, 1500, 3500]) + par(''))

# Everything that shows or hides text in its own way.
TICKS = (par(symbol('Wingdings', 'F0FE') + run('甲') + symbol('Wingdings', 'F0A8') + run('乙')
             + symbol('Wingdings 2', 'F052') + run('丙') + symbol('Wingdings 2', 'F0A3')
             + run('丁'))
         + table([
             [c('表单域'), c(f'<w:p>{check_field("a", True)}{run("是")}{check_field("b", False)}'
                          f'{run("否")}</w:p>')],
             [c('字体'), c(par(run('þ', '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>')
                             + run('是') + run('o', '<w:rFonts w:ascii="Wingdings" '
                                               'w:hAnsi="Wingdings"/>') + run('否')))],
             [c('键入'), c('☑是 □否 √ ■')],
         ], [2000, 6000]) + par(''))

CONTROLS = table([
    [c('控件'), c(f'<w:p>{box_control(True)}{run("是")}{box_control(False)}{run("否")}</w:p>')],
    [c('姓名'), c(f'<w:p>{text_control("林小满")}</w:p>')],
    [c('电话'), c(f'<w:p>{text_control("单击此处输入文字。", True)}</w:p>')],
], [2000, 6000]) + par('')

CHANGES = (par(run('前') + change('del', '<w:r><w:delText>删去</w:delText></w:r>')
               + change('ins', run('加入')) + run('暗', '<w:vanish/>') + run('后'))
           + par(simple_field('HYPERLINK "http://www.meiziling.example/"', '链接文字'))
           + table([[c('名称'), c(par(change('del', '<w:r><w:delText>旧名</w:delText></w:r>')
                                    + change('ins', run('新名'))))]], [2000, 6000]) + par('末'))

BOXED = par(text_box(par('框中的标题'))) + par('正文') + par('')

TABLE_LAST = par('表在最后') + table([[c('一'), c('二')], [c('三'), c('四')]], [2000, 2000])

HEADER = f'<w:hdr {W}>{par("页眉中的登记表标题")}</w:hdr>'
SECTION = ('<w:sectPr><w:headerReference w:type="default" r:id="rId1"/>'
           '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" '
           'w:bottom="1440" w:left="1440" w:header="800" w:footer="800" w:gutter="0"/></w:sectPr>')

DOCUMENTS = {
    'form': (FORM, ('doc', 'rtf', 'odt', 'pdf', 'html')),
    'ticks': (TICKS, ('doc', 'rtf', 'odt')),
    'controls': (CONTROLS, ()),
    'changes': (CHANGES, ('doc', 'rtf', 'odt')),
    'boxed': (BOXED, ('doc', 'rtf', 'odt')),
    'table_last': (TABLE_LAST, ('doc', 'rtf', 'odt')),
}
FILTERS = {'doc': 'doc:MS Word 97', 'rtf': 'rtf:Rich Text Format', 'odt': 'odt:writer8',
           'pdf': 'pdf:writer_pdf_Export', 'html': 'html:HTML (StarWriter)'}


def write_docx(path, body):
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as out:
        def put(name, text):
            out.writestr(zipfile.ZipInfo(name), '<?xml version="1.0" encoding="UTF-8"?>' + text,
                         zipfile.ZIP_DEFLATED)
        put('[Content_Types].xml', TYPES)
        put('_rels/.rels', f'{RELATIONS}<Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>')
        put('word/_rels/document.xml.rels', f'{RELATIONS}<Relationship Id="rId1" '
            f'Type="{OFFICE}/header" Target="header1.xml"/></Relationships>')
        put('word/header1.xml', HEADER)
        put('word/document.xml', f'<w:document {W}><w:body>{body}{SECTION}</w:body></w:document>')


def main():
    here = pathlib.Path(__file__).resolve().parent.parent
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here / 'data/parsers/documents'
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        for name, (body, formats) in DOCUMENTS.items():
            source = folder / f'{name}.docx'
            write_docx(source, body)
            for kind in formats:
                subprocess.run(['soffice', f'-env:UserInstallation=file://{profile}', '--headless',
                                '--convert-to', FILTERS[kind], '--outdir', folder, source],
                               check=True, stdout=subprocess.DEVNULL)


if __name__ == '__main__':
    main()
