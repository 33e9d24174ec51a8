"""A throwaway Dovecot (tests/support/mail_servers.sh) with mailboxes filled through its folders, and a proxy that makes the
way to it long."""
import asyncio
import os
import random
import shutil
import subprocess
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def missing(programs):
    return [program for program in programs if not shutil.which(program)]


def mail(number, size):
    """A mail of about `size` bytes, as a registrant's with a scan is: mostly base64."""
    head = (f'From: <wang{number}@registrant.example>\nTo: <office@office.example>\nSubject: {number}\n'
            f'Message-ID: <{number}.{size}@registrant.example>\nDate: Mon, 20 Aug 2018 09:30:00 +0800\n'
            'MIME-Version: 1.0\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n')
    line = ''.join(random.Random(number).choices('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', k=76)) + '\n'
    return (head + line * (max(0, size - len(head)) // len(line))).encode()


class Dovecot:
    def __init__(self, folder):
        self.folder = Path(folder)
        subprocess.run([ROOT / 'tests/support/mail_servers.sh', 'start', self.folder, 'imap'], check=True)
        ports = dict(line.split('=', 1) for line in (self.folder / 'ports').read_text().split())
        self.port, self.ca, self.password = int(ports['IMAPS_PORT']), ports['CA_FILE'], self.folder / 'password'

    def fill(self, user, count, size):
        box = self.folder / 'mail' / user
        for part in ('tmp', 'new', 'cur'):
            (box / part).mkdir(parents=True, exist_ok=True)
        for number in range(count):
            (box / 'new' / f'1534728600.{number:06}.bench').write_bytes(mail(number, size))
        if os.getuid() == 0:
            subprocess.run(['chown', '-R', 'nobody:nogroup', box], check=True)

    def stop(self):
        subprocess.run([ROOT / 'tests/support/mail_servers.sh', 'stop', self.folder], check=True)


class SlowWay:
    """A port whose bytes reach `port` half a round trip later, and likewise back; as many at once as come."""

    def __init__(self, port, round_trip):
        self.target, self.delay, self.port = port, round_trip / 2, 0
        started = threading.Event()
        self.loop = asyncio.new_event_loop()

        async def serve():
            server = await asyncio.start_server(self.join, '127.0.0.1', 0)
            self.port = server.sockets[0].getsockname()[1]
            started.set()

        def run():
            self.loop.create_task(serve())
            self.loop.run_forever()
        threading.Thread(target=run, daemon=True).start()
        started.wait()

    async def join(self, reader, writer):
        other_reader, other_writer = await asyncio.open_connection('127.0.0.1', self.target)
        await asyncio.gather(self.carry(reader, other_writer), self.carry(other_reader, writer))

    async def carry(self, reader, writer):
        queue = asyncio.Queue()

        async def deliver():
            while True:
                at, data = await queue.get()
                await asyncio.sleep(max(0, at - self.loop.time()))
                if not data:
                    writer.close()
                    return
                writer.write(data)
        task = self.loop.create_task(deliver())
        data = b'-'
        while data:
            try:
                data = await reader.read(1 << 18)
            except ConnectionError:
                data = b''
            queue.put_nowait((self.loop.time() + self.delay, data))
        await task
