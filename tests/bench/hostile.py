#!/usr/bin/env python3
"""Sends one dengjid a corpus of hostile mails, made here, and after each batch an honest one, and watches.

    tests/bench/hostile.py --build build/dev             # all of them
    tests/bench/hostile.py --build build/dev --batches 1 # the first twenty
    tests/bench/hostile.py --build build/dev --only 3 21 # those numbers

Required: the daemon's process never changes; no reading child takes over 30 processor seconds or 1 GiB, with the models that
it shares (looked at every 50 ms); each mail gets a verdict that staff can see (`dengji list`, `dengji show`), and a mail
over a limit of docs/LIMITS.md its words; each honest mail is answered within 60 s. Python's standard library only."""
import argparse
import base64
import contextlib
import gzip
import io
import json
import os
import random
import shutil
import sqlite3
import struct
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CPU_SECONDS, BYTES, ANSWER_SECONDS, VERDICT_SECONDS = 30, 1 << 30, 60, 180
MB = 1 << 20


# ---- makers: name -> bytes of a file -------------------------------------------------------------------------------------

def png(width, height, bits=1, colour=0, data=b''):
    def chunk(kind, body):
        return struct.pack('>I', len(body)) + kind + body + struct.pack('>I', zlib.crc32(kind + body))
    head = struct.pack('>IIBBBBB', width, height, bits, colour, 0, 0, 0)
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', data or zlib.compress(b'')) + chunk(b'IEND', b'')


