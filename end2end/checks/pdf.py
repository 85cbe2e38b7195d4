"""Tells as JSON what a PDF is to those who hear it, print it or scan it, read by programs that are not ours.

python pdf.py FILE.pdf. Needs pikepdf, zxing-cpp and pillow, and poppler's pdftoppm and pdftotext.
"""

import json
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

import pikepdf
import zxingcpp
from PIL import Image
from pikepdf import Array, Dictionary, Name

# Operators that leave something on the page (ISO 32000-1, annex A).
PAINTING = {"f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do", "BI", "INLINE IMAGE", "Tj", "TJ", "'", '"'}


def main(path):
    with pikepdf.open(path) as pdf:
        root, info = pdf.Root, pdf.trailer.get("/Info", Dictionary())
        xmp = pdf.open_metadata()
        pages = [page_content(page) for page in pdf.pages]
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
        used = []
        tags = children(root.StructTreeRoot.get("/K"), pages, numbers, None, used)
        told = {
            "language": str(root.get("/Lang", "")),
            "title": str(info.get("/Title", "")),
            "shows_title": bool(root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False)),
            "pdfua": str(xmp.get("pdfuaid:part", "")),
            "marked": bool(root.get("/MarkInfo", Dictionary()).get("/Marked", False)),
            "dates": [key for key in ("/CreationDate", "/ModDate") if key in info] + [key for key in xmp if "Date" in key],
            "pages": len(pages),
            "bookmarks": bookmarks(pdf),
            "fonts": fonts(pdf),
            "tags": tags,
            # Painted without a tag and without being called an artifact.
            "loose": sum(page["loose"] for page in pages),
            # Marked as content, but nowhere in the tree, or there twice.
            "unread": [[n, mcid] for n, page in enumerate(pages) for mcid in page["marked"] if used.count((n, mcid)) != 1],
            "artifacts": [page["artifacts"] for page in pages],
            "links": [str(link.A.URI) for page in pdf.pages for link in page.get("/Annots", [])],
        }
    told["codes"] = codes(path)
    told["words"] = words(path)
    json.dump(told, sys.stdout, ensure_ascii=False)


def page_content(page):
    """The text of each marked content, the text of artifacts, and how often something was painted outside both."""
    read = {"marked": {}, "artifacts": "", "loose": 0}
    letters = {name: to_unicode(font) for name, font in page.get("/Resources", {}).get("/Font", {}).items()}
    # Of each open sequence: its number, "artifact", or nothing; and the text said to stand for its glyphs.
    open_sequences, font = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        operator = str(operator)
        if operator in ("BDC", "BMC"):
            properties = operands[1] if len(operands) > 1 else Dictionary()
            if isinstance(properties, Name):
                properties = page.Resources.Properties[properties]
            mark = "artifact" if operands[0] == "/Artifact" else properties.get("/MCID")
            said = properties.get("/ActualText")
            open_sequences.append((mark, said))
            if isinstance(mark, int):
                read["marked"].setdefault(mark, "")
            if said is not None:
                write(read, open_sequences, str(said))
        elif operator == "EMC":
            open_sequences.pop()
        elif operator == "Tf":
            font = letters[str(operands[0])]
        elif operator in PAINTING:
            if all(mark is None for mark, _ in open_sequences):
                read["loose"] += 1
            if operator in ("Tj", "TJ") and all(said is None for _, said in open_sequences):
                parts = operands[0] if operator == "TJ" else operands
                for part in parts:
                    if isinstance(part, pikepdf.String):
                        write(read, open_sequences, decode(bytes(part), font))
    return read


def write(read, open_sequences, text):
    marks = [mark for mark, _ in open_sequences if mark is not None]
    if marks and marks[-1] == "artifact":
        read["artifacts"] += text
    elif marks:
        read["marked"][marks[-1]] += text


def to_unicode(font):
    """From two-byte codes to text (ISO 32000-1, 9.10.3)."""
    cmap = font.ToUnicode.read_bytes().decode("latin1")
    text = lambda hexadecimal: bytes.fromhex(hexadecimal).decode("utf-16-be")
    letters = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, letter in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            letters[int(code, 16)] = text(letter)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.S):
        for first, last, letter in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                letters[int(first, 16) + step] = text(letter)[:-1] + chr(ord(text(letter)[-1]) + step)
    return letters


def decode(codes, letters):
    return "".join(letters.get(codes[at] << 8 | codes[at + 1], "\ufffd") for at in range(0, len(codes), 2))


def children(kids, pages, numbers, page, used):
    """The tree as a reader hears it: each tag with its text, what it is called instead of its picture, and its parts."""
    if kids is None:
        return []
    told = []
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, int):
            used.append((page, kid))
            told.append({"text": pages[page]["marked"][kid]})
        elif kid.get("/Type") == "/MCR":
            of = numbers[kid.Pg.objgen]
            used.append((of, int(kid.MCID)))
            told.append({"text": pages[of]["marked"][int(kid.MCID)]})
        elif kid.get("/Type") == "/OBJR":
            told.append({"link": str(kid.Obj.A.URI)})
        else:
            of = numbers[kid.Pg.objgen] if "/Pg" in kid else page
            tag = {"tag": str(kid.S)[1:]}
            for name, key in (("alt", "/Alt"), ("title", "/T"), ("language", "/Lang")):
                if key in kid:
                    tag[name] = str(kid[key])
            attributes = kid.get("/A", Array([]))
            for attribute in attributes if isinstance(attributes, Array) else [attributes]:
                if "/Scope" in attribute:
                    tag["scope"] = str(attribute.Scope)[1:]
            parts = children(kid.get("/K"), pages, numbers, of, used)
            tag["text"] = "".join(part["text"] for part in parts if set(part) == {"text"})
            tag["parts"] = [part for part in parts if set(part) != {"text"}]
            told.append(tag)
    return told


def bookmarks(pdf):
    with pdf.open_outline() as outline:
        return [item.title for item in outline.root]


def fonts(pdf):
    """Names, and whether each is in the file."""
    found = {}
    for page in pdf.pages:
        for font in page.get("/Resources", {}).get("/Font", {}).values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            found[str(font.BaseFont)[1:]] = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return found


def codes(path):
    """What each code says, page for page, when the page is photographed."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", "150", "-gray", "-png", path, f"{folder}/page"], check=True)
        read = []
        for picture in sorted(Path(folder).glob("*.png")):
            found = zxingcpp.read_barcodes(Image.open(picture), formats=zxingcpp.BarcodeFormat.QRCode)
            found.sort(key=lambda code: (round(code.position.top_left.y, -2), code.position.top_left.x))
            read.append([code.text for code in found])
        return read


def words(path):
    """Each word with its place on the page: left, top, right and bottom in points."""
    html = subprocess.run(["pdftotext", "-bbox", path, "-"], check=True, capture_output=True).stdout
    space = "{http://www.w3.org/1999/xhtml}"
    pages = ET.fromstring(html).iter(f"{space}page")
    sides = ("xMin", "yMin", "xMax", "yMax")
    return [[[word.text, *(float(word.get(side)) for side in sides)] for word in page.iter(f"{space}word")] for page in pages]


main(sys.argv[1])
