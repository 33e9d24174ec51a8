#!/usr/bin/env python3
"""The desk with a full register: desk.py BUILD [--records 100000] [--held 1000] [--clients 20] [--seconds 20]

Fills a register of its own in a temporary folder, starts BUILD/bin/dengjid on it, and lets clients, each a person with a
session of its own, ask for the queue and search in turn without a pause. Prints each question's 50th and 95th percentile in
milliseconds, what the daemon used, and time and peak memory of `/api/export.csv` of everything. Needs a build without
sanitizers; people and numbers are made up.
"""
import argparse
import http.client
import json
import os
import random
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PORT = 8028
WORDS = "石桥双清洞口绥宁新宁城步隆回邵东武冈大祥北塔新邵青山绿水田园晨光朝阳星火同心".strip()
KINDS = ("website", "account", "forum")


def name(rng, length):
    return "".join(rng.choice(WORDS) for _ in range(length))


def offices_in(etc):
    """Each office's id and the prefix of its numbers."""
    text = (etc / "offices.toml").read_text()
    return dict(re.findall(r'^id = "(\w+)"\n(?:.*\n)*?prefix = "(\w+)"', text, flags=re.M))


def rows(rng, count, held, offices):
    """A message, its submission and, but for the last `held`, its record for each number."""
    for i in range(1, count + held + 1):
        office = rng.choice(offices)
        yield (i, office, rng.choice(KINDS), name(rng, 6) + str(i), name(rng, 4) + "有限公司" + str(i % 5000),
               1535000000 + i * 60, i > count)


def fill(state, count, held, offices):
    rng = random.Random(20180813)
    base = sqlite3.connect(state / "register.db")
    base.execute("PRAGMA synchronous=OFF")
    for i, office, form, platform, who, at, waits in rows(rng, count, held, list(offices)):
        decision = "review" if waits else "accept"
        base.execute("INSERT INTO message (id, office, account, sha256, size, received, created, state, version, attempts,"
                     " lease_until, generation, disposition, reason, message_id, sender, subject, date, settled)"
                     " VALUES (?, ?, ?, ?, 1000, ?, ?, 'settled', 1, 1, 0, 0, 'submission', '', '', ?, ?, '', ?)",
                     (i, office, office, f"{i:064x}", at, at, f"p{i % 5000}@mail.example", platform + "登记", at))
        fields = json.dumps({"site_name": platform, "org_name": who, "summary": "内容" * 40}, ensure_ascii=False)
        base.execute("INSERT INTO submission (id, message, message_version, position, superseded, platform, form, action,"
                     " registrant_name, registrant_class, id_type, id_number, account_id, fields, facts, decision, change,"
                     " record, record_version, created, office, platform_key)"
                     " VALUES (?, ?, 1, 1, 0, ?, ?, 'new', ?, 'organisation', 'uscc', ?, '', ?, '[]', ?, ?, NULL, ?, ?, ?, ?)",
                     (i, i, platform, form, who, f"9143{i:014d}", fields, decision, "none" if waits else "create",
                      0 if waits else 1, at, office, platform))
        base.execute("INSERT INTO finding VALUES (?, 1, ?, ?, '', 0, '', '')",
                     (i, "seal.unread" if waits else "name.mismatch", "doubt" if waits else "note"))
        if waits:
            continue
        base.execute("INSERT INTO record (id, number, office, year, serial, form, platform, platform_key, account_key, status,"
                     " version, created, updated) VALUES (?, ?, ?, '2018', ?, ?, ?, ?, '', 'active', 1, ?, ?)",
                     (i, f"{offices[office]}2018-{i:05d}", office, i, form, platform, platform, at, at))
        base.execute("INSERT INTO record_version VALUES (?, 1, ?, 'active', ?)", (i, i, at))
        base.execute("UPDATE submission SET record = ? WHERE id = ?", (i, i))
    base.commit()
    base.execute("ANALYZE")
    base.commit()
    base.close()


