#!/usr/bin/python3
"""Makes the pictures of docs/手册.md from the running desk.

Usage: desk_pictures.py BUILD FOLDER. Starts BUILD/bin/dengjid on a register of its own with the
mails of etc/samples, works at the desk in headless Chromium, and leaves FOLDER/*.png. Needs chromium,
chromium-driver, fonts-noto-cjk and pngquant.
"""
import base64
import email
import email.utils
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PORT = 8027
ENTER = "\ue007"
DAY = 86400


class Desk:
    """The daemon with the sample mails read, and a user of the city's office."""

    def __init__(self, build, folder):
        self.folder, self.programs = folder, build / "bin"
        shutil.copytree(ROOT / "etc", folder / "etc")
        self.configure(folder / "etc/dengji.toml")
        self.environment = dict(os.environ, DENGJI_CONFIG=str(folder / "etc/dengji.toml"),
                                DENGJI_STATE=str(folder / "state"))
        for age, mail in enumerate(sorted((ROOT / "etc/samples").glob("*.eml"))):
            self.receive(mail, (11 - age) * 0.6 * DAY)
        self.password = self.run("dengji", "user", "add", "zhang", "--role", "city",
                                 "--display", "张三").strip()
        self.daemon = subprocess.Popen([self.programs / "dengjid"], env=self.environment,
                                       stderr=subprocess.DEVNULL)

    @staticmethod
    def configure(file):
        """A campaign that lasts, and two defects that go to staff, so that the queue is long."""
        text = file.read_text()
        year = time.strftime("%Y")
        changes = {
            r"^start = .*": f"start = {year}-01-01",
            r"^end = .*": f"end = {year}-12-31",
            r"^listen = .*": f'listen = "127.0.0.1:{PORT}"',
            r'^("seal.missing"|"id.checksum") = "defect"': r'\1 = "doubt"',
        }
        for pattern, value in changes.items():
            text = re.sub(pattern, value, text, flags=re.M)
        file.write_text(text)

    def receive(self, mail, age):
        """One at a time, so that the queue's order is that of their coming."""
        to = email.message_from_bytes(mail.read_bytes())["To"]
        inbox = self.folder / "state/mail" / email.utils.parseaddr(to)[1].split("@")[0]
        for name in ("new", "cur", "tmp"):
            (inbox / name).mkdir(parents=True, exist_ok=True)
        copy = inbox / "new" / mail.stem
        shutil.copy(mail, copy)
        os.utime(copy, (time.time() - age,) * 2)
        self.run("dengjid", "--once")

    def run(self, program, *arguments):
        return subprocess.run([self.programs / program, *arguments], env=self.environment,
                              check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              text=True).stdout

    def stop(self):
        self.daemon.terminate()
        self.daemon.wait()


class Browser:
    """As much of WebDriver as pictures need."""

    def __init__(self, folder):
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE,
                                       text=True)
        ports = (re.search(r"successfully on port (\d+)", line) for line in self.driver.stdout)
        self.base = "http://127.0.0.1:" + next(port for port in ports if port)[1]
        arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
                     "--no-first-run", "--disable-background-networking", "--disable-sync",
                     "--disable-component-update", "--disable-dev-shm-usage", "--lang=zh-CN",
                     f"--user-data-dir={folder}/profile"]
        wanted = {"browserName": "chrome", "goog:chromeOptions": {"args": arguments}}
        self.session = ""
        made = self.call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self.session = "/session/" + made["sessionId"]
        wide, high = self.script("return [outerWidth - innerWidth, outerHeight - innerHeight]")
        self.call("POST", "/window/rect", {"width": 1280 + wide, "height": 800 + high})

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + self.session + path, data, method=method)
        return json.load(urllib.request.urlopen(request, timeout=60))["value"]

    def script(self, text, *arguments):
        return self.call("POST", "/execute/sync", {"script": text, "args": list(arguments)})

    def wait(self, condition):
        end = time.time() + 30
        while not self.script(f"return Boolean({condition})"):
            if time.time() > end:
                sys.exit(f"in vain: {condition}\n{self.script('return document.body.innerText')}")
            time.sleep(0.1)

    def see(self, css):
        self.wait(f"document.querySelector({json.dumps(css)})")

    def type(self, css, text):
        self.see(css)
        found = self.call("POST", "/element", {"using": "css selector", "value": css})
        self.call("POST", f"/element/{next(iter(found.values()))}/value", {"text": text})

    def press(self, keys):
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        keyboard = {"type": "key", "id": "keys", "actions": actions}
        self.call("POST", "/actions", {"actions": [keyboard]})

    def go(self, page, css):
        self.script("location.hash = arguments[0]", page)
        self.see(css)

    def picture(self, file):
        self.wait("[...document.images].every((one) => one.complete)")
        time.sleep(0.4)
        png = base64.b64decode(self.call("GET", "/screenshot"))
        small = subprocess.run(["pngquant", "--speed=1", "--nofs", "128", "-"], input=png,
                               check=True, stdout=subprocess.PIPE)
        file.write_bytes(small.stdout)
        print(file, len(small.stdout))

    def stop(self):
        try:
            self.call("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait()


def wait_for_desk(url):
    for _ in range(100):
        try:
            return urllib.request.urlopen(url)
        except urllib.error.URLError:
            time.sleep(0.1)
    sys.exit("the desk does not answer")


def walk(browser, url, password, folder):
    browser.call("POST", "/url", {"url": url})
    browser.type("[name=name]", "zhang")
    browser.type("[name=password]", password + ENTER)
    browser.see(".items tbody tr")
    browser.picture(folder / "queue.png")
    browser.press(ENTER)
    browser.see(".stage img")
    browser.press("n")
    browser.picture(folder / "review.png")
    browser.press("c")
    browser.wait("document.querySelector('dialog textarea')?.value")
    browser.picture(folder / "letter.png")
    browser.press(ENTER)
    browser.wait("!document.querySelector('dialog') && !document.querySelector('.undo').hidden")
    browser.see(".stage img")
    browser.picture(folder / "undo.png")
    browser.go("/record/SQ" + time.strftime("%Y") + "-00001", ".version")
    browser.picture(folder / "record.png")
    browser.go("/mailboxes", ".figures")
    browser.picture(folder / "mailboxes.png")
    browser.go("/reports", ".offices-table")
    browser.picture(folder / "reports.png")


def main():
    build, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        desk = Desk(build, Path(temporary))
        browser = Browser(temporary)
        try:
            url = f"http://127.0.0.1:{PORT}/"
            wait_for_desk(url)
            walk(browser, url, desk.password, folder)
        finally:
            browser.stop()
            desk.stop()


if __name__ == "__main__":
    main()
