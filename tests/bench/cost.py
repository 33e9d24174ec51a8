#!/usr/bin/env python3
"""What a submission costs: processor seconds and peak memory of the daemon's confined child (models loaded before, once
a daemon) and of `dengji check` as a whole (which loads them each time), and the child's ratio to Tesseract reading the
same pages whole (`OMP_THREAD_LIMIT=1 tesseract PAGE - -l chi_sim --psm 11`) and to `ocrmypdf --deskew --rotate-pages`,
in turn in the same run; then each stage's share.

cost.py [--build build/run] [--most N] [--psm 11] [MESSAGE.eml ...]     default: the sample mails of etc/samples
Needs: tesseract-ocr, poppler-utils (pdftoppm). Where there is no ocrmypdf (packages ocrmypdf, tesseract-ocr-osd), it
says so and leaves that column out."""
import argparse
import email
import email.policy
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PICTURES = {'.jpg', '.jpeg', '.png', '.tif', '.tiff', '.bmp', '.webp'}


def spent(command, **how):
    """Runs a command to its end: processor seconds of it and its children, peak MiB of the largest, its output."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:  # a process of its own, so that the peak is of this command alone
        os.close(read)
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **how)
        use = resource.getrusage(resource.RUSAGE_CHILDREN)
        with os.fdopen(write, 'wb') as pipe:
            pipe.write(json.dumps([use.ru_utime + use.ru_stime, use.ru_maxrss / 1024, done.returncode]).encode() + b'\n')
            pipe.write(done.stdout)
        os._exit(0)
    os.close(write)
    with os.fdopen(read, 'rb') as pipe:
        cpu, peak, status = json.loads(pipe.readline())
        output = pipe.read()
    os.waitpid(pid, 0)
    return cpu, peak, status, output


def pages(message, folder):
    """The pictures of a mail as files that Tesseract reads; PDF pages at 200 dpi."""
    found = []
    mail = email.message_from_bytes(message.read_bytes(), policy=email.policy.compat32)
    for number, part in enumerate(mail.walk()):
        data = part.get_payload(decode=True)
        if not data:
            continue
        kind = {b'\xff\xd8': '.jpg', b'\x89P': '.png', b'II': '.tif', b'MM': '.tif', b'%P': '.pdf', b'BM': '.bmp'}.get(data[:2])
        if not kind or len(data) < 20000:  # a mail program's logo is not a page
            continue
        file = folder / f'{number}{kind}'
        file.write_bytes(data)
        if kind == '.pdf':
            subprocess.run(['pdftoppm', '-r', '200', '-png', file, folder / str(number)], check=True)
            found += sorted(folder.glob(f'{number}-*.png'))
        else:
            found.append(file)
    return found


def ocrmypdf(files, folder):
    """Processor seconds of ocrmypdf over the pages; pictures are taken at 200 dpi, since many say nothing."""
    env = dict(os.environ, OMP_THREAD_LIMIT='1')
    command = ['ocrmypdf', '-l', 'chi_sim', '--deskew', '--rotate-pages', '--jobs', '1', '--image-dpi', '200',
               '--output-type', 'pdf']
    total = 0
    for file in files:
        cpu, _, status, _ = spent([*command, file, folder / 'out.pdf'], env=env)
        if status != 0:
            return None
        total += cpu
    return total


def ratio_of(cpu, other):
    return f'{cpu / other:7.3f}' if other else '      -'


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--build', type=Path, default=ROOT / 'build/run')
    parser.add_argument('--most', type=int, default=1000)
    parser.add_argument('--psm', default='11', help='how Tesseract takes a page apart; 3 is what it does by itself')
    parser.add_argument('messages', nargs='*', type=Path)
    args = parser.parse_args()
    messages = args.messages or sorted((ROOT / 'etc/samples').glob('*.eml'))
    has_ocrmypdf = shutil.which('ocrmypdf') is not None
    if not has_ocrmypdf:
        print('ocrmypdf is not installed: no comparison with it')
    told = spent([args.build / 'bin/eye_cost', '--children', *messages[:args.most]])[3].decode().splitlines()
    rows = []
    print(f'{"message":32} {"submissions":>11} {"child s":>8} {"MiB":>5} {"check s":>8} {"tesseract s":>12} {"ratio":>7}'
          f' {"ocrmypdf s":>11} {"ratio":>7} {"pages":>6}')
    for message, line in zip(messages, map(json.loads, told)):
        if line['cpu'] is None:
            sys.exit(f'{message}: the child gave no answer')
        count, child, peak = line['submissions'], line['cpu'], line['peak_mib']
        if count == 0:
            continue
        check, _, status, _ = spent([args.build / 'bin/dengji', 'check', message])
        if status != 0:
            sys.exit(f'{message}: dengji check ended with {status}')
        with tempfile.TemporaryDirectory() as folder:
            files = pages(message, Path(folder))
            env = dict(os.environ, OMP_THREAD_LIMIT='1')
            whole = sum(spent(['tesseract', file, '-', '-l', 'chi_sim', '--psm', args.psm], env=env)[0] for file in files)
            archived = ocrmypdf(files, Path(folder)) if has_ocrmypdf and files else None
        rows.append((child / count, check / count, peak, child / whole if whole else None,
                     child / archived if archived else None))
        print(f'{message.name:32} {count:11} {child:8.2f} {peak:5.0f} {check:8.2f} {whole:12.2f} {ratio_of(child, whole)}'
              f' {archived or 0:11.2f} {ratio_of(child, archived)} {len(files):6}', flush=True)
    middle = lambda column: statistics.median([row[column] for row in rows if row[column] is not None] or [0])
    print(f'median of {len(rows)}: {middle(0):.2f} CPU s a submission in the child, {middle(1):.2f} of dengji check; '
          f'peak {max(row[2] for row in rows):.0f} MiB at most; ratio to tesseract {middle(3):.3f}, to ocrmypdf '
          f'{middle(4):.3f}' + ('' if has_ocrmypdf else ' (not installed)'))
    print(spent([args.build / 'bin/eye_cost', *messages[:args.most]])[3].decode(), end='')


if __name__ == '__main__':
    main()
