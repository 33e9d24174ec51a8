#!/usr/bin/env python3
"""look_at_xlsx.py FILE SHEETS: fails unless FILE is a workbook of so many sheets, each part well-formed XML and no cell a
formula. Python's own zip and XML, no other reader."""
import sys
import xml.etree.ElementTree as tree
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def main(path, count):
    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None, "a part is damaged"
        parts = {name: tree.fromstring(book.read(name)) for name in book.namelist() if name.endswith((".xml", ".rels"))}
    for needed in ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"):
        assert needed in parts, needed
    names = [sheet.get("name") for sheet in parts["xl/workbook.xml"].iter(MAIN + "sheet")]
    assert len(names) == count and names[0] == "汇总", names
    for number in range(1, count + 1):
        sheet = parts[f"xl/worksheets/sheet{number}.xml"]
        assert not list(sheet.iter(MAIN + "f")), "a formula"
        assert number == 1 or {cell.get("t") for cell in sheet.iter(MAIN + "c")} <= {"inlineStr", "s"}, "not a text"


main(sys.argv[1], int(sys.argv[2]))
