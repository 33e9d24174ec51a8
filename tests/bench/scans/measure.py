#!/usr/bin/env python3
"""What the eye sees of drawn scans, as a table.

measure.py FACTS [--wrong]      FACTS: what scan_reader printed; --wrong: also each page and seal that is wrong

A set is drawn and measured by
    tests/bench/scans/draw.py /tmp/scans measure 230
    nice build/dev/bin/scan_reader /tmp/scans > /tmp/scans/facts.jsonl
    tests/bench/scans/measure.py /tmp/scans/facts.jsonl
Python's standard library only."""
import json
import sys

SURE = 0.4  # confidence from which the rules call a red spot a seal (daemon/rules.hpp)
KINDS = {"form": "form", "letter": "commitment", "certificate": "certificate", "other": "other"}


def overlap(a, b):
    w = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    h = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return max(0, w) * max(0, h)


def matched(seal, others):
    def near(other):
        least = min(seal["box"][2] * seal["box"][3], other["box"][2] * other["box"][3])
        return overlap(seal["box"], other["box"]) / max(1, least)
    best = max(others, key=near, default=None)
    return best if best is not None and near(best) > 0.5 else None


def edits(a, b):
    row = list(range(len(b) + 1))
    for i, c in enumerate(a):
        left, row[0] = row[0], i + 1
        for j, d in enumerate(b):
            left, row[j + 1] = row[j + 1], min(row[j + 1] + 1, row[j] + 1, left + (c != d))
    return row[-1]


def folded(text):
    return text.replace("（", "").replace("）", "").replace("(", "").replace(")", "").replace("O", "0").replace("I", "1")


class Count:
    """How many of how many, and which were not."""

    def __init__(self):
        self.good, self.all, self.wrong = 0, 0, []

    def add(self, good, what=""):
        self.good += bool(good)
        self.all += 1
        if not good:
            self.wrong.append(what)


class Table:
    def __init__(self):
        self.rows = {}

    def add(self, row, good, what=""):
        self.rows.setdefault(row, Count()).add(good, what)

    def tell(self, row, aim):
        c = self.rows.get(row, Count())
        share = f"{100 * c.good / c.all:.1f} %" if c.all else "-"
        print(f"| {row} | {c.good}/{c.all} | {share} | {aim} |")


def seals(page, table):
    truth, readable = page["truth"], page["truth"]["readable"]
    if not readable:
        return
    where = f"{truth['file']} {truth['camera']}"
    for seal in truth["seals"]:
        found = matched(seal, page["seals"])
        asked = seal["red"] or truth["paper"] == "form"
        if not asked:
            continue
        sure = found is not None and (found["confidence"] >= SURE or not found["red"])
        row = "seals present: recall" if seal["state"] in ("clean", "worn", "pasted") else "faint, partial or double seals: recall"
        if not seal["red"]:
            row = "grey seals of copied forms: recall"
        table.add(row, sure, f"{where} {seal['shape']} {seal['state']} " + (f"{found['confidence']:.2f}" if found else "not seen"))
        if found:
            table.add("shape of seals", ("round", "oval", "square")[found["shape"]] == seal["shape"], f"{where} {seal['shape']}")
            if seal["of"] == "registrant" and seal["red"]:
                table.add("pasted pictures told" if seal["state"] == "pasted" else "ink told from pictures", found["pasted"] == (seal["state"] == "pasted"), f"{where} {seal['state']}")
    for found in page["seals"]:
        if found["confidence"] >= SURE and found["red"]:
            table.add("seals present: precision", matched(found, truth["seals"]) is not None, f"{where} {found['confidence']:.2f} {found['box']} {truth.get('things')}")
        elif not found["red"] and truth["paper"] in ("form", "letter"):
            table.add("grey seals: precision", matched(found, truth["seals"]) is not None, f"{where} {found['confidence']:.2f} {found['box']}")


