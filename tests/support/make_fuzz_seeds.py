#!/usr/bin/env python3
"""Makes the seeds of tests/fuzz/seeds that are not written by hand: the XML of documents in the
notation of tests/fuzz/parts.hpp, small TNEF streams and small PDFs.

Needs: python3. All names and numbers are made up.
Usage: tests/support/make_fuzz_seeds.py
"""
import pathlib
import re
import struct
import zipfile

TESTS = pathlib.Path(__file__).resolve().parent.parent
DOCUMENTS = TESTS / 'data/parsers/documents'
SEEDS = TESTS / 'fuzz/seeds'


def part(name, part_name):
    with zipfile.ZipFile(DOCUMENTS / name) as file:
        return file.read(part_name).decode()


def parts(**named):
    """An element a line, so that a mutation of lines keeps most of the file well-formed."""
    return ''.join(f'==> {name}\n{re.sub("><", ">" + chr(10) + "<", text)}\n'
                   for name, text in named.items()).encode()


def docx_seeds():
    for name in ('boxed', 'changes', 'controls', 'form', 'ticks'):
        body = part(f'{name}.docx', 'word/document.xml')
        yield f'{name}.xml', body.encode()
    yield 'parts', parts(**{'word/document.xml': part('table_last.docx', 'word/document.xml'),
                            'word/header1.xml': part('table_last.docx', 'word/header1.xml')})


def odt_seeds():
    for name in ('boxed', 'changes', 'ticks'):
        # Without its head that only names fonts and styles of no effect.
        content = part(f'{name}.odt', 'content.xml')
        content = re.sub(r'<office:font-face-decls>.*?</office:font-face-decls>', '', content,
                         flags=re.S)
        yield f'{name}.xml', content.encode()
    header = re.search(r'<office:document-styles [^>]*>', part('form.odt', 'styles.xml'))[0]
    styles = (header + '<office:master-styles><style:master-page style:name="S"><style:header>'
              '<text:p>眉</text:p></style:header></style:master-page></office:master-styles>'
              '</office:document-styles>')
    content = part('table_last.odt', 'content.xml')
    yield 'parts', parts(**{'content.xml': content, 'styles.xml': styles,
                            'META-INF/manifest.xml': '<manifest:manifest/>'})


def xlsx_seeds():
    names = ('xl/workbook.xml', 'xl/_rels/workbook.xml.rels', 'xl/sharedStrings.xml', 'xl/styles.xml',
             'xl/worksheets/_rels/sheet1.xml.rels', 'xl/worksheets/sheet1.xml', 'xl/drawings/drawing1.xml')
    yield 'parts', parts(**{name: part('book.xlsx', name) for name in names})


def tnef(*attributes):
    out = struct.pack('<IH', 0x223E9F78, 1)
    for number, data in attributes:
        out += b'\2' + struct.pack('<II', number, len(data)) + data
        out += struct.pack('<H', sum(data) & 0xFFFF)
    return out


def properties(*values):
    out = struct.pack('<I', len(values))
    for kind, number, data in values:
        out += struct.pack('<HH', kind, number)
        if number >= 0x8000:
            out += b'g' * 16 + struct.pack('<II', 1, 4) + b'n\0m\0'
        if kind == 3:
            out += data
            continue
        out += struct.pack('<II', 1, len(data)) + data + b'\0' * (-len(data) % 4)
    return out


def tnef_seeds():
    rend, title, data, attachment = 0x69002, 0x18010, 0x6800F, 0x69005
    page = (0x69007, struct.pack('<I', 936))
    yield 'gbk-names.dat', tnef(page, (rend, bytes(14)), (title, '登记表.doc\0'.encode('gbk')),
                                (data, b'form'), (rend, bytes(14)), (title, b'b.jpg\0'),
                                (data, b'\xff\xd8\xff\xe0scan'))
    yield 'properties.dat', tnef(
        (rend, bytes(14)), (title, b'~1.DOC\0'),
        (attachment, properties((3, 0x3705, struct.pack('<I', 1)), (0x1E, 0x8001, b'x\0'),
                                (0x1F, 0x3707, '登记表.docx\0'.encode('utf-16le')),
                                (0x1E, 0x3712, b'a@b.example\0'), (0x102, 0x3701, b'form'))))
    inner = tnef((rend, bytes(14)), (title, b'c.txt\0'), (data, b'inner'))
    yield 'message-inside.dat', tnef(
        (rend, bytes(14)), (title, b'mail\0'),
        (attachment, properties((0x0D, 0x3701, bytes(16) + inner))))


def pdf(*contents, resources=''):
    """A page a content stream; objects from 4 on are pages and contents by turns."""
    kids = ' '.join(f'{4 + 2 * i} 0 R' for i in range(len(contents)))
    objects = ['<</Type/Catalog/Pages 2 0 R>>',
               f'<</Type/Pages/Kids[{kids}]/Count {len(contents)}>>',
               '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>']
    for i, content in enumerate(contents):
        objects.append(f'<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents {5 + 2 * i} 0 R'
                       f'/Resources<</Font<</F 3 0 R>>{resources}>>>>')
        objects.append(f'<</Length {len(content)}>>stream\n{content}\nendstream')
    if resources:
        form = 'q 10 10 50 50 re S BT /F 9 Tf 12 30 Td (in form) Tj ET Q'
        objects.append(f'<</Type/XObject/Subtype/Form/BBox[0 0 300 200]/Length {len(form)}'
                       f'/Resources<</Font<</F 3 0 R>>>>>>stream\n{form}\nendstream')
    out, places = '%PDF-1.4\n', []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f'{number} 0 obj\n{text}\nendobj\n'
    table = ''.join(f'{place:010} 00000 n \n' for place in places)
    return (f'{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}'
            f'trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n'
            '%%EOF\n').encode()


def pdf_seeds():
    def text(x, y, words):
        return f'BT /F 10 Tf {x} {y} Td ({words}) Tj ET\n'

    grid = ('1 w 20 20 m 220 20 l S 20 60 m 220 60 l S 20 100 m 220 100 l S\n'
            '20 20 m 20 100 l S 120 20 m 120 100 l S 220 20 m 220 100 l S\n')
    boxes = '20 20 100 40 re S 120 20 100 40 re S 20 60 200 1 re f\n'
    words = text(30, 30, 'name') + text(130, 30, 'value') + text(30, 70, 'a') + text(130, 70, 'b')
    yield 'grid.pdf', pdf(text(30, 150, 'title') + grid + words)
    yield 'boxes.pdf', pdf(f'q 0.9 0 0 0.9 5 5 cm {boxes} Q {words}', words)
    yield 'form.pdf', pdf(f'q 1 0 0 1 20 20 cm /X Do Q {words} 3 Tr {words}',
                          resources='/XObject<</X 6 0 R>>')


def main():
    for target, seeds in {'word_xml': docx_seeds, 'odt': odt_seeds, 'tnef': tnef_seeds,
                          'pdf_text': pdf_seeds, 'xlsx': xlsx_seeds}.items():
        folder = SEEDS / target
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in seeds():
            (folder / name).write_bytes(content)


if __name__ == '__main__':
    main()
