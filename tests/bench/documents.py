#!/usr/bin/env python3
"""Documents per processor second and peak memory: our readers in one process, `dengji read`, antiword and `soffice
--convert-to`, each given the same .doc files in one call and in the same run, its start included. `dengji read` reads each
file in a confined child of its own, as a service must; so some files are also given to LibreOffice in a call each.

documents.py [--build build/dev] [--rounds 3] [--singly 10] [FILE ...]
By default the .doc files of tests/data/parsers and, where it is there, of ../shared/corpus/doc/poi. A round runs all in
turn; the middle one of the rounds is told. Needs: antiword, libreoffice-writer, time and a build without sanitizers."""
import argparse
import json
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

import measure
import office

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT / 'tests/data/parsers/documents', ROOT / 'tests/data/parsers/odd', ROOT / '../shared/corpus/doc/poi')


def ours(build, files):
    """Those with a line that tells no error."""
    cost = measure.run([build / 'bin/dengji', 'read', *files])
    if cost.status != 0:
        sys.exit(f'dengji read ended with {cost.status}: {cost.errors.decode()}')
    lines = [json.loads(line) for line in cost.output.splitlines()]
    return cost, sum('error' not in line for line in lines)


def in_one_process(build, files):
    cost = measure.run([build / 'bin/read_documents', *files])
    return cost, int(cost.output)


def antiword(files):
    cost = measure.run(['antiword', *files])
    return cost, sum(measure.run(['antiword', file]).status == 0 for file in files)


def libreoffice(files, at_once):
    """A first call, which makes the profile, is not counted."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as work:
        profile, out = Path(work) / 'profile', Path(work) / 'out'
        measure.run(office.command(profile, 'fodt', Path(work) / 'first', files[:1]))
        calls = [measure.run(office.command(profile, 'fodt', out, files[start:start + at_once]), 1800)
                 for start in range(0, len(files), at_once)]
        total = measure.Cost(sum(c.wall for c in calls), sum(c.cpu for c in calls), max(c.peak for c in calls), 0, b'', b'')
        return total, len(list(out.glob('*.fodt')))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--build', type=Path, default=ROOT / 'build/dev')
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--singly', type=int, default=10, help='files that LibreOffice is also given one by one')
    parser.add_argument('files', nargs='*', type=Path)
    args = parser.parse_args()
    files = args.files or [file for folder in FOLDERS for file in sorted(folder.glob('*.doc'))]
    lacking = measure.missing()
    readers = {'parsers': lambda: in_one_process(args.build, files), 'dengji': lambda: ours(args.build, files)}
    if shutil.which('antiword'):
        readers['antiword'] = lambda: antiword(files)
    else:
        lacking.append('antiword')
    if office.available():
        some = files[::max(1, len(files) // max(1, args.singly))][:args.singly]  # from all over the list
        readers['soffice'] = lambda: libreoffice(files, len(files))
        if some:
            readers[f'soffice*{len(some)}'] = lambda: libreoffice(some, 1)
    else:
        lacking.append('libreoffice-writer')
    if not (args.build / 'bin/dengji').exists():
        lacking.append(f'{args.build}/bin/dengji')
    if lacking:
        print('not measured, missing: ' + ', '.join(lacking))
    if 'time' in lacking or not (args.build / 'bin/dengji').exists():
        return
    report(files, in_turn(readers, args.rounds))


def in_turn(readers, rounds):
    results = {name: [] for name in readers}
    for _ in range(rounds):
        for name, read in readers.items():
            results[name].append(read())
    return results


def report(files, results):
    print(f'{len(files)} files')
    print(f'{"reader":10} {"read":>5} {"CPU s":>8} {"wall s":>8} {"documents/CPU s":>16} {"MiB":>6}')
    rates = {}
    for name, rounds in results.items():
        rates[name] = statistics.median(count / cost.cpu for cost, count in rounds)
        cpu, wall = (statistics.median(getattr(cost, key) for cost, _ in rounds) for key in ('cpu', 'wall'))
        peak = max(cost.peak for cost, _ in rounds)
        print(f'{name:10} {rounds[0][1]:5} {cpu:8.2f} {wall:8.2f} {rates[name]:16.1f} {peak:6.0f}')
    for other in (name for name in results if name not in ('parsers', 'dengji')):
        print(f'as many documents per CPU second as {other}: ' +
              ', '.join(f'{mine} {rates[mine] / rates[other]:.2f} times' for mine in ('parsers', 'dengji')))


if __name__ == '__main__':
    sys.exit(main())
