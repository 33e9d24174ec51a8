#!/usr/bin/env python3
"""Makes the documents of tests/data/parsers/odd: what arrives under the name of a form and is none, is locked, holds other
documents, or was made to do harm. LibreOffice, steered over UNO, writes what a person would have saved with it.

Needs: python3-uno, libreoffice-writer, fonts-noto-cjk, and the documents of make_documents.py. All names and numbers are
made up.
Usage: tests/support/make_odd_documents.py [FOLDER]
"""
import email.message
import email.policy
import http.server
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
import zlib

import uno
from com.sun.star.beans import NamedValue, PropertyValue
from com.sun.star.connection import NoConnectException

from make_documents import OFFICE, RELATIONS, TYPES, W, c, par, table, write_docx

HERE = pathlib.Path(__file__).resolve().parent.parent
SOURCES = HERE / 'data/parsers/documents'
WRITER = '8BC6B165-B1B2-4EDD-aa47-dae2ee689dd6'
FILTERS = {'doc': 'MS Word 97', 'docx': 'MS Word 2007 XML', 'odt': 'writer8', 'rtf': 'Rich Text Format',
           'xml': 'MS Word 2003 XML'}
PASSWORD = '梅子岭2018'


def properties(**values):
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Filter/Microsoft/Import"><prop oor:name="CreateMSOLockFiles" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.UserProfile/Data"><prop oor:name="givenname" oor:op="fuse"><value>小满</value></prop>
<prop oor:name="sn" oor:op="fuse"><value>林</value></prop></item>
</oor:items>
"""


def connect(profile):
    (profile / 'user').mkdir()
    (profile / 'user/registrymodifications.xcu').write_text(SETTINGS, encoding='utf-8')
    pipe = 'dengji_odd'
    office = subprocess.Popen(['soffice', f'-env:UserInstallation=file://{profile}', '--headless', '--norestore',
                               f'--accept=pipe,name={pipe};urp;'])
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext('com.sun.star.bridge.UnoUrlResolver', local)
    for _ in range(120):
        try:
            context = resolver.resolve(f'uno:pipe,name={pipe};urp;StarOffice.ComponentContext')
            return office, context.ServiceManager.createInstanceWithContext('com.sun.star.frame.Desktop', context)
        except NoConnectException:
            time.sleep(0.5)
    raise SystemExit('LibreOffice does not answer')


def load(desktop, url, **how):
    return desktop.loadComponentFromURL(url, '_blank', 0, properties(Hidden=True, **how))


def save(document, path, **how):
    document.storeToURL(path.as_uri(), properties(FilterName=FILTERS[path.suffix[1:]], **how))


def write_locked(desktop, folder):
    document = load(desktop, (SOURCES / 'form.docx').as_uri())
    for kind in ('doc', 'odt'):
        save(document, folder / f'locked.{kind}', Password=PASSWORD)
    how = (NamedValue('CryptoType', 'Standard'), NamedValue('OOXPassword', PASSWORD))
    save(document, folder / 'locked.docx', EncryptionData=uno.Any('[]com.sun.star.beans.NamedValue', how))
    document.close(True)


def citizen(first17):
    """With the check digit of GB 11643."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first17 + '10X98765432'[sum(int(digit) * weight for digit, weight in zip(first17, weights)) % 11]


# Numbers of persons registered before their county was renamed or before numbers had 18 digits.
OLD_NUMBERS = (par('网站登记表')
               + table([[c('网站名称'), c('梅子岭夜谈', 3)],
                        [c('主办单位名称'), c('梅子岭文化传播有限公司', 3)],
                        [c('法定代表人', 1, 'restart'), c('姓名'), c('林小满'), c('职务')],
                        [c('', 1, 'continue'), c('身份证号码'), c(citizen('43262119650203001'), 2)],
                        [c('网站负责人', 1, 'restart'), c('姓名'), c('秦立春'), c('站长')],
                        [c('', 1, 'continue'), c('身份证号码'), c('430502640229001', 2)]],
                       [1500, 2000, 3500, 1500]) + par(''))


def write_old_numbers(desktop, folder):
    with tempfile.TemporaryDirectory() as work:
        source = pathlib.Path(work) / 'old_numbers.docx'
        write_docx(source, OLD_NUMBERS)
        document = load(desktop, source.as_uri())
        save(document, folder / 'old_numbers.doc')
        document.close(True)


def write_word_2003(desktop, folder):
    document = load(desktop, (SOURCES / 'form.docx').as_uri())
    save(document, folder / 'word_2003.xml')
    document.close(True)


def insert_table(document, rows):
    table = document.createInstance('com.sun.star.text.TextTable')
    table.initialize(len(rows), len(rows[0]))
    document.Text.insertTextContent(document.Text.End, table, False)
    table.setDataArray(tuple(map(tuple, rows)))


