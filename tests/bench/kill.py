#!/usr/bin/env python3
"""Kills dengjid, again and again, at every failpoint (store/failpoint.hpp), at an SMTP server's final dot and at any moment;
starts it again, and counts: is any mail lost, registered or answered twice?

    tests/bench/kill.py --build build/dev                      # 2,000 rounds, each failpoint at least 20 times
    tests/bench/kill.py --build build/dev --rounds 26 --world 13 --least 1 --jobs 1
    tests/bench/kill.py --build build/dev --broken sent-first  # must be noticed: exit status 0 if it is
    tests/bench/kill.py --build build/dev --broken mark-first
    tests/bench/kill.py --build build/dev --broken no-fsync

Worlds of 50 rounds, each with a register of its own: a Maildir, or a folder of Dovecot's (MOVE) where it is installed; with a
key (sealed at rest), or plain; killed with kill -9, or as by a power cut (power_cut.cpp: unsynced bytes are gone). Each mail
holds a form that is accepted, by the rules or by a person's ruling, so that it makes a record, from an address of its own; some
are read anew (dengji requeue), and get a letter for each decision. At the end of a world dengjid runs
undisturbed, and must have: each mail once in the register and once in the done folder, one record each, numbers without
gaps, each letter at least once, and at most once more than it was cut between the server's having it and the committed
"sent"; `dengji verify` says whole. Exit status 1 and the reason where not. Python's standard library only."""
import argparse
import collections
import concurrent.futures
import email.message
import json
import os
import random
import re
import shutil
import signal
import smtplib
import socketserver
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS_A_WORLD = 50
RUN_SECONDS = 120
BEFORE_AND_AFTER = ['blob-rename', 'receive-commit', 'mark', 'claim-commit', 'settle-commit', 'sending-commit', 'sent-commit',
                    'ruling-commit', 'requeue-commit', 'rekey-commit']
FAILPOINTS = ['during-fetch', 'after-delivery'] + [f'{when}-{what}' for what in BEFORE_AND_AFTER for when in ('before', 'after')]
KINDS = FAILPOINTS + ['final-dot', 'any-moment']
ONCE_A_POLL = ['after-blob-rename', 'before-receive-commit', 'after-receive-commit', 'before-mark', 'after-mark']
DONE = 'done'
OFFICE = '''[[office]]
id = "shuangqing"
name = "邵阳市双清区互联网信息办公室"
prefix = "SQ"
address = "shuangqing@wxb.example"
areas = ["双清区"]
[[office.mailbox]]
id = "shuangqing"
done_folder = "done"
'''
FORM = {'登记类别': '首次登记', '网站网址（域名）': 'http://www.one.example', '网站类型': '政务类',
        '主办单位名称': '邵阳市双清区石桥街道便民服务办公室', '单位性质': '党政机关', '证件类型': '统一社会信用代码证书',
        '证件号码': '11430502006213584J', '单位地址': '湖南省邵阳市双清区石桥路18号', '法定代表人姓名': '赵立群',
        '法定代表人身份证号码': '430502197108092130', '法定代表人联系电话': '0739-5550188', '网站负责人姓名': '钱思远',
        '网站负责人身份证号码': '430502198506121018', '手机号码': '13907390011', '电子邮箱': 'one@mail.example',
        '服务器所在地': '湖南省长沙市', '开通时间': '2017-03-15', '填表日期': '2018-08-16'}
# Where each broken promise must cost something if the daemon dies there, and what is said of it.
BROKEN = {'sent-first': ('after-sending-commit', 'never arrived'), 'mark-first': ('during-fetch', 'mails sent, in the register are'),
          'no-fsync': ('after-mark', 'mails sent, in the register are')}
