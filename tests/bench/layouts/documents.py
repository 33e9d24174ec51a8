"""Blocks and tables written as .docx, .html, .rtf or plain text, by hand, so that every merge and mark is under control.

A document is {'header': [paragraph], 'box': [paragraph], 'blocks': [('p', paragraph) | ('table', rows)]}; rows are lists of Cell.
A paragraph is a list of runs: a str, or a pair: ('sym', (font, code)), ('del', text) tracked deletion, ('strike', text),
('box', bool) a check box of the format's own."""
import dataclasses
import io
import zipfile
from xml.sax.saxutils import escape


@dataclasses.dataclass
class Cell:
    paragraphs: list = dataclasses.field(default_factory=list)
    colspan: int = 1
    rowspan: int = 1
    table: list = None                                          # rows of a nested table, below the paragraphs
    keys: list = dataclasses.field(default_factory=list)        # fields whose values stand here


def cell(text='', colspan=1, rowspan=1, keys=(), table=None):
    """A cell of a text whose lines are paragraphs, or of paragraphs."""
    paragraphs = [[line] for line in text.split('\n')] if isinstance(text, str) else text
    return Cell(paragraphs, colspan, rowspan, table, list(keys))


def grid(rows):
    """Each cell with its row and grid column."""
    covered = {}
    for r, row in enumerate(rows):
        column = 0
        for c in row:
            while covered.get((r, column)):
                column += 1
            yield r, column, c
            for down in range(c.rowspan):
                for across in range(c.colspan):
                    covered[r + down, column + across] = True
            column += c.colspan


def tables(document):
    """All tables, outer first, as the readers count them."""
    def below(rows):
        yield rows
        for row in rows:
            for c in row:
                if c.table:
                    yield from below(c.table)
    for kind, content in document['blocks']:
        if kind == 'table':
            yield from below(content)


def width(rows):
    return max(column + c.colspan for _, column, c in grid(rows))


# HTML

def html_run(run):
    if isinstance(run, str):
        return escape(run).replace('\n', '<br>').replace('  ', '&nbsp; ').replace('\u00a0', '&nbsp;')
    kind, what = run
    if kind == 'sym':
        return f'<span style="font-family:{what[0]}">{chr(int(what[1], 16) & 0xFF)}</span>'
    if kind == 'box':
        return '<input type="checkbox"' + (' checked>' if what else '>')
    return {'del': '<del>{}</del>', 'strike': '<s>{}</s>'}[kind].format(escape(what))


def html_paragraph(paragraph):
    return f'<p>{"".join(map(html_run, paragraph)) or "&nbsp;"}</p>'


def html_table(rows):
    out = '<table border=1>'
    for row in rows:
        out += '<tr>'
        for c in row:
            inner = '<br>'.join(''.join(map(html_run, p)) for p in c.paragraphs) if len(c.paragraphs) % 2 else ''.join(map(html_paragraph, c.paragraphs))
            out += f'<td colspan={c.colspan} rowspan={c.rowspan}>{inner}{html_table(c.table) if c.table else ""}</td>'
        out += '</tr>\n'
    return out + '</table>'


def html(document):
    body = ''.join(html_paragraph(p) for p in document['header'] + document['box'])
    body += ''.join(html_paragraph(content) if kind == 'p' else html_table(content) for kind, content in document['blocks'])
    return f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode()


# OOXML

W = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
     'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"')
OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'


def docx_text(text, tag='t'):
    lines = text.split('\n')
    return '<w:br/>'.join(f'<w:{tag} xml:space="preserve">{escape(line)}</w:{tag}>' for line in lines)


def docx_run(run):
    if isinstance(run, str):
        return f'<w:r>{docx_text(run)}</w:r>'
    kind, what = run
    if kind == 'sym':
        return f'<w:r><w:sym w:font="{what[0]}" w:char="{what[1]}"/></w:r>'
    if kind == 'box':
        return (f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(what)}"/></w14:checkbox></w:sdtPr>'
                f'<w:sdtContent><w:r><w:t>{"☒" if what else "☐"}</w:t></w:r></w:sdtContent></w:sdt>')
    if kind == 'strike':
        return f'<w:r><w:rPr><w:strike/></w:rPr>{docx_text(what)}</w:r>'
    return f'<w:del w:id="1" w:author="a"><w:r>{docx_text(what, "delText")}</w:r></w:del>'


def docx_paragraph(paragraph):
    return f'<w:p>{"".join(map(docx_run, paragraph))}</w:p>'


