#!/usr/bin/env python3
"""Megabytes of mail read per processor second, and peak memory: parsers/ (parse_message: parts, names, charsets, digests,
sniffed types) against Python's own `email` package (policy default, walk, get_payload(decode=True) of every part), each in
a process of its own, in turn in the same run, over the same mails: the samples of etc/samples, and mails drawn here whose
attachments are as large as scans are.

mail.py [--build build/dev] [--rounds N] [MESSAGE.eml ...]     Needs: python3 and a build without sanitizers (parse_mail)."""
import argparse
import email
import email.policy
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from email.message import EmailMessage
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Attachments of one drawn mail: their number and the bytes of each.
DRAWN = {'one scan of 3 MB': (1, 3 << 20), 'four photos of 1 MB': (4, 1 << 20), 'ten files of 200 kB': (10, 200_000)}


def drawn(count, size, randoms):
    """A registrant's mail: a text and `count` pictures, as bytes."""
    mail = EmailMessage()
    mail['From'], mail['To'], mail['Subject'] = '登记员 <a@sender.example>', 'b@office.example', '双清夜话-登记材料'
    mail.set_content('您好，登记材料见附件，请查收。\n' * 20)
    for number in range(count):
        mail.add_attachment(b'\xff\xd8\xff\xe0' + randoms.randbytes(size), maintype='image', subtype='jpeg',
                            filename=f'双清夜话-盖章扫描件（{number}）.jpg')
    return mail.as_bytes()


def python_reads(times, files):
    """What parse_mail does, done by the email package; printed likewise."""
    def cpu():
        use = resource.getrusage(resource.RUSAGE_SELF)
        return use.ru_utime + use.ru_stime
    mails = [Path(file).read_bytes() for file in files]
    size = attached = 0
    start = cpu()
    for _ in range(times):
        for mail in mails:
            size += len(mail)
            for part in email.message_from_bytes(mail, policy=email.policy.default).walk():
                data = part.get_payload(decode=True)
                if data and part.get_filename():
                    attached += len(data)
    spent = cpu() - start
    print(json.dumps({'bytes': size, 'attached': attached, 'seconds': spent,
                      'peak_kib': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))


def run(command):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def compare(name, files, parse_mail, rounds):
    total = sum(Path(file).stat().st_size for file in files)
    times = max(1, round(40e6 / total))  # long enough to be measured
    ratios, rates, peaks = [], [], []
    for _ in range(rounds):
        ours = run([parse_mail, times, *files])
        theirs = run([sys.executable, __file__, '--python-reads', times, *files])
        if abs(ours['attached'] - theirs['attached']) > theirs['attached'] / 100:
            sys.exit(f"{name}: {ours['attached']} bytes of attachments here, {theirs['attached']} in Python")
        rate = [each['bytes'] / each['seconds'] / 1e6 for each in (ours, theirs)]
        rates.append(rate)
        ratios.append(rate[0] / rate[1])
        peaks.append([each['peak_kib'] / 1024 for each in (ours, theirs)])
    mine, pythons = (statistics.median(rate[i] for rate in rates) for i in (0, 1))
    peak, pythons_peak = (max(each[i] for each in peaks) for i in (0, 1))
    print(f'{name:24} {total / 1e6:7.1f} {mine:8.0f} {pythons:8.0f} {statistics.median(ratios):7.2f} '
          f'{peak:8.0f} {pythons_peak:8.0f}', flush=True)
    return statistics.median(ratios)


def main():
    if sys.argv[1:2] == ['--python-reads']:
        return python_reads(int(sys.argv[2]), sys.argv[3:])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--build', type=Path, default=ROOT / 'build/dev')
    parser.add_argument('--rounds', type=int, default=5)
    parser.add_argument('messages', nargs='*', type=Path)
    args = parser.parse_args()
    parse_mail = args.build / 'bin/parse_mail'
    if not parse_mail.exists():
        sys.exit(f'{parse_mail} is not there: build the target parse_mail')
    samples = args.messages or sorted((ROOT / 'etc/samples').glob('*.eml'))
    print(f'{"mails":24} {"MB":>7} {"MB/s":>8} {"Python":>8} {"ratio":>7} {"MiB":>8} {"Python":>8}')
    ratios = [compare('the messages given' if args.messages else 'etc/samples', samples, parse_mail, args.rounds)]
    randoms = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, (count, size)) in enumerate(DRAWN.items()):
            file = Path(folder) / f'{number}.eml'
            file.write_bytes(drawn(count, size, randoms))
            ratios.append(compare(name, [file], parse_mail, args.rounds))
    print(f'median of {len(ratios)}: {statistics.median(ratios):.2f} times as many megabytes a processor second as Python')


if __name__ == '__main__':
    main()
