#!/usr/bin/env python3
"""Mails a second fetched from a Dovecot over TLS on loopback, every mail durable on disk (fsync): dengji's poller (blobs,
register, marks on the server) against mbsync, in turn in the same run. Then the same over a way of 30 ms round trip against a
client that asks for one mail at a time, and dengji's peak memory for small and for large mails.

fetch.py [--build build/dev] [--rounds 3] [--quick]      Needs: python3, dovecot-imapd, openssl, isync, a build without
sanitizers (fetch_mail). Writes below the current folder's build/fetch."""
import argparse
import imaplib
import json
import shutil
import ssl
import statistics
import subprocess
import sys
import time

from imap_server import ROOT, Dovecot, SlowWay, missing

ROUND_TRIP = 0.030


def dengji(build, server, port, user, folder):
    shutil.rmtree(folder, ignore_errors=True)
    done = subprocess.run([build / 'bin/fetch_mail', folder, server.ca, server.password, f'imaps://localhost:{port}/INBOX',
                           '1', '1', user], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def mbsync(server, user, folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / 'rc').write_text(f'''FSync yes
IMAPStore far
Host localhost
Port {server.port}
User {user}
PassCmd "cat {server.password}"
SSLType IMAPS
CertificateFile {server.ca}

MaildirStore near
Path {folder}/
Inbox {folder}/inbox

Channel box
Far :far:
Near :near:
Sync Pull New
Create Near
SyncState *
''')
    start = time.monotonic()
    subprocess.run(['mbsync', '-q', '-c', folder / 'rc', 'box'], check=True)
    seconds = time.monotonic() - start
    return {'mails': sum(1 for part in ('new', 'cur') for _ in (folder / 'inbox' / part).iterdir()), 'seconds': seconds}


def one_at_a_time(server, port, user, count):
    context = ssl.create_default_context(cafile=server.ca)
    client = imaplib.IMAP4_SSL('localhost', port, ssl_context=context)
    client.login(user, server.password.read_text().strip())
    client.select('INBOX')
    start = time.monotonic()
    for number in range(1, count + 1):
        client.fetch(str(number), '(UID INTERNALDATE BODY.PEEK[])')
    seconds = time.monotonic() - start
    client.logout()
    return seconds


def compare(args, server, folder, count, size):
    user = f'bench{size}@office.example'
    server.fill(user, count, size)
    seconds = {'dengji': [], 'mbsync': []}
    mbsync(server, user, folder / 'first')  # Dovecot makes its index
    for _ in range(args.rounds):
        for name, result in (('dengji', dengji(args.build, server, server.port, user, folder / 'dengji')),
                             ('mbsync', mbsync(server, user, folder / 'mbsync'))):
            assert result['mails'] == count, (name, result)
            seconds[name].append(result['seconds'])
    rate = {name: count / statistics.median(times) for name, times in seconds.items()}
    print(f'{count} x {size // 1000} kB: dengji {rate["dengji"]:.0f}, mbsync {rate["mbsync"]:.0f} mails/s, '
          f'ratio {rate["dengji"] / rate["mbsync"]:.2f}  (seconds: {seconds})', flush=True)
    return rate['dengji'] / rate['mbsync']


def far_away(args, server, folder, count):
    user = 'bench20000@office.example'
    way = SlowWay(server.port, ROUND_TRIP)
    ours = dengji(args.build, server, way.port, user, folder / 'dengji')
    assert ours['mails'] == count, ours
    theirs = one_at_a_time(server, way.port, user, count)
    print(f'{count} x 20 kB at 30 ms: dengji {ours["seconds"]:.1f} s with login and marks, one at a time {theirs:.1f} s, '
          f'ratio {ours["seconds"] / theirs:.3f}', flush=True)
    return ours['seconds'] / theirs


def memory(args, server, folder):
    peaks = []
    for count, size in ((3, 20_000), (3, 45_000_000)):
        user = f'memory{size}@office.example'
        server.fill(user, count, size)
        peaks.append(dengji(args.build, server, server.port, user, folder / 'dengji')['peak_kib'] / 1024)
    print(f'peak memory: {peaks[0]:.1f} MiB for mails of 20 kB, {peaks[1]:.1f} MiB for mails of 45 MB')
    return peaks[1] - peaks[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--build', type=lambda text: (ROOT / text).resolve(), default=ROOT / 'build/dev')
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--quick', action='store_true', help='a tenth of the mails')
    args = parser.parse_args()
    lacking = missing(['dovecot', 'openssl', 'mbsync', args.build / 'bin/fetch_mail'])
    if lacking:
        sys.exit(f'fetch.py: needs {", ".join(map(str, lacking))}')
    part = 10 if args.quick else 1
    folder = (ROOT / 'build/fetch')
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    server = Dovecot(folder / 'server')
    try:
        small = compare(args, server, folder, 1000 // part, 20_000)
        large = compare(args, server, folder, 200 // part, 2_000_000)
        far = far_away(args, server, folder, 1000 // part)
        more = memory(args, server, folder)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    if small < 1 or large < 1 or far > 0.1 or more > 4:
        sys.exit('fetch.py: slower than mbsync, more than a tenth of one at a time, or memory grows with the mails')


if __name__ == '__main__':
    main()
