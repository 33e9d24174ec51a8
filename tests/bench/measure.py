"""What one command costs. GNU time runs it, since a peak that Python itself asks for is never below Python's own."""
import os
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass


@dataclass
class Cost:
    wall: float     # seconds
    cpu: float      # seconds, of it and its children
    peak: float     # MiB, of the largest process
    status: int     # as a shell tells it: 128 + n for signal n
    output: bytes
    errors: bytes


def missing():
    return [] if os.path.exists('/usr/bin/time') else ['time']


def run(command, seconds=600, **how):
    with tempfile.NamedTemporaryFile() as notes, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.monotonic()
        process = subprocess.Popen(['/usr/bin/time', '-q', '-o', notes.name, '-f', '%U %S %M %x', *command], stdin=subprocess.DEVNULL,
                                   stdout=out, stderr=err, start_new_session=True, **how)
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return Cost(time.monotonic() - start, float('nan'), float('nan'), 128 + signal.SIGKILL, b'', b'timed out')
        wall = time.monotonic() - start
        user, system, kibibytes, _ = notes.read().decode().split('\n')[-2].split()
        out.seek(0), err.seek(0)
        return Cost(wall, float(user) + float(system), int(kibibytes) / 1024, status, out.read(), err.read())