def docx_table(rows):
    columns = width(rows)
    out = '<w:tbl><w:tblPr/><w:tblGrid>' + '<w:gridCol w:w="1000"/>' * columns + '</w:tblGrid>'
    place = {(r, column): c for r, column, c in grid(rows)}
    open_ = {}                                                  # column: (rows left, colspan)
    for r in range(len(rows)):
        out += '<w:tr>'
        column = 0
        while column < columns:
            if (r, column) in place:
                c = place[r, column]
                merge = '<w:vMerge w:val="restart"/>' if c.rowspan > 1 else ''
                span = f'<w:gridSpan w:val="{c.colspan}"/>' if c.colspan > 1 else ''
                nested = docx_table(c.table) + '<w:p/>' if c.table else ''
                out += f'<w:tc><w:tcPr>{span}{merge}</w:tcPr>{"".join(map(docx_paragraph, c.paragraphs or [[]]))}{nested}</w:tc>'
                if c.rowspan > 1:
                    open_[column] = (c.rowspan - 1, c.colspan)
                column += c.colspan
            elif open_.get(column, (0,))[0]:
                left, span = open_[column]
                out += f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/><w:vMerge/></w:tcPr><w:p/></w:tc>'
                open_[column] = (left - 1, span)
                column += span
            else:
                break                                           # the row ends early
        out += '</w:tr>'
    return out + '</w:tbl>'


def docx(document):
    box = ''.join(f'<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{docx_paragraph(p)}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>'
                  for p in document['box'])
    body = ''.join(docx_paragraph(content) if kind == 'p' else docx_table(content) for kind, content in document['blocks'])
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>' if document['header'] else ''
    types = ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/'
             'vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
             'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
    links = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{}" Target="{}"/></Relationships>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as z:
        z.writestr('[Content_Types].xml', types)
        z.writestr('_rels/.rels', links.format(OFFICE + '/officeDocument', 'word/document.xml'))
        z.writestr('word/_rels/document.xml.rels', links.format(OFFICE + '/header', 'header1.xml'))
        z.writestr('word/header1.xml', f'<w:hdr {W}>{"".join(map(docx_paragraph, document["header"]))}</w:hdr>')
        z.writestr('word/document.xml', f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{box}{body}{section}</w:body></w:document>')
    return out.getvalue()


# RTF (no nested tables)

def rtf_text(text):
    out = ''
    for c in text:
        if c == '\n':
            out += '\\line '
        elif c in '\\{}':
            out += '\\' + c
        elif ord(c) < 128:
            out += c
        else:
            units = c.encode('utf-16-le')
            out += ''.join(f'\\u{int.from_bytes(units[i:i + 2], "little", signed=True)}?' for i in range(0, len(units), 2))
    return out


def rtf_run(run):
    if isinstance(run, str):
        return rtf_text(run)
    kind, what = run
    if kind == 'sym':
        return f"{{\\f{1 if what[0] == 'Wingdings' else 2} \\'{int(what[1], 16) & 0xFF:02x}}}"
    if kind == 'box':
        return rtf_text('☒' if what else '☐')
    return {'del': '{{\\deleted {}}}', 'strike': '{{\\strike {}}}'}[kind].format(rtf_text(what))


def rtf_paragraphs(paragraphs):
    return '\\par '.join(''.join(map(rtf_run, p)) for p in paragraphs)


def rtf_table(rows):
    columns, out = width(rows), ''
    place = {(r, column): c for r, column, c in grid(rows)}
    open_ = {}
    for r in range(len(rows)):
        heads, bodies, column = '', '', 0
        while column < columns:
            if (r, column) in place:
                c = place[r, column]
                merge = '\\clvmgf' if c.rowspan > 1 else ''
                body = rtf_paragraphs(c.paragraphs)
                if c.rowspan > 1:
                    open_[column] = (c.rowspan - 1, c.colspan)
                span = c.colspan
            elif open_.get(column, (0,))[0]:
                left, span = open_[column]
                merge, body = '\\clvmrg', ''
                open_[column] = (left - 1, span)
            else:
                break
            column += span
            heads += f'{merge}\\cellx{column * 1500}'
            bodies += f'{body}\\cell '
        out += f'\\trowd{heads}\\pard\\intbl {bodies}\\row\n'
    return out + '\\pard '


def rtf(document):
    head = '{\\header ' + rtf_paragraphs(document['header']) + '\\par}' if document['header'] else ''
    body = ''.join(rtf_paragraphs([p]) + '\\par\n' for p in document['box'])
    body += ''.join(rtf_paragraphs([content]) + '\\par\n' if kind == 'p' else rtf_table(content) for kind, content in document['blocks'])
    return ('{\\rtf1\\ansi\\ansicpg936\\uc1{\\fonttbl{\\f0\\fcharset134 SimSun;}{\\f1\\fcharset2 Wingdings;}{\\f2\\fcharset2 Wingdings 2;}}\n' + head + body + '}').encode('ascii')


WRITERS = {'html': html, 'docx': docx, 'rtf': rtf}