# What a mail without scans lacks is made harmless, so that it is registered.
LENIENT = ['scan.missing', 'certificate.missing', 'commitment.missing']
WRONG_DIGIT = {'证件号码': '11430502006213584K'}  # held for a person, once a wrong check digit is made a doubt
RULING = '''INSERT INTO ruling (id, submission, kind, actor, at, due, state, recipient, subject, body, note)
    SELECT (SELECT COALESCE(MAX(id), 0) + 1 FROM ruling), s.id, 'accept', 'clerk', 0, 0, 'pending', m.sender, 'receipt', 'it is in', ''
    FROM submission s JOIN message m ON m.id = s.message WHERE s.decision = 'review'
    AND s.id NOT IN (SELECT submission FROM ruling)'''


class Failure(Exception):
    pass


class Sink(socketserver.ThreadingTCPServer):
    """An SMTP server that takes every letter and counts it when it has the final dot, before it says so."""
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(('127.0.0.1', 0), Conversation)
        self.copies = collections.Counter()  # Message-ID -> how often
        self.recipients = collections.Counter()
        self.kill_at_dot = None  # called once instead of answering
        self.talking = set()
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Conversation(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode() + b'\r\n')

    def handle(self):
        self.server.talking.add(self)
        try:
            self.say('220 sink.example')
            for line in self.rfile:
                verb = line[:4].upper()
                if verb == b'QUIT':
                    return
                if verb == b'DATA':
                    self.say('354 go on')
                    self.take()
                else:
                    self.say('250 ok')
        except OSError:
            pass  # the other side was killed
        finally:
            self.server.talking.remove(self)

    def take(self):
        letter = b''
        for line in self.rfile:
            if line == b'.\r\n':
                break
            letter += line
        else:
            return  # cut before the final dot: no letter
        header = letter.split(b'\r\n\r\n')[0].decode()
        self.server.copies[re.search(r'^Message-ID: <(.*)>', header, re.M | re.I)[1]] += 1
        self.server.recipients[re.search(r'^To: .*?([\w.]+@[\w.]+)', header, re.M | re.I)[1]] += 1
        kill, self.server.kill_at_dot = self.server.kill_at_dot, None
        if kill:
            kill()
        else:
            self.say('250 taken')


class Dovecot:
    """Dovecot alone, by tests/support/mail_servers.sh."""

    def __init__(self, folder):
        self.folder = folder
        self.script('start', 'imap')
        self.ports = dict(line.split('=', 1) for line in (folder / 'ports').read_text().splitlines())

    def script(self, word, *more):
        subprocess.run([ROOT / 'tests/support/mail_servers.sh', word, self.folder, *more], check=True)

    def stop(self):
        self.script('stop')