def write_embedded(desktop, folder):
    """A document with another one in it, whose streams have the same names."""
    document = load(desktop, 'private:factory/swriter')
    document.Text.String = '外层文字'
    insert_table(document, [['网站名称', '梅子岭夜谈']])
    inner = document.createInstance('com.sun.star.text.TextEmbeddedObject')
    inner.CLSID = WRITER
    document.Text.insertTextContent(document.Text.End, inner, False)
    inner.Component.Text.String = '内层文字'
    for kind in ('doc', 'docx', 'odt', 'rtf'):
        save(document, folder / f'embedded.{kind}')
    document.close(True)


class Picture(http.server.BaseHTTPRequestHandler):
    """Answers whatever is asked with one grey picture."""

    def do_GET(self):
        def chunk(kind, data):
            return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
        rows = (b'\0' + b'\x80' * 8) * 8
        data = (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 8, 8, 8, 0, 0, 0, 0))
                + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))
        self.send_response(200)
        self.send_header('Content-Type', 'image/png')
        self.send_header('Content-Length', str(len(data)))
        self.end_headers()
        if self.command == 'GET':
            self.wfile.write(data)

    do_HEAD = do_GET

    def log_message(self, *_):
        pass


def write_linked(desktop, folder):
    """A picture that stands elsewhere: on this machine, as long as the documents are made."""
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Picture)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = folder / 'linked.html'
    picture = f'http://127.0.0.1:{server.server_port}/logo.png'
    page.write_text('<html><head><meta charset="utf-8"></head><body><p>图在别处</p>'
                    f'<img src="{picture}" width="80" height="80"></body></html>\n', encoding='utf-8')
    document = load(desktop, page.as_uri(), FilterName='HTML (StarWriter)')
    for kind in ('doc', 'docx', 'odt'):
        save(document, folder / f'linked.{kind}')
    document.close(True)
    server.shutdown()


def write_lock_file(desktop, folder):
    """What stands beside a document while it is open: LibreOffice writes it as Word does, where its profile says so."""
    with tempfile.TemporaryDirectory() as work:
        shutil.copy(SOURCES / 'form.docx', work)
        document = load(desktop, (pathlib.Path(work) / 'form.docx').as_uri())
        locks = list(pathlib.Path(work).glob('~$*'))
        shutil.copy(locks[0], folder / 'lock_file.docx')
        document.close(True)


def write_package(path, body, parts=()):
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as out:
        for name, text in (('[Content_Types].xml', TYPES), ('_rels/.rels', f'{RELATIONS}<Relationship Id="rId1" '
                           f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'),
                           ('word/document.xml', body), *parts):
            out.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)


def document_of(body, doctype=''):
    return f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<w:document {W}><w:body>{body}</w:body></w:document>'


def write_bombs(folder):
    """Small files that are large to who opens them without a limit."""
    text = '<w:p><w:r><w:t>{}</w:t></w:r></w:p>'
    deep = 2000
    write_package(folder / 'bomb_deep.docx',
                  document_of('<w:tbl><w:tr><w:tc>' * deep + text.format('底') + '</w:tc></w:tr></w:tbl>' * deep))
    write_package(folder / 'bomb_wide.docx', document_of('<w:tbl><w:tr>' + '<w:tc><w:p/></w:tc>' * 25_000 + '</w:tr></w:tbl>'))
    write_package(folder / 'bomb_long.docx', document_of(text.format('长' * 20_000_000)))
    laughs = ''.join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
    write_package(folder / 'bomb_entities.docx',
                  document_of(text.format('&e9;'), f'<!DOCTYPE w [<!ENTITY e0 "哈哈">{laughs}]>'))
    write_package(folder / 'outside_entity.docx',
                  document_of(text.format('&e;'), '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/hostname">]>'))


def write_archives(folder):
    """Names that would leave the folder in which somebody unpacks them."""
    with zipfile.ZipFile(folder / 'outside.zip', 'w') as out:
        for name in ('../../etc/登记表.doc', 'C:/Windows/登记表.doc', '/root/登记表.doc', '..\\登记表.doc'):
            out.writestr(zipfile.ZipInfo(name), 'form')


def write_text(folder):
    (folder / 'text.txt').write_bytes('网站名称：梅子岭夜谈\r\n网址：www.meiziling.example\r\n'.encode('gbk'))


def write_page_in_mail(folder):
    """A web page as browsers save it in one file: a message (MHT)."""
    page = email.message.EmailMessage(policy=email.policy.SMTP)
    page['From'], page['Subject'] = '<Saved by a browser>', '登记表'
    html = (SOURCES / 'form.html').read_text(encoding='utf-8')
    page.set_content(html, subtype='html', charset='utf-8', cte='quoted-printable')
    page.add_related(b'GIF89a', 'image', 'gif', cid='<logo>')
    (folder / 'page.mht').write_bytes(page.as_bytes())


def main():
    folder = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else HERE / 'data/parsers/odd'
    folder.mkdir(parents=True, exist_ok=True)
    write_bombs(folder)
    write_archives(folder)
    write_text(folder)
    write_page_in_mail(folder)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        office, desktop = connect(pathlib.Path(profile))
        try:
            for write in (write_locked, write_embedded, write_linked, write_old_numbers, write_word_2003,
                          write_lock_file):
                write(desktop, folder)
        finally:
            desktop.terminate()
            office.wait(60)


if __name__ == '__main__':
    main()
