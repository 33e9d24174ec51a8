#!/usr/bin/env python3
"""Mailboxes polled by one process over TLS on loopback (Dovecot, a mailbox an address, one new mail in each): seconds and
processor seconds of the first round (logins, mail taken in, IDLE begun) and of a later one (nothing new), and peak memory, for
a growing number of mailboxes. Eight threads poll, as in the daemon.

mailboxes.py [--build build/dev] [--counts 125,250,500]      Needs: python3, dovecot-imapd, openssl and a build without
sanitizers (fetch_mail). Writes below build/mailboxes."""
import argparse
import json
import resource
import shutil
import subprocess
import sys

from imap_server import ROOT, Dovecot, missing

SLACK = 1.5  # a round may take so many times longer than its share of the mailboxes


def rounds(build, server, users, folder):
    shutil.rmtree(folder, ignore_errors=True)
    done = subprocess.run([build / 'bin/fetch_mail', folder, server.ca, server.password,
                           f'imaps://localhost:{server.port}/INBOX', '8', '3', *users], stdout=subprocess.PIPE, check=True)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert told[0]['mails'] == len(users) and not any(each['failed'] for each in told), told
    return told[0], told[2]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--build', type=lambda text: (ROOT / text).resolve(), default=ROOT / 'build/dev')
    parser.add_argument('--counts', type=lambda text: [int(word) for word in text.split(',')], default=[125, 250, 500])
    args = parser.parse_args()
    lacking = missing(['dovecot', 'openssl', args.build / 'bin/fetch_mail'])
    if lacking:
        sys.exit(f'mailboxes.py: needs {", ".join(map(str, lacking))}')
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    folder = ROOT / 'build/mailboxes'
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    server = Dovecot(folder / 'server')
    worse = False
    try:
        users = [f'office{number}@office.example' for number in range(max(args.counts))]
        for user in users:
            server.fill(user, 1, 20_000)
        rounds(args.build, server, users, folder / 'state')  # Dovecot makes its indexes
        before = None
        for count in args.counts:
            first, later = rounds(args.build, server, users[:count], folder / 'state')
            print(f'{count} mailboxes: first round {first["seconds"]:.1f} s ({first["processor"]:.1f} CPU-s), a later one '
                  f'{later["seconds"]:.2f} s ({later["processor"]:.2f} CPU-s), peak {later["peak_kib"] / 1024:.0f} MiB', flush=True)
            now = {'seconds': first['seconds'], 'later': later['seconds'], 'processor': first['processor'],
                   'memory': later['peak_kib']}
            if before:
                growth = count / before[0]
                worse |= any(now[key] > SLACK * growth * before[1][key] for key in now)
            before = (count, now)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    if worse:
        sys.exit('mailboxes.py: something grows faster than the mailboxes')


if __name__ == '__main__':
    main()
