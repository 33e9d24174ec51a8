"""LibreOffice as a second reader of documents: conversions kept in a cache folder, and the tables of its flat XML (.fodt)
in the shape in which `dengji read` prints its own."""
import shutil
import subprocess
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

TABLE = '{urn:oasis:names:tc:opendocument:xmlns:table:1.0}'
TEXT = '{urn:oasis:names:tc:opendocument:xmlns:text:1.0}'
OFFICE = '{urn:oasis:names:tc:opendocument:xmlns:office:1.0}'
DRAW = '{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}'
# Not the text of the body: what was deleted, notes, comments, charts with their numbers.
ASIDE = {TEXT + 'tracked-changes', TEXT + 'note', OFFICE + 'annotation', OFFICE + 'binary-data', DRAW + 'object'}
BATCH = 20


def available():
    return shutil.which('soffice') is not None


def command(profile, kind, folder, files):
    return ['soffice', f'-env:UserInstallation=file://{profile}', '--headless', '--convert-to', kind, '--outdir', folder,
            *files]


def convert(files, cache, seconds=120):
    """file -> its .fodt in the cache, or None where LibreOffice gave none; converts what is not there yet. In batches,
    then what a batch left out (a file that ends the program takes the rest of its batch along) one by one."""
    made = {file: cache / file.suffix[1:] / (file.stem + '.fodt') for file in files}
    for size in (BATCH, 1):
        for folder in sorted({path.parent for path in made.values()}):
            folder.mkdir(parents=True, exist_ok=True)
            missing = [file for file, path in made.items()
                       if path.parent == folder and not (path.exists() or gave_up(path))]
            for start in range(0, len(missing), size):
                batch = missing[start:start + size]
                print(f'converting {len(batch)} files from {batch[0].name} on', file=sys.stderr)
                try:
                    subprocess.run(command(cache.resolve() / 'profile', 'fodt', folder, batch),
                                   timeout=seconds * len(batch), stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                except subprocess.TimeoutExpired:
                    pass
    for path in made.values():
        if not path.exists():
            gave_up(path, True)
    return {file: path if path.exists() else None for file, path in made.items()}


def gave_up(path, now=False):
    """Whether LibreOffice was seen to give no output for this one, in an earlier run."""
    mark = path.with_suffix('.none')
    if now:
        mark.touch()
    return mark.exists()


def tables(fodt):
    body = xml.parse(fodt).getroot().find(OFFICE + 'body')
    if body is None:
        return []
    drop_deletions(body)
    return [table(each) for each in outermost(body, TABLE + 'table')]


def drop_deletions(body):
    """Deleted text that is still shown stands between two marks, which may be paragraphs and cells apart."""
    deletions = {region.get(TEXT + 'id') for region in body.iter(TEXT + 'changed-region')
                 if region.find(TEXT + 'deletion') is not None}
    open_ones = set()

    def walk(element):
        if element.tag == TEXT + 'change-start':
            open_ones.update({element.get(TEXT + 'change-id')} & deletions)
        if element.tag == TEXT + 'change-end':
            open_ones.discard(element.get(TEXT + 'change-id'))
        if open_ones:
            element.text = None
        for child in element:
            walk(child)
            if open_ones:
                child.tail = None

    walk(body)


def outermost(element, wanted):
    """The nearest descendants of that name, in document order."""
    for child in element:
        if child.tag == wanted:
            yield child
        elif child.tag not in ASIDE:
            yield from outermost(child, wanted)


def table(element):
    rows = []
    for row in outermost(element, TABLE + 'table-row'):
        cells = [cell(each) for each in row if each.tag == TABLE + 'table-cell'
                 for _ in range(repeats(each, 'number-columns-repeated'))]
        rows += [cells] * repeats(row, 'number-rows-repeated')
    return {'rows': rows}


def repeats(element, name):
    return min(1000, int(element.get(TABLE + name, 1)))


def cell(element):
    return {'text': paragraphs(element), 'colspan': repeats(element, 'number-columns-spanned'),
            'rowspan': repeats(element, 'number-rows-spanned'),
            'tables': [table(each) for each in outermost(element, TABLE + 'table')]}


def paragraphs(element):
    out = ''
    for child in element:
        if child.tag in ASIDE or child.tag == TABLE + 'table':
            continue
        if child.tag in (TEXT + 'p', TEXT + 'h'):
            out += inline(child) + '\n'
        else:
            out += paragraphs(child)
    return out.rstrip('\n')


def inline(element):
    out = element.text or ''
    for child in element:
        if child.tag == TEXT + 's':
            out += ' ' * int(child.get(TEXT + 'c', 1))
        elif child.tag in (TEXT + 'tab', TEXT + 'line-break'):
            out += '\t' if child.tag == TEXT + 'tab' else '\n'
        elif child.tag not in ASIDE and child.tag != TABLE + 'table':
            out += inline(child)
        out += child.tail or ''
    return out
