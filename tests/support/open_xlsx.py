#!/usr/bin/python3
"""open_xlsx.py FILE: the workbook as python3-openpyxl reads it, one JSON object: {sheet: [[[value, type]]]}; types are
openpyxl's: s a text, n a number, f a formula."""
import json
import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1])
print(json.dumps({sheet.title: [[[cell.value, cell.data_type] for cell in row] for row in sheet.iter_rows()] for sheet in book}))