def names(page, table, errors):
    truth = page["truth"]
    for one in page["names"]:
        seal = one["seal"]
        good = truth["readable"] and seal["legible"] and seal["radius"] >= 110
        where = f"{truth['file']} {truth['camera']} {seal['face']} r{seal['radius']:.0f} {seal['state']} {seal['line']} {one['claimed']}: {one['score']:.2f} {one['text']}"
        if seal["shape"] == "round":
            row = "name confirmed, round, readable, r >= 110" if good else "name confirmed, round, smaller or worse"
            if good:
                errors.append((edits(folded(seal["text"]), folded(one["free"])), len(folded(seal["text"])), where + " / " + one["free"]))
        else:
            row = f"name confirmed, {seal['shape']}" + ("" if good else ", smaller or worse")
        table.add(row, one["name"] == "matches", where)
        if good and seal["shape"] != "square" and "star" in seal:
            inside = one["inside"]
            table.add("star told, or that there is none", inside["star"] == seal["star"], where)
            if seal["line"]:
                table.add("line beneath the star", inside["line"] == seal["line"], f"{where} / {inside['line']}")
            table.add("no wrong line", inside["line"] in ("", seal["line"]), f"{where} / {inside['line']}")
        table.add("true name not called another", one["name"] != "differs", where)
        for rival in one.get("rivals", []):
            table.add("near wrong name refused", rival["name"] != "matches", f"{where} <- {rival['claimed']} {rival['score']:.2f}")
            if good:
                table.add("near wrong name called another (readable)", rival["name"] == "differs")


def numbers(page, table):
    truth = page["truth"]
    if not truth["readable"]:
        return
    where = f"{truth['file']} {truth['camera']} {truth['drawn']}"
    for number in truth["numbers"]:
        kind = {"citizen": "citizen numbers", "uscc": "USCC", "orgcode": "organisation codes", "licence": "old licence numbers"}[number["type"]]
        seen = [n["text"] for n in page["numbers"]]
        table.add(f"{kind} of certificates, exact", page["agreement"]["id_number"] is True, f"{where} {number['number']} {seen}")
    if truth["paper"] == "certificate":
        table.add("number not called another", page["agreement"]["id_number"] is not False, f"{where} {truth['numbers']} {[n['text'] for n in page['numbers']]}")
        if truth["name"]:
            distance = edits(folded(truth["name"]), folded(page["name"]))
            table.add("holder's name of certificates", distance <= 0.2 * len(truth["name"]), f"{where} {truth['name']} / {page['name']}")
        if truth["valid_until"]:
            table.add("end of validity", page["valid_until"] == truth["valid_until"], f"{where} {truth['valid_until']} / {page['valid_until']}")
            table.add("no wrong end of validity", page["valid_until"] in ("", truth["valid_until"]), f"{where} {truth['valid_until']} / {page['valid_until']}")
    if truth["paper"] == "form":
        for key in ("platform", "registrant", "id_number", "manager_id", "form"):
            row = "citizen numbers of forms" if key == "manager_id" else f"form's {key}"
            table.add(row + " confirmed", page["agreement"][key] is True, f"{where} {page['agreement'][key]}")
            table.add("form's own data not called another", page["agreement"][key] is not False, f"{where} {key}")


def unasked(page, table):
    """Certificates that nothing is expected of, as `dengji see` looks at them."""
    truth, seen = page["truth"], page.get("see")
    if not truth["readable"] or seen is None:
        return
    where = f"{truth['file']} {truth['camera']} {truth['drawn']}"
    read = [n["text"] for n in seen["numbers"]]
    for number in truth["numbers"]:
        table.add(f"see: {number['type']}", number["number"] in read, f"{where} {number['number']} {read}")
    known = [n["number"] for n in truth["numbers"]]
    for number in seen["numbers"]:
        if number["agreed"] and not truth["two"]:
            table.add("see: a sure number is right", number["text"] in known, f"{where} {known} {number['text']}")
    for key, row in (("name", "holder's name"), ("legal", "legal representative")):
        if truth[key]:
            said = seen["legal_name" if key == "legal" else "name"]
            table.add(f"see: {row}, exact", folded(truth[key]) == folded(said), f"{where} {truth[key]} / {said}")
            table.add(f"see: no wrong {row}", folded(said) in ("", folded(truth[key])), f"{where} {truth[key]} / {said}")
    if truth["valid_until"]:
        table.add("see: end of validity", seen["valid_until"] == truth["valid_until"], f"{where} {truth['valid_until']} / {seen['valid_until']}")
        table.add("see: no wrong end of validity", seen["valid_until"] in ("", truth["valid_until"]), f"{where} {truth['valid_until']} / {seen['valid_until']}")


def acceptance(page, table):
    truth = page["truth"]
    where = f"{truth['file']} {truth['camera']} {truth['drawn']}"
    keys = ("id_number", "manager_id", "platform") if truth["paper"] == "form" else ("id_number",)
    for key in keys:
        one = key == "platform" and edits(truth["platform"], truth["near"][key]) == 1
        row = "platforms wrong by one character refused" if one else "near wrong numbers and platforms refused"
        table.add(row, page["wrong"][key] is not True, f"{where} {key} {truth['near'][key]}")


