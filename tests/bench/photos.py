#!/usr/bin/env python3
"""Peak memory and processor seconds of reading telephone photos of 12 megapixels: forms, letters, certificates and other
pages on a desk, drawn by scans/draw.py; by `dengji see` and by the daemon's confined child, to which each comes in a mail.

photos.py --build BUILD [--pages N] [--most MIB]      ends with 1 where a peak is above --most (300)
Needs what draw.py needs, GNU time as /usr/bin/time, and a build without sanitizers."""
import argparse
import json
import subprocess
import sys
import tempfile
from email.message import EmailMessage
from pathlib import Path

HERE = Path(__file__).resolve().parent


def seen(build, picture):
    """Peak MiB and CPU seconds of `dengji see`, its children counted."""
    command = ['/usr/bin/time', '-f', '%M %U %S', build / 'bin/dengji', 'see', picture]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
    peak, user, system = done.stderr.split()[-3:]
    return int(peak) / 1024, float(user) + float(system)


def mail_with(picture):
    mail = EmailMessage()
    mail['From'], mail['To'], mail['Subject'] = 'office@school.example', 'register@city.example', '登记表'
    mail.set_content('登记表扫描件见附件。')
    mail.add_attachment(picture.read_bytes(), 'image', 'jpeg', filename='登记表.jpg')
    return bytes(mail)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--build', type=Path, required=True)
    parser.add_argument('--pages', type=int, default=24)
    parser.add_argument('--most', type=float, default=300)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([HERE / 'scans/draw.py', folder, 'tune', str(args.pages), '0', 'twelve-megapixels'], check=True)
        pictures = sorted(folder.glob('*.jpg'))
        mails = [picture.with_suffix('.eml') for picture in pictures]
        for picture, mail in zip(pictures, mails):
            mail.write_bytes(mail_with(picture))
        told = subprocess.run([args.build / 'bin/eye_cost', '--children', *mails], stdout=subprocess.PIPE, text=True, check=True)
        children = [json.loads(line) for line in told.stdout.splitlines()]
        if any(child['cpu'] is None for child in children):
            sys.exit('a child gave no answer')
        alone = [seen(args.build, picture) for picture in pictures]
    highest = max(max(peak for peak, _ in alone), max(child['peak_mib'] for child in children))
    print(f'{len(pictures)} photos of 12 megapixels\n'
          f'dengji see: at most {max(peak for peak, _ in alone):.0f} MiB, {max(cpu for _, cpu in alone):.2f} CPU s with its models\n'
          f"child: at most {max(child['peak_mib'] for child in children):.0f} MiB, {max(child['cpu'] for child in children):.2f} CPU s")
    if highest > args.most:
        sys.exit(f'{highest:.0f} MiB are more than {args.most:.0f}')


if __name__ == '__main__':
    main()