def deep_png(side):
    row = b'\0' + b'\0' * ((side + 7) // 8)
    packer = zlib.compressobj(9)
    return png(side, side, data=b''.join(packer.compress(row) for _ in range(side)) + packer.flush())


def speckled(side, seed):
    noise = random.Random(seed)
    rows = b''.join(b'\0' + noise.randbytes(side // 8) for _ in range(side))
    return png(side, side, data=zlib.compress(rows, 1))


def jpeg(width, height):
    return (b'\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc0\0\x11\x08' + struct.pack('>HH', height, width) +
            b'\3\1\x11\0\2\x11\0\3\x11\0\xff\xda\0\x0c\3\1\0\2\0\3\0\0\x3f\0' + b'\x55' * 300 + b'\xff\xd9')


def tiff(frames, width=16, height=16, loop=False):
    out = bytearray(b'II*\0\x08\0\0\0')
    for frame in range(frames):
        at = len(out)
        entries = [(256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 1), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 8),
                   (278, 4, 1, height), (279, 4, 1, 32)]
        after = 8 if loop else (0 if frame == frames - 1 else at + 2 + 12 * len(entries) + 4)
        out += struct.pack('<H', len(entries)) + b''.join(struct.pack('<HHII', *entry) for entry in entries)
        out += struct.pack('<I', after)
    return bytes(out)


def gif(frames, width, height):
    image = b',' + struct.pack('<HHHH', 0, 0, width, height) + b'\0\2\1\0\0'
    return b'GIF89a' + struct.pack('<HH', width, height) + b'\x80\0\0\0\0\0\xff\xff\xff' + image * frames + b';'


def pdf(objects):
    out = bytearray(b'%PDF-1.4\n')
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b'%d 0 obj\n' % number + body + b'\nendobj\n'
    start = len(out)
    out += b'xref\n0 %d\n0000000000 65535 f \n' % (len(objects) + 1)
    out += b''.join(b'%010d 00000 n \n' % offset for offset in offsets)
    return bytes(out + b'trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF' % (len(objects) + 1, start))


def pdf_pages(count, side=595, content=b''):
    kids = b' '.join(b'%d 0 R' % (4 + i) for i in range(count))
    page = b'<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 3 0 R>>' % (side, side)
    packed = zlib.compress(content)
    stream = b'<</Length %d/Filter/FlateDecode>>stream\n' % len(packed) + packed + b'\nendstream'
    return pdf([b'<</Type/Catalog/Pages 2 0 R>>', b'<</Type/Pages/Count %d/Kids[%s]>>' % (count, kids), stream] + [page] * count)


def zipped(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def nested_zip(levels):
    data = zipped([('a.txt', b'hello')])
    for level in range(levels - 1):
        data = zipped([(f'{level}.zip', data)])
    return data


def docx(xml):
    return zipped([('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
                   ('word/document.xml', xml)])


def word(body):
    return docx('<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>' + body +
                '</w:body></w:document>')


def cells(count):
    return '<w:tbl><w:tr>' + '<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>' * count + '</w:tr></w:tbl>'


def ole(fat):
    """A compound file whose directory and FAT are these 128 words."""
    head = bytearray(512)
    head[:8] = b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'
    struct.pack_into('<HHHHH', head, 24, 0x3e, 3, 0xfffe, 9, 6)
    struct.pack_into('<IIIIIIIII', head, 44, 1, 1, 0, 4096, 0xfffffffe, 0, 0xfffffffe, 0, 0)
    struct.pack_into('<109I', head, 76, 0, *[0xffffffff] * 108)
    root = 'Root Entry'.encode('utf-16le').ljust(64, b'\0') + struct.pack('<HBBIII', 22, 5, 1, 1, 1, 1)
    entry = 'WordDocument'.encode('utf-16le').ljust(64, b'\0') + struct.pack('<HBBIII', 26, 2, 1, 1, 1, 1)
    directory = (root.ljust(116, b'\0') + struct.pack('<III', 2, 0x7fffffff, 0)).ljust(128, b'\0')
    directory += (entry.ljust(116, b'\0') + struct.pack('<III', 2, 0x7fffffff, 0)).ljust(128, b'\0')
    return bytes(head) + struct.pack('<128I', *fat) + directory.ljust(512, b'\0') + b'\xec\xa5' + bytes(510)


def tar(names):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode='w') as archive:
        for name in names:
            info = tarfile.TarInfo(name)
            info.size = 3
            archive.addfile(info, io.BytesIO(b'abc'))
    return out.getvalue()


def html(body):
    return ('<html><meta charset="utf-8"><h1>邵阳市互联网网站调查登记表</h1>' + body + '</html>').encode()


def rtf(body):
    return b'{\\rtf1\\ansi ' + body + b'}'


# Each: file name, maker of its bytes, words that the verdict must say ('' where the file is merely useless).
def files():
    pixels, members = '图片的像素过多', '压缩包内的文件超过200个'
    inflated, layers = '压缩包解开后超过100MB', '压缩包嵌套超过2层'
    yield from [
        ('盖章1.png', lambda: png(65000, 65000), pixels), ('盖章2.png', lambda: deep_png(12001), pixels), ('盖章20.png', lambda: deep_png(7300), pixels),
        ('盖章3.jpg', lambda: jpeg(45000, 45000), pixels), ('盖章4.jpg', lambda: jpeg(65535, 65535), ''),
        ('盖章5.tif', lambda: tiff(21), '超过20页'), ('盖章6.tif', lambda: tiff(2000), '超过20页'),
        ('盖章7.tif', lambda: tiff(1, loop=True), ''), ('盖章8.tif', lambda: tiff(1, 60000, 60000), pixels),
        ('盖章9.gif', lambda: gif(20000, 60, 60), ''), ('盖章10.gif', lambda: gif(1, 65535, 65535), pixels),
        ('盖章11.pdf', lambda: pdf_pages(21), '超过20页'), ('盖章12.pdf', lambda: pdf_pages(5000), '超过20页'),
        ('盖章13.pdf', lambda: pdf_pages(1, 14400), '2000点'),
        ('盖章14.pdf', lambda: pdf_pages(1, content=b'q ' * 200_000), ''),
        ('盖章15.pdf', lambda: pdf_pages(1, content=b'0 0 m 9 9 l S ' * 500_000), ''),
        ('盖章16.pdf', lambda: pdf_pages(1, content=b'% ' + b'x' * (40 * MB)), ''),
        ('盖章17.pdf', lambda: pdf([b'<</Type/Catalog/Pages 2 0 R>>', b'<</Type/Pages/Count 1/Kids[2 0 R]>>']), ''),
        ('盖章18.png', lambda: speckled(2000, 1), ''), ('盖章19.png', lambda: speckled(4000, 2), ''),
        ('包1.zip', lambda: zipped([('表.txt', b'\0' * (400 * MB))]), inflated),
        ('包2.zip', lambda: zipped([(f'{i}.txt', b'x') for i in range(5000)]), members),
        ('包3.zip', lambda: nested_zip(3), layers), ('包4.zip', lambda: nested_zip(50), layers),
        ('包5.zip', lambda: zipped([(f'{i}.bin', b'\0' * (20 * MB)) for i in range(10)]), inflated),
        ('包6.tar', lambda: tar([f'{i}.txt' for i in range(1000)]), members),
        ('包7.tar.gz', lambda: gzip.compress(b'\0' * (300 * MB), 9), ''),
        ('包8.zip', lambda: zipped([('../../etc/passwd', b'x'), ('/abs', b'y'), ('a\0b.txt', b'z')]), ''),
        ('包9.zip', lambda: zipped([('\u202etxt.exe', b'x'), ('长' * 20_000, b'y')]), ''),
        ('包10.tar', lambda: tar(['../' * 30 + 'x', '/etc/shadow', 'a/' * 40 + 'b']), ''),
        ('包11.zip', lambda: zipped([('a.txt', b'x')])[:-30], ''), ('包12.7z', lambda: b"7z\xbc\xaf'\x1c\0\4" + b'\xff' * 900, ''),
        ('包13.rar', lambda: b'Rar!\x1a\7\1\0' + b'\xff' * 900, ''), ('包14.rar', lambda: b'Rar!\x1a\7\0' + b'\xff' * 900, ''),
        ('网站登记表1.docx', lambda: docx('<a>' * 100_000 + '</a>' * 100_000), ''),
        ('网站登记表20.docx', lambda: word('<w:sdt>' * 5000 + '</w:sdt>' * 5000), '嵌套超过256层'),
        ('网站登记表21.docx', lambda: word('<w:sdt>' * 255), '嵌套超过256层'),
        ('网站登记表22.xml', lambda: b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w='
         b'"http://schemas.microsoft.com/office/word/2003/wordml"><w:body>' + b'<w:sect>' * 50_000, '嵌套超过256层'),
        ('网站登记表23.html', lambda: html('<div>' * 50_000), '嵌套超过256层'),
        ('网站登记表2.docx', lambda: docx('<!DOCTYPE x [<!ENTITY a "' + 'b' * 999 + '"><!ENTITY c "&a;&a;&a;">]><x>&c;</x>'), ''),
        ('网站登记表3.docx', lambda: word(cells(20_001)), '20000个'),
        ('网站登记表4.docx', lambda: word('<w:p><w:r><w:t>' + '文' * 2_000_000 + '</w:t></w:r></w:p>'), ''),
        ('网站登记表5.docx', lambda: word('<w:tbl><w:tr><w:tc>' * 60 + '</w:tc></w:tr></w:tbl>' * 60), '20000个'),
        ('网站登记表6.docx', lambda: word('<w:p/>' * 6_000_000), '数据解开后过大'),
        ('网站登记表7.docx', lambda: docx('<x ' + ' '.join(f'a{i}="1"' for i in range(50_000)) + '/>'), '属性过多'),
        ('网站登记表8.doc', lambda: ole([0xfffffffd, 1, 2] + [2] * 125), ''),
        ('网站登记表9.doc', lambda: ole([0xfffffffd, 0xfffffffe, 3, 2] + [3] * 124), ''),
        ('网站登记表10.xls', lambda: ole([0xfffffffd] + [1] * 127), ''),
        ('网站登记表11.rtf', lambda: rtf(b'{' * 200_000), ''), ('网站登记表12.rtf', lambda: rtf(b'\\trowd\\cellx1 a\\cell\\row' * 200_000), ''),
        ('网站登记表13.rtf', lambda: rtf(b'\\bin999999999 x'), ''), ('网站登记表14.html', lambda: html('<table>' * 50_000), ''),
        ('网站登记表15.html', lambda: html('<td>' * 300_000), ''), ('网站登记表16.html', lambda: html('<table><tr><td colspan=99999999 rowspan=99999999>x'), ''),
        ('网站登记表17.xml', lambda: b'<?xml version="1.0"?>' + b'<a>' * 500_000, ''),
        ('网站登记表18.xlsx', lambda: zipped([('xl/workbook.xml', '<workbook/>')] + [(f'xl/{i}', b'') for i in range(6000)]), ''),
        ('网站登记表19.odt', lambda: zipped([('mimetype', 'application/vnd.oasis.opendocument.text'), ('content.xml', '<a>' * 90_000)]), ''),
        ('winmail.dat', lambda: b'\x78\x9f\x3e\x22' + b'\xff' * 5000, ''), ('空.doc', lambda: b'', ''),
    ]
    kinds = {'doc': b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'pdf': b'%PDF-1.7\n', 'zip': b'PK\3\4', 'png': b'\x89PNG\r\n\x1a\n', 'jpg': b'\xff\xd8\xff',
             'tif': b'II*\0', 'rtf': b'{\\rtf1', 'rar': b'Rar!\x1a\7\0', 'heic': b'\0\0\0\x18ftypheic', 'gif': b'GIF89a'}
    for seed in range(9):
        for kind, magic in kinds.items():
            noise = random.Random(f'{seed}{kind}')
            yield f'网站登记表{seed}.{kind}', lambda m=magic, n=noise: m + n.randbytes(n.choice([1, 40, 3000, 200_000])), ''


def attach(names_and_bytes, sender, subject, extra=b''):
    head = (f'From: <{sender}>\r\nTo: shuangqing@wxb.example\r\nSubject: {subject}\r\n'
            f'Date: Mon, 20 Aug 2018 09:03:12 +0800\r\nMessage-ID: <{sender}>\r\nMIME-Version: 1.0\r\n').encode()
    body = b'Content-Type: multipart/mixed; boundary=frontier\r\n\r\n--frontier\r\nContent-Type: text/plain\r\n\r\nsee below\r\n'
    for name, data in names_and_bytes:
        shown = base64.b64encode(name.encode()).decode()
        body += (f'--frontier\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n'
                 f'Content-Disposition: attachment; filename="=?utf-8?b?{shown}?="\r\n\r\n').encode()
        body += base64.encodebytes(data).replace(b'\n', b'\r\n') + b'\r\n'
    return head + extra + body + b'--frontier--\r\n'


# Each: maker of a whole mail's bytes after From, words that the verdict must say.
def mails():
    def plain(head=b'', body=b'x'):
        return lambda sender: b'From: <%s>\r\n' % sender.encode() + head + b'\r\n' + body

    def multipart(count, header=b''):
        return plain(b'Content-Type: multipart/mixed; boundary=b\r\n', (b'--b\r\n' + header + b'\r\nx\r\n') * count + b'--b--\r\n')

    def nested(levels):
        text = b''.join(b'Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n' % (i, i) for i in range(levels))
        return lambda sender: b'From: <%s>\r\n' % sender.encode() + text + b'\r\nx\r\n'

    attachment = b'Content-Disposition: attachment; filename=a.txt\r\n'
    yield from [
        (plain(b'Subject: ' + b'x' * 150_000 + b'\r\n'), '邮件头有一项超过100KB'), (plain(b'X: ' + b'y' * (4 * MB) + b'\r\n'), '邮件头'),
        (plain(b'X-A: b\r\n' * 1001), '邮件头超过1000项'), (plain((b'X: ' + b'y' * 90_000 + b'\r\n') * 20), '邮件头超过1MB'),
        (nested(21), '嵌套超过20层'), (nested(100_000), '嵌套超过20层'), (multipart(201), '超过200个'), (multipart(200_000), '超过200个'),
        (multipart(31, attachment), '附件超过30个'), (multipart(199, attachment), '附件超过30个'),
        (lambda sender: attach([('登记表.html', html(''))], sender, 'many', b'Cc: ' + b'a@b.example, ' * 101 + b'c@d.example\r\n'), '收件人超过100个'),
        (plain(b'', b'x' * (51 * MB)), '超过50MB的上限'), (plain(b'To: ' + b'"<(' * 30_000 + b'\r\n'), ''),
        (plain(b'Subject: =?utf-8?q?' + b'=41' * 30_000 + b'?=\r\n'), ''), (plain(b'Subject: a\r\n Bcc: b\0c\r\n'), ''),
        (plain(b'Content-Type: ' + b'a;' * 40_000 + b'\r\n'), ''), (plain(b'Content-Type: multipart/mixed\r\n', b'--\r\n' * 9999), ''),
        (plain(b'Content-Transfer-Encoding: base64\r\n', b'====' * 500_000), ''), (plain(b'', b'\0' * (20 * MB)), ''),
        (plain(b'', b'begin 644 a\r\n' * 100_000), ''), (plain(b'Content-Type: message/rfc822\r\n', b'Content-Type: message/rfc822\r\n\r\n' * 5000), ''),
        (plain(b'', b'x' * 20_000_000), ''), (plain(b'Content-Type: text/html\r\n', b'<div>' * 400_000), ''),
    ]
    for name in ('../../../../etc/passwd', 'a\\..\\b.doc', '\u202egpj.exe', '长' * 5000 + '.doc', '=cmd|calc.doc', 'a"b\'c;d.doc', '\x1b[2J.doc',
                 'CON.doc', ' .doc', '.', '..', '~root.doc', '$(reboot).doc', '%s%n.doc', '<script>.doc', 'x' * 300 + '.png'):
        yield (lambda sender, n=name: attach([(n, b'hello')], sender, 'names')), ''
    for seed in range(20):
        yield plain(b'Subject: noise\r\n', random.Random(seed).randbytes(100_000)), ''


def corpus():
    """(maker of the raw mail, words) for each."""
    for name, make, words in files():
        yield (lambda sender, n=name, m=make: attach([(n, m())], sender, '网站登记')), words
    yield from mails()


# ---- the daemon ------------------------------------------------------------------------------------------------------------

class Failure(Exception):
    pass


class Watched:
    """dengjid on a Maildir, with its process and its descendants looked at."""

    def __init__(self, folder, build):
        self.folder, self.build = folder, build
        self.state, self.mail = folder / 'state', folder / 'state/mail/shuangqing'
        self.environment = {**os.environ, 'DENGJI_STATE': str(self.state)}
        shutil.copytree(ROOT / 'etc', folder / 'etc')
        for name in ('tmp', 'new', 'cur'):
            (self.mail / name).mkdir(parents=True)
        offices = folder / 'etc/offices.toml'
        text = offices.read_text()
        start = text.index('[[office]]\nid = "shuangqing"')
        end = text.find('[[office]]', start + 1)
        offices.write_text(text[start:end] + '[[office.mailbox]]\nid = "shuangqing"\nurl = "maildir:mail/shuangqing"\npoll_seconds = 1\n')
        config = folder / 'etc/dengji.toml'
        config.write_text(config.read_text().replace('per_minute = 60', 'per_minute = 100000')
                          .replace('child_seconds = 120', 'child_seconds = 60').replace('listen = "127.0.0.1:8020"', 'listen = ""'))
        self.log = open(folder / 'log', 'wb')
        self.process = subprocess.Popen([build / 'bin/dengjid', '--config', config], env=self.environment, stderr=self.log)
        self.most_cpu = self.most_bytes = 0

    def descendants(self):
        parents = {}
        for path in Path('/proc').glob('[0-9]*/stat'):
            try:
                fields = path.read_text().rsplit(')', 1)[1].split()
            except OSError:
                continue
            parents[int(path.parent.name)] = (int(fields[1]), (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK'),
                                              int(fields[21]) * os.sysconf('SC_PAGE_SIZE'))
        family = {self.process.pid}
        for _ in range(3):
            family |= {pid for pid, (parent, _, _) in parents.items() if parent in family}
        return {pid: parents[pid] for pid in family if pid in parents}

    def look(self):
        if self.process.poll() is not None:
            raise Failure(f'dengjid ended with {self.process.returncode}')
        family = self.descendants()
        for parent, cpu, size in family.values():
            if parent in family and parent != self.process.pid:  # a child of the nursery
                self.most_cpu = max(self.most_cpu, cpu)
                self.most_bytes = max(self.most_bytes, size)

    def deliver(self, name, raw):
        (self.mail / 'tmp' / name).write_bytes(raw)
        (self.mail / 'tmp' / name).rename(self.mail / 'new' / name)

    def dengji(self, *words):
        run = subprocess.run([self.build / 'bin/dengji', *words, '--config', self.folder / 'etc/dengji.toml'], env=self.environment,
                             capture_output=True, text=True)
        return run.stdout

    def settled(self):
        try:
            with contextlib.closing(sqlite3.connect(f'file:{self.state}/register.db?mode=ro', uri=True, timeout=30)) as register:
                return register.execute("SELECT COUNT(*) FROM message WHERE state IN ('settled', 'poison')").fetchone()[0]
        except sqlite3.OperationalError:
            return 0  # it is not made yet

    def answered(self, sender):
        folder = self.state / 'sent/new'
        return folder.exists() and any(f'<{sender}>' in path.read_text(errors='replace') or f'To: {sender}' in path.read_text(errors='replace')
                                       for path in folder.iterdir())

    def wait(self, what, seconds, condition):
        end = time.monotonic() + seconds
        while not condition():
            self.look()
            if time.monotonic() > end:
                raise Failure(f'{what}: not within {seconds} s')
            time.sleep(0.05)

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)
        self.log.close()


def verdict_of(watched, number):
    """What became of message `number`, as staff see it; '' while nothing has."""
    shown = watched.dengji('show', f'M{number}')
    if not shown:
        return ''
    message = json.loads(shown)['messages'][0]
    return shown if message['state'] in ('settled', 'poison') and message['disposition'] else ''


def run_batch(watched, batch, first):
    begun = time.monotonic()
    names = []
    for offset, (make, words) in enumerate(batch):
        sender = f'h{first + offset}@hostile.example'
        watched.deliver(f'{first + offset:06}', make(sender))
        names.append((sender, words))
    seconds = VERDICT_SECONDS * len(batch) / 4
    watched.wait('verdicts', seconds, lambda: watched.settled() >= watched.seen + len(batch))
    watched.seen += len(batch)
    honest = f'honest{first}@mail.example'
    watched.deliver(f'{first:06}honest', f'From: <{honest}>\r\nSubject: question\r\n\r\nmust I register?\r\n'.encode())
    asked = time.monotonic()
    watched.wait('the honest mail', ANSWER_SECONDS, lambda: watched.answered(honest))
    watched.seen += 1
    print(f'{watched.seen} mails; batch took {asked - begun:.0f} s, the honest mail {time.monotonic() - asked:.1f} s', flush=True)
    return names


def check_verdicts(watched, expected):
    told = {}
    for number in range(1, watched.seen + 1):
        shown = verdict_of(watched, number)
        if not shown:
            raise Failure(f'M{number} has no verdict')
        message = json.loads(shown)['messages'][0]
        told[message['from']] = told.get(message['from'], '') + shown  # '' where the header was refused
    silent = [(sender, words) for sender, words in expected if words and words not in told.get(sender, '') + told.get('', '')]
    lost = [sender for sender, words in expected if not words and sender not in told and '' not in told]
    if silent or lost:
        raise Failure(f'{len(silent)} limits are not told: {silent}; without a verdict: {lost}')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--build', type=Path, required=True)
    parser.add_argument('--batches', type=int, default=1000)
    parser.add_argument('--size', type=int, default=20, help='mails a batch')
    parser.add_argument('--only', type=int, nargs='*', help='numbers of the corpus')
    options = parser.parse_args()
    everything = list(corpus())
    if options.only:
        everything = [everything[number] for number in options.only]
    folder = Path(tempfile.mkdtemp(prefix='dengji-hostile-'))
    watched = Watched(folder, options.build.resolve())
    watched.seen, expected = 0, []
    try:
        for first in range(0, min(len(everything), options.batches * options.size), options.size):
            expected += run_batch(watched, everything[first:first + options.size], first)
        check_verdicts(watched, expected)
        if watched.most_cpu > CPU_SECONDS + 1 or watched.most_bytes > BYTES:
            raise Failure('a child took too much')
    except Failure as failure:
        sys.exit(f'FAILED: {failure}; see {folder}')
    finally:
        watched.stop()
        print(f'most of one child: {watched.most_cpu:.1f} s, {watched.most_bytes / MB:.0f} MiB')
    shutil.rmtree(folder)
    print(f'{watched.seen} mails, one process, a verdict for each')


if __name__ == '__main__':
    main()
