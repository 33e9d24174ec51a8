#!/usr/bin/env python3
"""What an office's head asks of a full register: packages.py BUILD [--records 10000 100000]

Fills a register of its own in a temporary folder with so many records, runs `dengji report`, `dengji export` in each format
and `dengji import` of the package into an empty register, twice, and prints seconds and peak memory of each; memory should
not grow with the number of records. Needs a build without sanitizers; people and numbers are made up.
"""
import argparse
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import desk

COMMANDS = (
    ("report", "report"), ("report --list late", "report --list late"), ("export (CSV of all)", "export --output {0}/plain.csv"),
    ("export --format csv", "export --format csv --output {0}/package.csv"),
    ("export --format xlsx", "export --format xlsx --output {0}/package.xlsx"),
    ("export --format json", "export --format json --output {0}/package.json"),
)


def run(programs, command, state, settings):
    """Wall seconds, processor seconds and peak MiB."""
    environment = dict(os.environ, DENGJI_CONFIG=str(settings), DENGJI_STATE=str(state))
    start = time.monotonic()
    with subprocess.Popen([programs / "dengji", *command.split()], env=environment, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"dengji {command}: status {process.returncode}")
    return time.monotonic() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def tell(records, what, figures):
    print(f"{records:7} records  {what:22} {figures[0]:7.1f} s wall {figures[1]:7.1f} s processor {figures[2]:6.0f} MiB", flush=True)


def make(programs, state, settings):
    environment = dict(os.environ, DENGJI_CONFIG=str(settings), DENGJI_STATE=str(state))
    subprocess.run([programs / "dengjid", "--once"], env=environment, check=True, stderr=subprocess.DEVNULL)


def measure(programs, folder, records):
    shutil.copytree(desk.ROOT / "etc", folder / "etc")
    settings = folder / "etc/dengji.toml"
    for state in ("full", "empty"):
        make(programs, folder / state, settings)
    desk.fill(folder / "full", records, 0, desk.offices_in(folder / "etc"))
    for what, command in COMMANDS:
        tell(records, what, run(programs, command.format(folder), folder / "full", settings))
    for what in ("import", "import of the same"):
        tell(records, what, run(programs, f"import {folder}/package.json", folder / "empty", settings))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("--records", type=int, nargs="+", default=(10000, 100000))
    given = parser.parse_args()
    for records in given.records:
        with tempfile.TemporaryDirectory() as temporary:
            measure(given.build.resolve() / "bin", Path(temporary), records)


if __name__ == "__main__":
    main()
