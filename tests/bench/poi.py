#!/usr/bin/env python3
"""Reads Apache POI's Word files with `dengji read`, a process a file, and compares the tables with LibreOffice's.

poi.py --cache FOLDER [--build build/dev] [--folder ../shared/corpus/doc/poi] [--only NAME] [--verbose]
Of each file: crash, wall seconds, peak memory. A table agrees when it has the same rows with the same cells in each (spans are
told apart, since a span depends on what counts as one grid line); texts are compared without white space. Files older than
Word 97 are compared, but do not count. LibreOffice's conversions stay in the cache. Needs: libreoffice-writer, time."""
import argparse
import json
import re
import struct
import sys
import unicodedata
from pathlib import Path

import measure
import office

ROOT = Path(__file__).resolve().parents[2]
BOXES = '\u2610\u2611\u25a1\u25a0\u25cf\u2713\u2717\ufffc'  # the last: a symbol that means nothing
OLDER = range(0x20, 0xC1)  # versions of a Word file before 97 ([MS-DOC] 2.5.2, nFib)


def older_than_97(file):
    """By the information block that begins some small sector: its mark and version."""
    data = file.read_bytes()
    for at in range(0, len(data) - 4, 64):
        mark, version = struct.unpack_from('<HH', data, at)
        if mark in (0xA5DB, 0xA5DC, 0xA5EC, 0xA697, 0xA698, 0xA699):
            return version in OLDER
    return False


def shape(table):
    return [[[shape(nested) for nested in cell['tables']] for cell in row] for row in table['rows']]


def spans(table):
    return [[(cell['colspan'], cell['rowspan'], [spans(nested) for nested in cell['tables']]) for cell in row]
            for row in table['rows']]


def plain(text):
    """What is left when white space, characters that no eye sees, and check boxes (controls in LibreOffice) do not count."""
    kept = (c for c in unicodedata.normalize('NFKC', text) if not c.isspace() and c not in BOXES)
    return ''.join(c for c in kept if unicodedata.category(c) not in ('Cf', 'Co', 'Cc'))


def texts(table):
    return [[(plain(cell['text']), [texts(nested) for nested in cell['tables']]) for cell in row] for row in table['rows']]


def same(ours, theirs, view):
    """The same tables, wherever they stand: text boxes come last in ours."""
    return sorted(repr(view(each)) for each in ours) == sorted(repr(view(each)) for each in theirs)


def agreement(ours, theirs):
    if not same(ours, theirs, shape):
        return 'cells'
    if not same(ours, theirs, spans):
        return 'spans'
    return 'same' if same(ours, theirs, texts) else 'texts'


def sketch(table):
    """A row a line: each cell's text, spans and nested tables."""
    lines = []
    for row in table['rows']:
        cells = []
        for cell in row:
            text = re.sub(r'\s+', ' ', cell['text'])[:24]
            text += f'>{cell["colspan"]}' * (cell['colspan'] > 1) + f'v{cell["rowspan"]}' * (cell['rowspan'] > 1)
            cells.append(text + ''.join('{' + sketch(nested).replace('\n', '/') + '}' for nested in cell['tables']))
        lines.append('| ' + ' | '.join(cells) + ' |')
    return '\n'.join(lines)


def show(name, tables):
    print(f'  {name}: {len(tables)} tables')
    for table in tables:
        print('    ' + sketch(table).replace('\n', '\n    '))
        print('    -')


def read(build, file):
    cost = measure.run([build / 'bin/dengji', 'read', file], 60)
    try:
        return cost, json.loads(cost.output)
    except ValueError:
        return cost, {'error': f'crashed: status {cost.status}'}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--build', type=Path, default=ROOT / 'build/dev')
    parser.add_argument('--folder', type=Path, default=ROOT / '../shared/corpus/doc/poi')
    parser.add_argument('--cache', type=Path, required=True)
    parser.add_argument('--only', default='')
    parser.add_argument('--verbose', action='store_true', help='show both tables of what differs')
    args = parser.parse_args()
    files = sorted(f for f in args.folder.glob('*.doc*') if args.only in f.name)
    lacking = measure.missing() + ([] if office.available() else ['libreoffice-writer'])
    if not files or lacking:
        print(f'nothing measured: {"missing " + ", ".join(lacking) if lacking else f"no documents in {args.folder}"}')
        return
    references = office.convert(files, args.cache)
    costs, verdicts, crashed = {}, {}, []
    for file in files:
        cost, ours = read(args.build, file)
        costs[file] = cost
        if cost.status != 0 or 'error' in ours and 'child' in ours['error']:
            crashed.append(f'{file.name}: {ours.get("error")}')
        if references[file] is None:
            verdicts[file] = ('no reference', ours.get('error', ''))
            continue
        theirs = office.tables(references[file])
        if file.suffix == '.doc' and older_than_97(file):
            verdicts[file] = ('older', ours.get('error') or agreement(ours['tables'], theirs))
        elif 'error' in ours:
            verdicts[file] = ('unread' if theirs else 'refused', ours['error'])
        elif not theirs and not ours['tables']:
            verdicts[file] = ('no tables', '')
        else:
            verdicts[file] = (agreement(ours['tables'], theirs), '')
            if args.verbose and verdicts[file][0] != 'same':
                print(f'{file.name}: {verdicts[file][0]}')
                show('ours', ours['tables'])
                show('LibreOffice', theirs)
    report(verdicts, costs, crashed)


def report(verdicts, costs, crashed):
    for suffix in ('.doc', '.docx'):
        mine = {file: verdict for file, verdict in verdicts.items() if file.suffix == suffix}
        print(f'{suffix}: {len(mine)} files')
        for kind in ('same', 'texts', 'spans', 'cells', 'unread', 'refused', 'older', 'no tables', 'no reference'):
            these = sorted((file.name, why) for file, (verdict, why) in mine.items() if verdict == kind)
            print(f'  {kind:12} {len(these):4}')
            for name, why in these:
                if kind not in ('same', 'no tables'):
                    print(f'      {name}  {why}')
        counted = [verdict for verdict, _ in mine.values() if verdict in ('same', 'texts', 'spans', 'cells', 'unread')]
        agreed = sum(verdict in ('same', 'texts', 'spans') for verdict in counted)
        if counted:
            print(f'  same rows and cells: {agreed} of {len(counted)} ({100 * agreed / len(counted):.1f} %)')
    slow = max(costs, key=lambda file: costs[file].wall)
    dear = max(costs, key=lambda file: costs[file].cpu)
    large = max(costs, key=lambda file: costs[file].peak)
    print(f'longest {costs[slow].wall:.2f} s ({slow.name}), most processor time {costs[dear].cpu:.2f} s ({dear.name}), '
          f'most memory {costs[large].peak:.0f} MiB ({large.name})')
    print(f'crashes: {len(crashed)}')
    for each in crashed:
        print(f'  {each}')


if __name__ == '__main__':
    sys.exit(main())
