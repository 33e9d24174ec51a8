#!/usr/bin/env python3
"""Makes the documents of tests/data/parsers/documents: each is written as WordprocessingML here and
then saved by LibreOffice in the other formats, so that the readers meet what a real program writes.

Workbooks are written as flat OpenDocument and saved in Excel's formats.

Needs: python3, libreoffice-writer-nogui, libreoffice-calc-nogui, fonts-noto-cjk. All names and numbers are made up.
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


# ---- workbooks

OFFICE_SPACES = ' '.join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
                         for short, long in (('office', 'office'), ('table', 'table'),
                                             ('text', 'text'), ('style', 'style'),
                                             ('number', 'datastyle'), ('draw', 'drawing'),
                                             ('svg', 'svg-compatible'),
                                             ('fo', 'xsl-fo-compatible')))
OFFICE_SPACES += ' xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"'
BOOK_STYLES = (
    '<number:date-style style:name="Nday" number:language="zh" number:country="CN"><number:year '
    'number:style="long"/><number:text>年</number:text><number:month/><number:text>月'
    '</number:text><number:day/><number:text>日</number:text></number:date-style>'
    '<number:time-style style:name="Ntime"><number:hours number:style="long"/><number:text>:'
    '</number:text><number:minutes number:style="long"/></number:time-style>'
    '<number:boolean-style style:name="Ntruth"><number:boolean/></number:boolean-style>'
    '<number:number-style style:name="Nwhole"><number:number number:decimal-places="0" '
    'number:min-integer-digits="1"/></number:number-style>'
    '<number:number-style style:name="Nzeros"><number:number number:decimal-places="0" '
    'number:min-integer-digits="11"/></number:number-style>'
    + ''.join(f'<style:style style:name="{name}" style:family="table-cell" '
              f'style:data-style-name="N{name}"/>'
              for name in ('day', 'time', 'truth', 'whole', 'zeros'))
    + '<style:style style:name="dings" style:family="table-cell"><style:text-properties '
      'style:font-name="Wingdings"/></style:style>'
      '<style:style style:name="T1" style:family="text"><style:text-properties '
      'style:font-name="Wingdings"/></style:style>'
      '<style:style style:name="T2" style:family="text"><style:text-properties '
      'style:font-name="Noto Serif CJK SC"/></style:style>'
      '<style:style style:name="shown" style:family="table" style:master-page-name="Page">'
      '<style:table-properties table:display="true"/></style:style>'
      '<style:style style:name="hidden" style:family="table">'
      '<style:table-properties table:display="false"/></style:style>')
BOOK_PAGE = ('<office:master-styles><style:master-page style:name="Page" '
             'style:page-layout-name="pm"><style:header><text:p>页眉中的编号</text:p></style:header>'
             '</style:master-page></office:master-styles>')


def box(content='', kind='', span=1, down=1, style='', formula=''):
    """One cell: its text (or XML), or a value of that kind; merged over `span` x `down`."""
    spans = (f' table:number-columns-spanned="{span}" table:number-rows-spanned="{down}"'
             if span > 1 or down > 1 else '')
    named = f' table:style-name="{style}"' if style else ''
    counted = f' table:formula="of:{formula}"' if formula else ''
    if kind:
        name = {'date': 'date-value', 'time': 'time-value', 'boolean': 'boolean-value'}
        return (f'<table:table-cell{spans}{named}{counted} office:value-type="{kind}" '
                f'office:{name.get(kind, "value")}="{content}"/>')
    lines = ''.join(f'<text:p>{line}</text:p>' for line in content.split('\n')) if content else ''
    valued = ' office:value-type="string"' if content else ''
    return f'<table:table-cell{spans}{named}{counted}{valued}>{lines}</table:table-cell>'


def covered(count=1):
    return f'<table:covered-table-cell table:number-columns-repeated="{count}"/>'


def gap(count):
    return f'<table:table-cell table:number-columns-repeated="{count}"/>'


def sheet(name, rows, style='shown', shapes='', columns=''):
    body = ''.join(row if row.startswith('<table:table-row') else
                   f'<table:table-row>{row}</table:table-row>' for row in rows)
    return (f'<table:table table:name="{name}" table:style-name="{style}">{shapes}'
            f'{columns or "<table:table-column/>"}{body}</table:table>')


def drawn_text(text):
    return ('<table:shapes><draw:frame svg:width="4cm" svg:height="1cm" svg:x="1cm" svg:y="12cm">'
            f'<draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame></table:shapes>')


HIDDEN_ROW = '<table:table-row table:visibility="collapse">' + box('暗行') + '</table:table-row>'
FOUR_COLUMNS = ('<table:table-column table:number-columns-repeated="6"/>'
                '<table:table-column table:visibility="collapse"/>')

# A form as a workbook: the title over all columns, merged cells, dates and numbers as such.
BOOK_FORM = sheet('登记表', [
    box('邵阳市互联网网站调查登记表', span=4) + covered(3),
    box('网站名称') + box('梅子岭夜谈') + box('网站网址（域名）') + box('www.meiziling.example')
    + gap(2) + box('暗列'),
    box('主办单位名称') + box('梅子岭文化传播有限公司', span=3) + covered(2),
    box('单位性质') + box('□政府　☑企业　□个人', span=3) + covered(2),
    box('证件类型') + box('统一社会信用代码') + box('证件号码') + box('91430500MA4L0XXX0X'),
    box('法定代表人', down=2) + box('姓名') + box('林小满', span=2) + covered(1),
    covered(1) + box('身份证号码') + box('430502197001010000', 'float', style='whole', span=2)
    + covered(1),
    HIDDEN_ROW,
    box('开通时间') + box('2018-08-20', 'date', style='day') + box('从业人员数')
    + box('12', 'float', formula='=SUM(5;7)'),
    box('办公电话') + box('7395300001', 'float', style='zeros') + box('简介') + box('第一行\n第二行'),
    box('备注'),
], shapes=drawn_text('框中的说明'), columns=FOUR_COLUMNS)

BOOK_KINDS = sheet('其他', [
    box('字体') + box('þ', style='dings')
    + box('<text:span text:style-name="T1">þ</text:span><text:span text:style-name="T2">是'
          '</text:span><text:span text:style-name="T1">o</text:span>'
          '<text:span text:style-name="T2">否</text:span>'),
    box('数') + box('-1.5', 'float') + box('0.1', 'float') + box('123456789012', 'float'),
    box('式') + box('甲乙', formula='=CONCATENATE(&quot;甲&quot;;&quot;乙&quot;)') + box('true', 'boolean', style='truth')
    + box('PT09H30M00S', 'time', style='time'),
    box('错') + box('0', 'float', formula='=1/0'),
])

BOOK = BOOK_FORM + sheet('暗表', [box('不可见')], 'hidden') + BOOK_KINDS

# Texts that are longer than one record of Excel 97 holds, plain and in both widths.
BOOK_LONG = sheet('长', [box(f'{i:03}' + ('长文字' if i % 2 else 'plain') * 300)
                        for i in range(12)])

# Two cells as far apart as a sheet allows.
BOOK_SPARSE = sheet('疏', ['<table:table-row>' + box('左上') + '</table:table-row>',
                          '<table:table-row table:number-rows-repeated="65534">' + gap(1)
                          + '</table:table-row>', gap(255) + box('右下')])

BOOKS = {
    'book': (BOOK, ('xls', 'xlsx')),
    'book_long': (BOOK_LONG, ('xls',)),
    'book_sparse': (BOOK_SPARSE, ('xls', 'xlsx')),
}
BOOK_FILTERS = {'xls': 'xls:MS Excel 97', 'xlsx': 'xlsx:Calc MS Excel 2007 XML'}


def write_fods(path, sheets):
    fonts = ''.join(f'<style:font-face style:name="{name}" svg:font-family="{name}"/>'
                    for name in ('Wingdings', 'Noto Serif CJK SC'))
    path.write_text('<?xml version="1.0" encoding="UTF-8"?>'
                    f'<office:document {OFFICE_SPACES} office:version="1.3" '
                    'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
                    f'<office:font-face-decls>{fonts}</office:font-face-decls>'
                    f'<office:automatic-styles>{BOOK_STYLES}<style:page-layout '
                    'style:name="pm"/></office:automatic-styles>'
                    f'{BOOK_PAGE}<office:body><office:spreadsheet>{sheets}</office:spreadsheet>'
                    '</office:body></office:document>', encoding='utf-8')


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


def convert(profile, source, wanted, folder):
    subprocess.run(['soffice', f'-env:UserInstallation=file://{profile}', '--headless',
                    '--convert-to', wanted, '--outdir', folder, source],
                   check=True, stdout=subprocess.DEVNULL)
    made = pathlib.Path(folder) / f'{pathlib.Path(source).stem}.{wanted.split(":")[0]}'
    assert made.exists(), f'{made} was not made'  # soffice ends with 0 all the same


def main():
    here = pathlib.Path(__file__).resolve().parent.parent
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here / 'data/parsers/documents'
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile, tempfile.TemporaryDirectory() as scratch:
        for name, (body, formats) in DOCUMENTS.items():
            source = folder / f'{name}.docx'
            write_docx(source, body)
            for kind in formats:
                convert(profile, source, FILTERS[kind], folder)
        for name, (sheets, formats) in BOOKS.items():
            source = pathlib.Path(scratch) / f'{name}.fods'
            write_fods(source, sheets)
            for kind in formats:
                convert(profile, source, BOOK_FILTERS[kind], folder)


if __name__ == '__main__':
    main()
