"""Tells as JSON what stands in a workbook, and which cells a spreadsheet would calculate, for server/tests/organising.rs.

python xlsx.py FILE.xlsx. Needs openpyxl.
"""

import json
import sys

from openpyxl import load_workbook

book = load_workbook(open(sys.argv[1], "rb"))
rows = [row for sheet in book for row in sheet.iter_rows()]
told = {
    "sheets": book.sheetnames,
    "rows": [["" if cell.value is None else str(cell.value) for cell in row] for row in rows],
    "formulas": [cell.coordinate for row in rows for cell in row if cell.data_type == "f"],
    "links": [cell.coordinate for row in rows for cell in row if cell.hyperlink],
}
json.dump(told, sys.stdout, ensure_ascii=False)