def measure(pages):
    table, errors, spent = Table(), [], []
    for page in pages:
        truth = page["truth"]
        where = f"{truth['file']} {truth['camera']} {truth['drawn']}"
        spent.append(page["ms"])
        table.add("unreadable told" if not truth["readable"] else "readable told", page["readable"] == truth["readable"],
                  f"{where} {page['why']} sharp {page['sharpness']:.2f} contrast {page['contrast']:.2f} height {page['text_height']:.1f}")
        if truth["readable"]:
            kinds = [KINDS[truth["paper"]]] + (["commitment"] if truth["two"] else [])
            table.add("kind of page", page["kind"] in kinds, f"{where} {page['kind']}")
            if truth["paper"] == "form":
                table.add("which form", page["form"] == truth["form"], f"{where} {page['form']}")
            if truth["paper"] == "certificate" and (page["kind"] == "certificate" or truth["two"]):
                table.add("which certificate", page["certificate"] == truth["certificate"], f"{where} {page['certificate']}")
        seals(page, table)
        names(page, table, errors)
        numbers(page, table)
        unasked(page, table)
        acceptance(page, table)
    return table, errors, spent


AIMS = [("seals present: recall", "99 %"), ("seals present: precision", "99 %"), ("faint, partial or double seals: recall", ""), ("grey seals of copied forms: recall", ""),
        ("grey seals: precision", ""), ("shape of seals", ""), ("pasted pictures told", ""), ("ink told from pictures", "99.5 %"),
        ("name confirmed, round, readable, r >= 110", "90 %, aim 98 %"), ("name confirmed, round, smaller or worse", ""), ("name confirmed, oval", ""),
        ("name confirmed, oval, smaller or worse", ""), ("near wrong name refused", "99.5 %"), ("true name not called another", "99.5 %"), ("near wrong name called another (readable)", ""),
        ("star told, or that there is none", ""), ("line beneath the star", ""), ("no wrong line", ""),
        ("citizen numbers of certificates, exact", "99 %"), ("citizen numbers of forms confirmed", "99 %"), ("USCC of certificates, exact", "98 %"),
        ("organisation codes of certificates, exact", "98 %"), ("old licence numbers of certificates, exact", "98 %"), ("number not called another", "100 %"),
        ("form's id_number confirmed", "98 %"), ("form's platform confirmed", ""), ("form's registrant confirmed", ""), ("form's form confirmed", ""),
        ("form's own data not called another", "100 %"), ("near wrong numbers and platforms refused", "100 %"), ("platforms wrong by one character refused", ""), ("kind of page", "99 %"), ("which form", ""), ("which certificate", "99 %"),
        ("holder's name of certificates", ""), ("end of validity", ""), ("no wrong end of validity", "100 %"), ("readable told", "97 %"), ("unreadable told", "97 %"),
        ("see: citizen", "99 %"), ("see: uscc", "98 %"), ("see: orgcode", "98 %"), ("see: licence", "98 %"), ("see: a sure number is right", "100 %"), ("see: holder's name, exact", ""),
        ("see: no wrong holder's name", ""), ("see: legal representative, exact", ""), ("see: no wrong legal representative", ""), ("see: end of validity", ""),
        ("see: no wrong end of validity", "100 %")]


def main():
    words = [w for w in sys.argv[1:] if w != "--wrong"]
    if len(words) != 1:
        sys.exit(__doc__)
    with open(words[0], encoding="utf-8") as file:
        pages = [json.loads(line) for line in file]
    table, errors, spent = measure(pages)
    print(f"{len(pages)} pages\n\n| what | right | share | asked |\n|---|---|---|---|")
    for row, aim in AIMS:
        table.tell(row, aim)
    wrong, length = sum(e[0] for e in errors), sum(e[1] for e in errors)
    print(f"| seal text read freely: character errors | {wrong}/{length} | {100 * wrong / max(1, length):.1f} % | 10 % |")
    print(f"\nCPU ms a page with its form's data: mean {sum(spent) / max(1, len(spent)):.0f}, worst {max(spent, default=0):.0f}")
    if "--wrong" in sys.argv:
        for row, _ in AIMS:
            for what in table.rows.get(row, Count()).wrong:
                print(f"{row}: {what}")
        for distance, _, what in errors:
            if distance:
                print(f"seal text {distance}: {what}")


main()