class World:
    """One register and its mailbox."""

    def __init__(self, folder, number, options, dovecot):
        self.folder, self.options, self.sink, self.dovecot = folder, options, Sink(), dovecot
        self.number, self.sent, self.keys, self.cuts = number, 0, 0, collections.Counter()
        self.address = f'w{number}@wxb.example'
        self.state, self.config = folder / 'state', folder / 'etc/dengji.toml'
        self.power_cut = options.broken == 'no-fsync' or (options.broken is None and number % 2 == 1)
        shutil.copytree(ROOT / 'etc', folder / 'etc')
        self.configure()

    def configure(self):
        text = self.config.read_text()
        for code in LENIENT:
            text = re.sub(rf'^"{code}" = "\w+"', f'"{code}" = "note"', text, flags=re.M)
        text = text.replace('"id.checksum" = "defect"', '"id.checksum" = "doubt"')
        text = re.sub(r'^url = .*$', f'url = "smtp://127.0.0.1:{self.sink.server_address[1]}"\nallow_plaintext = true',
                      text, flags=re.M).replace('per_minute = 60', 'per_minute = 100000')
        self.config.write_text(text)
        if self.options.broken is None and self.number % 4 >= 2:
            self.change_key()
        (self.folder / 'etc/offices.toml').write_text(OFFICE + self.server())

    def change_key(self):
        key = self.folder / f'etc/key{self.keys}'
        key.touch(mode=0o600)
        key.write_text(random.randbytes(32).hex())
        former = ', '.join(f'"key{i}"' for i in range(self.keys))
        text = self.config.read_text().split('\n[store]\n')[0]
        self.config.write_text(f'{text}\n[store]\nkey_file = "{key.name}"\nold_key_files = [{former}]\n')
        self.keys += 1

    def server(self):
        if not self.dovecot:
            self.maildir = self.folder / 'mail'
            for name in ('tmp', 'new', 'cur'):
                (self.maildir / name).mkdir(parents=True)
            return f'url = "maildir:{self.maildir}"\n'
        self.maildir = self.dovecot.folder / 'mail' / self.address
        return (f'url = "imaps://127.0.0.1:{self.dovecot.ports["IMAPS_PORT"]}/INBOX"\nuser = "{self.address}"\n'
                f'password_file = "{self.dovecot.folder}/password"\nca_file = "{self.dovecot.ports["CA_FILE"]}"\n')

    def deliver(self, **odd):
        self.sent += 1
        rows = {'网站名称': f'网站{self.number}之{self.sent}号', **FORM, **odd}
        form = '<html><meta charset="utf-8"><h1>邵阳市互联网网站调查登记表</h1><table>'
        form += ''.join(f'<tr><td>{label}</td><td>{value}</td></tr>' for label, value in rows.items())
        mail = email.message.EmailMessage()
        mail['From'] = f'a{self.sent}@w{self.number}.example'
        mail['To'] = self.address
        mail['Subject'] = f'登记{self.sent}'
        mail['Date'] = 'Mon, 20 Aug 2018 09:03:12 +0800'
        mail['Message-ID'] = f'<{self.sent}@w{self.number}.example>'
        mail.set_content('见附件。')
        mail.add_attachment((form + '</table></html>').encode(), maintype='text', subtype='html', filename='登记表.html')
        if self.dovecot:
            with smtplib.LMTP('127.0.0.1', int(self.dovecot.ports['LMTP_PORT'])) as lmtp:
                lmtp.sendmail(mail['From'], [self.address], bytes(mail))
        else:
            (self.maildir / 'tmp' / str(self.sent)).write_bytes(bytes(mail))
            (self.maildir / 'tmp' / str(self.sent)).rename(self.maildir / 'new' / str(self.sent))

    def environment(self, kind, new):
        program = self.options.build / 'bin/dengjid'
        environment = {**os.environ, 'DENGJI_STATE': str(self.state)}
        if kind in FAILPOINTS:
            environment['DENGJI_FAILPOINT'] = f'{kind}:{1 if kind in ONCE_A_POLL else random.randint(1, new)}'
        if self.power_cut and kind in FAILPOINTS:
            environment['LD_PRELOAD'] = str(self.options.build / 'tests/bench/libpower_cut.so')
            environment['ASAN_OPTIONS'] = environment.get('ASAN_OPTIONS', '') + ':verify_asan_link_order=0'
        if self.options.broken == 'no-fsync':
            environment['POWER_CUT'] = 'lie'
        elif self.options.broken:
            program = self.options.build / 'bin/dengjid_broken'
            environment['DENGJI_BROKEN'] = self.options.broken
            environment['DENGJI_BROKEN_MAILDIR'] = str(self.maildir)
        return program, environment

    def disturb(self, kind, new):
        """Whether what is about `kind`, with so many new mails, was killed."""
        if 'rekey' in kind:
            self.change_key()
            self.run()
            return self.command(kind, 'rotate-key')
        if 'requeue' in kind:
            self.run()
            message = self.rows("SELECT id FROM message WHERE state = 'settled' AND version = 1 ORDER BY id DESC LIMIT 1")
            return bool(message) and self.command(kind, 'requeue', f'M{message[0][0]}')
        if 'ruling' in kind:
            self.deliver(**WRONG_DIGIT)
            self.run()
            self.rows(RULING)
            new = 1
        return self.run(kind, new)

    def command(self, kind, *words):
        _, environment = self.environment(kind, 1)
        with open(self.folder / 'log', 'ab') as log:
            end = ['--config', self.config]
            status = subprocess.run([self.options.build / 'bin/dengji', *words, *end], env=environment, stdout=log, stderr=log).returncode
        require(status in (0, -signal.SIGKILL), f'{words} ended with {status}')
        return status == -signal.SIGKILL

    def run(self, kind='', new=0):
        """Whether dengjid, which finds so many new mails, was killed; left alone it must end well."""
        program, environment = self.environment(kind, new)
        before = self.sink.copies.copy()
        with open(self.folder / 'log', 'ab') as log:
            process = subprocess.Popen([program, '--once', '--config', self.config], env=environment, stderr=log)
        if kind == 'final-dot':
            self.sink.kill_at_dot = process.kill
        if kind == 'any-moment':
            threading.Timer(random.uniform(0, self.options.seconds), process.kill).start()
        begun = time.monotonic()
        status = process.wait(RUN_SECONDS)
        self.sink.kill_at_dot = None
        if status == -signal.SIGKILL:
            self.count_cuts(before)
            return True
        self.options.seconds = 0.9 * self.options.seconds + 0.1 * (time.monotonic() - begun)
        if status != 0 and kind == '':
            raise Failure(f'dengjid ended with {status}: ' + (self.folder / 'log').read_text().splitlines()[-1])
        return False

    def count_cuts(self, before):
        """Letters that the server has and that are not committed as sent: each may come once more."""
        while self.sink.talking:
            time.sleep(0.001)  # it may still read what came before the kill
        for (message_id,) in self.rows("SELECT message_id FROM reply WHERE state = 'sending'"):
            self.cuts[message_id] += self.sink.copies[message_id] > before[message_id]

    def rows(self, sql):
        if not (self.state / 'register.db').exists():
            return []
        database = sqlite3.connect(self.state / 'register.db', timeout=30, isolation_level=None)
        try:
            return database.execute(sql).fetchall()
        except sqlite3.OperationalError as error:
            if 'no such table' in str(error):
                return []  # killed before it made them
            raise
        finally:
            database.close()

    def check(self):
        self.run()
        self.run()
        n = self.sent
        require(self.rows('SELECT COUNT(*), COUNT(DISTINCT sha256) FROM message') == [(n, n)], f'{n} mails sent, in the '
                f'register are {self.rows("SELECT COUNT(*) FROM message")}')
        require(self.rows('SELECT DISTINCT state FROM message') == [('settled',)], 'a message is not settled')
        records = self.rows('SELECT platform, serial FROM record ORDER BY serial')
        require(sorted({name for name, _ in records}) == sorted(f'网站{self.number}之{i}号' for i in range(1, n + 1)),
                f'{n} platforms, registered are {len(records)}')
        require([serial for _, serial in records] == list(range(1, n + 1)), f'numbers {records}')
        require(self.rows('SELECT COUNT(*) FROM record_version') == [(n,)], 'a mail changed the record that it made')
        replies = self.rows('SELECT message_id, state FROM reply')
        states = collections.Counter(state for _, state in replies)
        decisions = self.rows('SELECT SUM(version) FROM message')[0][0]
        require(states['sent'] + states['withdrawn'] == decisions, f'{decisions} letters should be sent: {dict(states)}')
        for message_id, state in replies:
            copies, cuts = self.sink.copies[message_id], self.cuts[message_id]
            require(copies >= 1 or state == 'withdrawn', f'the letter {message_id} never arrived')
            require(copies <= 1 + cuts, f'{copies} copies of {message_id}, cut {cuts} times')
        for i in range(1, n + 1):
            require(self.sink.recipients[f'a{i}@w{self.number}.example'] >= 1, f'sender {i} got no answer')
        self.check_mailbox()
        self.check_operator(states['sent'])

    def check_mailbox(self):
        left = [p for name in ('new', 'cur') for p in (self.maildir / name).iterdir()]
        done = [p for name in ('new', 'cur') for p in (self.maildir / f'.{DONE}' / name).glob('*')]
        require(not left and len(done) == self.sent, f'{self.sent} mails: {len(left)} in the inbox, {len(done)} are done')

    def check_operator(self, letters):
        dengji = [self.options.build / 'bin/dengji']
        environment = {**os.environ, 'DENGJI_STATE': str(self.state)}
        end = ['--config', self.config]
        whole = subprocess.run(dengji + ['verify'] + end, env=environment, capture_output=True, text=True)
        require(whole.returncode == 0, f'verify: {whole.stdout}{whole.stderr}')
        status = subprocess.run(dengji + ['status', '--json'] + end, env=environment, capture_output=True, text=True)
        ledger = json.loads(status.stdout)[0]
        require(ledger['seen'] == ledger['filed'] == self.sent and ledger['sent'] == letters, f'ledger {ledger}')


