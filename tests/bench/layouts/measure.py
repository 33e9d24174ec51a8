#!/usr/bin/env python3
"""How exactly forms are read in layouts, labels, ticks and dates that nobody tuned for: makes forms from seeds, has them read and tells the
share of right fields and places for each thing that is odd about a form.

measure.py READER [--seeds tune|measure] [--count 300] [--formats html,docx,rtf] [--keep FOLDER] [--show 20] [--least 0.995]
READER is build/.../bin/form_reader. Python's standard library only. Seeds to tune with and seeds to measure with are apart, and so are the
people, places and some labels in them."""
import argparse
import collections
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import documents  # noqa: E402
import maker  # noqa: E402

FIRST = {'tune': 1, 'measure': 1_000_000}


def norm(text):
    return re.sub(r'\s+', '', unicodedata.normalize('NFKC', text or ''))


def by_edges(form, places):
    """The columns of a format that tells edges: those that some cell's edge makes."""
    edges = [sorted({e for _, column, c in documents.grid(rows) for e in (column, column + c.colspan)}) for rows in documents.tables(form.document)]
    return {key: (t, r, edges[t].index(column)) for key, (t, r, column) in places.items()}


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument('reader')
    words.add_argument('--seeds', choices=FIRST, default='tune')
    words.add_argument('--first', type=int, default=0, help='the first seed of the set')
    words.add_argument('--count', type=int, default=300)
    words.add_argument('--formats', default='html,docx,rtf')
    words.add_argument('--keep')
    words.add_argument('--show', type=int, default=20)
    words.add_argument('--least', type=float, default=0)
    words = words.parse_args()
    folder = Path(words.keep or tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    formats = words.formats.split(',')
    made = {}
    for number in range(words.count):
        form = maker.Maker(FIRST[words.seeds] + words.first + number, words.seeds)
        kind = formats[number % len(formats)]
        if kind == 'rtf' and form.structure == 'nested':
            kind = 'docx'
        path = folder / f'{words.seeds}-{number}.{kind}'
        path.write_bytes(documents.WRITERS[kind](form.document))
        form.whole.add('format ' + kind)
        made[str(path)] = form
    out = subprocess.run([words.reader, *made], stdout=subprocess.PIPE, check=True).stdout.decode()
    right, total = collections.Counter(), collections.Counter()
    placed = collections.Counter()
    wrong = []
    for line in out.splitlines():
        got = json.loads(line)
        form = made[got['file']]
        fields = got.get('fields') or {}
        same_kind = got.get('form') == form.kind
        if not same_kind:
            wrong.append((got['file'], 'form', form.kind, str(got.get('form')), sorted(form.whole)))
        places = form.places()
        if got['file'].endswith('.rtf'):
            places = by_edges(form, places)
        for key in sorted(set(form.features) | set(form.truth) | set(fields)):
            want, have = form.truth.get(key), (fields.get(key) or {}).get('value')
            if want is None and have is None:
                continue
            good = norm(want) == norm(have) and same_kind
            for feature in form.features.get(key, set()) | form.whole | {'all', 'field ' + key, 'form ' + form.kind}:
                total[feature] += 1
                right[feature] += good
            if not good and same_kind:
                wrong.append((got['file'], key, want, have, sorted(form.features.get(key, set())) + [f for f in form.whole if 'layout' in f]))
            if good and key in places:
                placed['of'] += 1
                placed['right'] += tuple(fields[key]['place']) == places[key]
                if tuple(fields[key]['place']) != places[key]:
                    wrong.append((got['file'], key + ' place', places[key], fields[key]['place'], [f for f in form.whole if 'layout' in f]))
    for item in wrong[:words.show]:
        print(*item, sep=' | ')
    print(f'{"":40} right  of')
    for feature in sorted(total, key=lambda f: (right[f] / total[f], f)):
        if right[feature] < total[feature] or feature == 'all' or feature.startswith('layout'):
            print(f'{feature:40} {right[feature]:5} {total[feature]:5} {right[feature] / total[feature]:.4f}')
    print(f'places: {placed["right"]} of {placed["of"]}; forms: {words.count}; fields: {right["all"]} of {total["all"]} = {right["all"] / total["all"]:.4f}')
    return 0 if right['all'] / total['all'] >= words.least else 1


if __name__ == '__main__':
    sys.exit(main())
