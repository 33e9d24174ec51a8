#!/usr/bin/env python3
"""Unseen variation from messages that are there: copies of a folder's messages with every JPEG changed in one way.

perturb.py FOLDER OUTPUT [KIND ...]      writes OUTPUT/KIND/NAME.eml; all kinds where none is named
The answers to the copies can be scored as those to the messages themselves are (score.sh): no change here makes a scan
that a person could not read, so that an accepted one may become a needless review at worst, and none may be accepted
that was not. Needs ImageMagick's convert."""
import base64
import email
import email.policy
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

KINDS = {
    'small': ['-resize', '75%'],
    'upside-down': ['-rotate', '180'],
    'tilted-right': ['-background', '#dcdcdc', '-rotate', '3'],
    'tilted-left': ['-background', '#dcdcdc', '-rotate', '-3'],
    'dim': ['-evaluate', 'multiply', '0.5'],
    # A lamp's light, and what a phone's sensor adds to it.
    'warm': ['-colorspace', 'sRGB', '-type', 'TrueColor', '-channel', 'G', '-evaluate', 'multiply', '0.88', '-channel', 'B', '-evaluate', 'multiply', '0.66',
             '+channel', '-attenuate', '0.12', '+noise', 'Gaussian'],
    'coarse': ['-quality', '45'],
}


def changed(jpeg, words):
    done = subprocess.run(['convert', 'jpg:-', '-seed', '1', *words, 'jpg:-'], input=jpeg, stdout=subprocess.PIPE, check=True)
    return done.stdout


def copy(message, words):
    raw = message.read_bytes()
    for part in email.message_from_bytes(raw, policy=email.policy.compat32).walk():
        data = part.get_payload(decode=True) if not part.is_multipart() else None
        if not data or data[:2] != b'\xff\xd8' or part.get('Content-Transfer-Encoding', '').strip().lower() != 'base64':
            continue
        if len(data) < 20000:  # a mail program's logo
            continue
        old = part.get_payload().encode('ascii', 'surrogateescape')
        begin = raw.find(old)
        if begin < 0:  # the parser changed the line ends
            old = old.replace(b'\n', b'\r\n')
            begin = raw.find(old)
        if begin < 0:
            sys.exit(f'{message}: a part cannot be found again')
        raw = raw[:begin] + base64.encodebytes(changed(data, words)) + raw[begin + len(old):]
    return raw


def main():
    if len(sys.argv) < 3 or any(kind not in KINDS for kind in sys.argv[3:]):
        sys.exit(__doc__ + '\nkinds: ' + ' '.join(KINDS))
    messages = sorted(Path(sys.argv[1]).glob('*.eml'))
    for kind in sys.argv[3:] or KINDS:
        folder = Path(sys.argv[2]) / kind
        folder.mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(2) as pool:
            copies = pool.map(lambda m: (m, copy(m, KINDS[kind])), messages)
            for message, raw in copies:
                (folder / message.name).write_bytes(raw)


if __name__ == '__main__':
    main()
