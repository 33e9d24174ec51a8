#!/usr/bin/env python3
"""What a submission costs: processor seconds and peak memory of `dengji check`, and the ratio to Tesseract reading the
same pages whole (`OMP_THREAD_LIMIT=1 tesseract PAGE - -l chi_sim --psm 11`), in turn in the same run.

cost.py [--build build/run] [--most N] [--psm 11] [MESSAGE.eml ...]     default: the sample mails of etc/samples
Needs: tesseract-ocr, poppler-utils (pdftoppm) and libheif-examples where a mail holds a HEIC."""
import argparse
import email
import email.policy
import json
import os
import resource
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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--build', type=Path, default=ROOT / 'build/run')
    parser.add_argument('--most', type=int, default=1000)
    parser.add_argument('--psm', default='11', help='how Tesseract takes a page apart; 3 is what it does by itself')
    parser.add_argument('messages', nargs='*', type=Path)
    args = parser.parse_args()
    messages = args.messages or sorted((ROOT / 'etc/samples').glob('*.eml'))
    rows = []
    print(f'{"message":32} {"submissions":>11} {"dengji s":>9} {"MiB":>6} {"tesseract s":>12} {"pages":>6} {"ratio":>7}')
    for message in messages[:args.most]:
        cpu, peak, status, output = spent([args.build / 'bin/dengji', 'check', message])
        if status != 0:
            sys.exit(f'{message}: dengji check ended with {status}')
        count = len(json.loads(output)['submissions'])
        if count == 0:
            continue
        with tempfile.TemporaryDirectory() as folder:
            files = pages(message, Path(folder))
            env = dict(os.environ, OMP_THREAD_LIMIT='1')
            whole = sum(spent(['tesseract', file, '-', '-l', 'chi_sim', '--psm', args.psm], env=env)[0] for file in files)
        rows.append((cpu / count, peak, cpu / whole if whole else None))
        ratio = f'{cpu / whole:7.2f}' if whole else '      -'
        print(f'{message.name:32} {count:11} {cpu:9.2f} {peak:6.0f} {whole:12.2f} {len(files):6} {ratio}', flush=True)
    ratios = [r for _, _, r in rows if r is not None]
    print(f'median of {len(rows)}: {statistics.median(r[0] for r in rows):.2f} CPU s a submission, '
          f'peak {max(r[1] for r in rows):.0f} MiB at most, ratio to tesseract {statistics.median(ratios):.2f}')


if __name__ == '__main__':
    main()