def require(condition, why):
    if not condition:
        raise Failure(why)


def round_of(world, hits, options):
    new = 1 if options.broken else random.choice([1, 1, 2, 3])
    for _ in range(new):
        world.deliver()
    rarest = min(hits.values())
    kind = BROKEN[options.broken][0] if options.broken else random.choice([kind for kind in KINDS if hits[kind] == rarest])
    if world.disturb(kind, new):
        hits[kind] += 1


def run_world(number, rounds, options, folder, hits, dovecot):
    world = World(folder / f'world{number}', number, options, dovecot if number % 2 == 0 else None)
    try:
        if options.broken:
            world.run()  # a register, of which the kill then takes what was promised
        for _ in range(rounds):
            round_of(world, hits, options)
        world.check()
    except Failure as failure:
        raise Failure(f'world {number} in {world.folder}: {failure}') from failure
    finally:
        world.sink.shutdown()
        world.sink.server_close()
    if not options.keep:
        shutil.rmtree(world.folder)
    return collections.Counter(rounds=rounds, mails=world.sent, letters=len(world.sink.copies),
                               copies=sum(world.sink.copies.values()), cuts=sum(world.cuts.values()))


def run_worlds(options, folder, hits):
    dovecot = None
    if options.broken is None and shutil.which('dovecot'):
        dovecot = Dovecot(folder / 'dovecot')
    total = collections.Counter()
    try:
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            worlds = [pool.submit(run_world, number, min(options.world, options.rounds - begun), options, folder, hits, dovecot)
                      for number, begun in enumerate(range(0, options.rounds, options.world))]
            for world in concurrent.futures.as_completed(worlds):
                total += world.result()
                print('{rounds} rounds, {mails} mails, {letters} letters in {copies} copies; cut after the final dot: {cuts}'
                      .format(**{'cuts': 0, **total}), flush=True)
    finally:
        if dovecot:
            dovecot.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--build', type=Path, required=True)
    parser.add_argument('--rounds', type=int, default=2000)
    parser.add_argument('--world', type=int, default=ROUNDS_A_WORLD, help='rounds a register')
    parser.add_argument('--least', type=int, default=20, help='kills at each failpoint')
    parser.add_argument('--broken', choices=['sent-first', 'mark-first', 'no-fsync'])
    parser.add_argument('--jobs', type=int, default=os.cpu_count(), help='registers at once')
    parser.add_argument('--keep', action='store_true', help='leave the folders of the worlds')
    options = parser.parse_args()
    options.build, options.seconds = options.build.resolve(), 0.5
    hits = dict.fromkeys(KINDS, 0)
    folder = Path(tempfile.mkdtemp(prefix='dengji-kill-'))
    folder.chmod(0o711)  # Dovecot's user must get through
    failure = None
    try:
        run_worlds(options, folder, hits)
        require(options.broken or min(hits[point] for point in FAILPOINTS) >= options.least, f'some points were hit less than {options.least} times')
    except Failure as error:
        failure = error
    print(' '.join(f'{kind} {count}' for kind, count in hits.items()))
    if options.broken:
        if BROKEN[options.broken][1] not in str(failure):
            sys.exit(f'{options.broken} was not noticed, but: {failure}')
        print(f'noticed: {failure}')
    elif failure:
        sys.exit(f'FAILED: {failure}')
    else:
        print('nothing lost, nothing twice')
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == '__main__':
    main()
