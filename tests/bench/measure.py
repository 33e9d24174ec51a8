"""What one command costs. GNU time runs it, since a peak that Python itself asks for is never below Python's own; it tells
processor time only in hundredths, so that is asked for here."""
import os
import resource
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


def spent():
    use = resource.getrusage(resource.RUSAGE_CHILDREN)
    return use.ru_utime + use.ru_stime


def run(command, seconds=600):
    with tempfile.NamedTemporaryFile() as notes, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start, before = time.monotonic(), spent()
        process = subprocess.Popen(['/usr/bin/time', '-q', '-o', notes.name, '-f', '%M', *command],
                                   stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True)
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return Cost(time.monotonic() - start, float('nan'), float('nan'), 128 + signal.SIGKILL, b'', b'timed out')
        wall, cpu = time.monotonic() - start, spent() - before
        kibibytes = int(notes.read().split()[-1])
        out.seek(0), err.seek(0)
        return Cost(wall, cpu, kibibytes / 1024, status, out.read(), err.read())