class Client:
    def __init__(self, person, password):
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        body = json.dumps({"name": person, "password": password})
        self.connection.request("POST", "/api/session", body, {"Content-Type": "application/json"})
        answer = self.connection.getresponse()
        if answer.read() and answer.status != 200:
            sys.exit(f"cannot sign in: {answer.status}")
        self.cookie = answer.getheader("Set-Cookie").split(";")[0]

    def get(self, path):
        self.connection.request("GET", path, headers={"Cookie": self.cookie})
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            sys.exit(f"{path}: {answer.status} {body[:200]}")
        return body


def wait_for_desk():
    for _ in range(1200):
        try:
            socket.create_connection(("127.0.0.1", PORT)).close()
            return
        except ConnectionRefusedError:
            time.sleep(0.1)
    sys.exit("the desk does not listen")


def searches(rng):
    """A rare name, a usual one, a receipt number, an identity number, a sender."""
    i = rng.randrange(1, 100000)
    return rng.choice((name(rng, 3), name(rng, 2), f"2018-{i:05d}", f"9143{i:014d}", f"p{i % 5000}@mail"))


def work(client, until, seed, times):
    rng = random.Random(seed)
    while time.monotonic() < until:
        for question, path in (("queue", "/api/queue"), ("changes", "/api/changes"),
                               ("search", "/api/search?text=" + urllib.parse.quote(searches(rng)))):
            start = time.monotonic()
            client.get(path)
            times.setdefault(question, []).append(time.monotonic() - start)


def used(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak(pid):
    return int(re.search(r"VmHWM:\s*(\d+)", Path(f"/proc/{pid}/status").read_text()).group(1)) / 1024


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] * 1000


def measure(daemon, clients, seconds):
    times, threads, start = {}, [], used(daemon.pid)
    until = time.monotonic() + seconds
    for seed, client in enumerate(clients):
        threads.append(threading.Thread(target=work, args=(client, until, seed, times)))
        threads[-1].start()
    for thread in threads:
        thread.join()
    for question, took in sorted(times.items()):
        print(f"{question:8} {len(took):6} asked, ms: median {percentile(took, 0.5):7.1f}, 95th {percentile(took, 0.95):7.1f},"
              f" mean {statistics.mean(took) * 1000:7.1f}")
    print(f"dengjid: {used(daemon.pid) - start:.1f} CPU s in {seconds} s, peak memory {peak(daemon.pid):.0f} MiB")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    for key, default in (("records", 100000), ("held", 1000), ("clients", 20), ("seconds", 20)):
        parser.add_argument("--" + key, type=int, default=default)
    given = parser.parse_args()
    programs = given.build.resolve() / "bin"
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        shutil.copytree(ROOT / "etc", folder / "etc")
        settings = folder / "etc/dengji.toml"
        settings.write_text(re.sub(r"^listen = .*", f'listen = "127.0.0.1:{PORT}"', settings.read_text(), flags=re.M))
        state = folder / "state"
        environment = dict(os.environ, DENGJI_CONFIG=str(settings), DENGJI_STATE=str(state))
        subprocess.run([programs / "dengjid", "--once"], env=environment, check=True, stderr=subprocess.DEVNULL)
        offices = offices_in(folder / "etc")
        start = time.monotonic()
        fill(state, given.records, given.held, offices)
        print(f"{given.records} records and {given.held} held, filled in {time.monotonic() - start:.0f} s, "
              f"register {(state / 'register.db').stat().st_size / 2**20:.0f} MiB")
        people = {}
        for i in range(given.clients):
            person = f"person{i}"
            people[person] = subprocess.run([programs / "dengji", "user", "add", person, "--role", "city"], env=environment,
                                            check=True, capture_output=True, text=True).stdout.strip()
        with subprocess.Popen([programs / "dengjid"], env=environment, stderr=subprocess.DEVNULL) as daemon:
            try:
                start = time.monotonic()
                wait_for_desk()
                print(f"the first start, with the index of words: {time.monotonic() - start:.1f} s")
                clients = [Client(*person) for person in people.items()]
                measure(daemon, clients, given.seconds)
                before, start = peak(daemon.pid), time.monotonic()
                size = len(clients[0].get("/api/export.csv"))
                print(f"export.csv: {size / 2**20:.1f} MiB in {time.monotonic() - start:.1f} s, peak memory "
                      f"{peak(daemon.pid):.0f} MiB (before: {before:.0f})")
            finally:
                daemon.terminate()


if __name__ == "__main__":
    main()
