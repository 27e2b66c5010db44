"""Makes the PDF, DOCX and HTML files of this folder out of the text samples one folder up.

Developers run it after a change of a sample; tests only read what it made:

    python3 tests/dialects/kontor/lav.py [NN ...]

It needs LibreOffice (soffice), Chromium, Pandoc and the Python packages python-docx, typst and weasyprint. What is a
heading is taken from the sample's `.expected`; page headers typed into a sample become real ones. Every file is made by
a program that people use (only two web pages, "page" below, are this script's own), with fonts, margins and page sizes
that make sentences break over lines and pages.
"""

import html
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import docx
import typst
import weasyprint
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

HERE = pathlib.Path(__file__).resolve().parent
FURNITURE = re.compile(r"Side \d+ af \d+$")
MARKER = re.compile(r"(?:[-•]|\d{1,2}\.|[a-z]\))\s+(?=\S)")
LEADERS = re.compile(r"^(.*?)\s*\.{4,}\s*(\d+)$")
LABEL = re.compile(r"^((?:[A-ZÆØÅ]\w+ )?[A-ZÆØÅ]?[\wæøå.]+:)( .*)?$")
GROUPS = ("LUKKEDE SAGER", "Bilagsoversigt")
MONTHS = "januar februar marts april maj juni juli august september oktober november december".split()
# Per sample: what runs at the top and the foot of every page, and the programs that make PDF, DOCX and HTML.
PLAN = {
    "01": ("Byrådet 14. maj 2026", "Side {page}", "chromium", "pandoc", "pandoc"),
    "02": ("Børneudvalget 03-06-2026", "{page}/{pages}", "typst", "python-docx", "libreoffice"),
    "06": ("Udvalget for Rekruttering", "Side {page} af {pages}", "weasyprint", "libreoffice", "page"),
    "19": ("Elmebæk Kommune – HovedUdvalget", "- {page} -", "libreoffice", "python-docx", "libreoffice"),
    "21": ("HMU for Socialområdet", "Side {page}", "typst", "libreoffice", "pandoc"),
    "22": ("Klitbæk Kommune   Hovedudvalget   22-04-2026", "Side {page} af {pages}", "libreoffice", "python-docx", "page"),
}


def blocks(text, expected):
    """The sample as headings, paragraphs, lists and tables."""
    sections = {line.split(" | ")[1] for line in expected if re.match(r"  [a-z-]+ \|", line)}
    subheadings = {line.split(" | ", 1)[1] for line in expected if line.startswith("    subheading")}
    titles = [line.split(" | ")[:2] for line in expected if line.count(" | ") == 4 and not line.startswith(" ")]
    lines = [line for line in text.split("\n") if not FURNITURE.search(line)]
    # A blank line that a page break left in the middle of a sentence goes with it.
    text = re.sub(r"(?<=[^\s.:!?])(?:\n{3,})(?=\s*[a-zæøå])", "\n", "\n".join(lines))
    text = re.sub(r"(?<=[a-zæøå])-\n(?=[a-zæøå])", "", text)
    form = "Ad {}. {}" if f"\nAd 1. {titles[0][1]}" in text else "{}. {}"
    out, last, fresh = [], "", True
    for line in text.split("\n"):
        body = line.strip()
        leaders, marker = LEADERS.match(body), MARKER.match(body)
        heading = bool(titles) and not leaders and body == form.format(*titles[0])
        ordinal = marker and body[marker.end() :].split(" ")[0] in MONTHS
        goes_on = len(last) >= 50 and not re.search(r"[.:!?]$", last) and (body[:1].isalpha() or ordinal)
        if not body:
            fresh = True
            continue
        if heading:
            titles.pop(0)
            out.append(["h2", body])
        elif body in GROUPS:
            out.append(["h2", body])
        elif body in sections and body != "-":
            out.append(["h3", body])
        elif body in subheadings:
            out.append(["h4", body])
        elif leaders:
            append(out, "toc", [leaders[1], leaders[2]], fresh)
        elif "\t" in line:
            append(out, "table", line.split("\t"), fresh)
        elif (goes_on or (ordinal and out[-1][0] != "p")) and not fresh and out[-1][0] in ("p", "ul", "ol", "al"):
            kind, content = out[-1]
            if kind == "p":
                out[-1][1] = f"{content} {body}"
            else:
                content[-1] += f" {body}"
        elif marker and not ordinal and counts(out, body):
            kind = {"-": "ul", "•": "ul"}.get(body[0], "ol" if body[0].isdigit() else "al")
            append(out, kind, body[marker.end() :], fresh and not (out and out[-1][0] == kind))
        else:
            out.append(["p", body])
        last, fresh = body, False
    for block in out[: next(place for place, block in enumerate(out) if block[0] == "h2")]:
        if block[0] == "p" and (block is out[0] or re.search(r"^(Referat|BESLUTNINGSPROTOKOL)", block[1])):
            block[0] = "h1"
    return out


def counts(out, body):
    """Whether a numbered line begins or continues a list: its numbers run from 1."""
    number = int(body.split(".")[0]) if body[0].isdigit() else 1
    running = len(out[-1][1]) if out[-1][0] == "ol" else 0
    return not body[0].isdigit() or number in (1, running + 1)


def append(out, kind, entry, fresh):
    if not fresh and out and out[-1][0] == kind or fresh and kind == "toc" and out and out[-1][0] == "toc":
        out[-1][1].append(entry)
    else:
        out.append([kind, [entry]])


def labelled(text):
    """A label such as "Konklusion:" and what follows it, for bold type."""
    found = LABEL.match(text)
    return (found[1], found[2] or "") if found else ("", text)


def as_html(content, title, style):
    def inline(text):
        label, rest = labelled(text)
        return (f"<strong>{html.escape(label)}</strong>" if label else "") + html.escape(rest)

    parts = []
    for kind, value in content:
        if kind == "toc":
            rows = (f'<li><span>{html.escape(name)}</span> <a href="#s{page}">{page}</a></li>' for name, page in value)
            parts.append('<ul class="indhold" style="list-style: none">' + "".join(rows).replace(" <a", '<span class="dots">.....</span><a') + "</ul>")
        elif kind == "table":
            rows = ("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in value)
            parts.append("<table>" + "\n".join(rows) + "</table>")
        elif kind in ("ul", "ol", "al"):
            tag = {"ul": "<ul>", "ol": "<ol>", "al": '<ol type="a" style="list-style-type: lower-alpha">'}[kind]
            parts.append(tag + "\n".join(f"<li>{inline(item)}</li>" for item in value) + f"</{tag[1:3]}>")
        else:
            parts.append(f"<{kind}>{inline(value) if kind == 'p' else html.escape(value)}</{kind}>")
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title><style>{style}</style>'
    return f'<!DOCTYPE html>\n<html lang="da"><head>{head}</head>\n<body>\n' + "\n".join(parts) + "\n</body></html>\n"


def page_css(header, footer, rest):
    shown = '"' + footer.replace("{page}", '" counter(page) "').replace("{pages}", '" counter(pages) "') + '"'
    return f'@page {{ @top-center {{ content: "{header}" }} @bottom-right {{ content: {shown} }} }} {rest}'


def page_field(paragraph, template):
    for piece in re.split(r"(\{page\}|\{pages\})", template):
        if piece.startswith("{"):
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), "PAGE" if piece == "{page}" else "NUMPAGES")
            paragraph._p.append(field)
        else:
            paragraph.add_run(piece)


def as_docx(content, header, footer, font, path):
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height, section.left_margin = Cm(14.8), Cm(21), Cm(2)
    section.right_margin = Cm(1.6)
    section.header.paragraphs[0].text = header
    page_field(section.footer.paragraphs[0], footer)
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        style = document.styles[name]
        style.font.name = font
        # The template's theme fonts would win, and each further font makes the PDF larger.
        for attribute in [key for key in style.element.rPr.rFonts.attrib if key.endswith("Theme")]:
            del style.element.rPr.rFonts.attrib[attribute]
    document.styles["Normal"].font.size = Pt(11)
    lists = {"ul": "List Bullet", "ol": "List Number", "al": "List Number 2"}
    for kind, value in content:
        if kind in ("h1", "h2", "h3"):
            document.add_heading(value, int(kind[1]))
        elif kind == "h4":
            document.add_paragraph().add_run(value).bold = True
        elif kind == "toc":
            for name, page in value:
                paragraph = document.add_paragraph(f"{name}\t{page}")
                paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(11), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        elif kind == "table":
            table = document.add_table(rows=0, cols=len(value[0]), style="Table Grid")
            widths = (Cm(4), Cm(4.7), Cm(2.2))
            for column, width in zip(table.columns, widths):
                column.width = width
            for row in value:
                cells = table.add_row().cells
                for cell, words, width in zip(cells, row, widths):
                    cell.text, cell.width = words, width
        elif kind in lists:
            restart = new_numbering(document, lists[kind]) if kind != "ul" else None
            for item in value:
                paragraph = document.add_paragraph(item, style=lists[kind])
                if restart is not None:
                    numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                    numbering.get_or_add_ilvl().val, numbering.get_or_add_numId().val = 0, restart
        else:
            label, rest = labelled(value)
            paragraph = document.add_paragraph()
            if label:
                paragraph.add_run(label).bold = True
            paragraph.add_run(rest)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.save(path)


def new_numbering(document, style):
    """A list of its own that begins at 1: the style alone would count through the whole document."""
    numbering = document.part.numbering_part.element
    of_style = document.styles[style].element.pPr.numPr.numId.val
    abstract = next(num for num in numbering.num_lst if num.numId == of_style).abstractNumId.val
    num = numbering.add_num(abstract)
    num.add_lvlOverride(ilvl=0).add_startOverride(1)
    return num.numId


def as_typst(content, header, footer, font, size):
    def words(text):
        label, rest = labelled(text)
        return (f"#strong({json.dumps(label, ensure_ascii=False)})" if label else "") + f"#({json.dumps(rest, ensure_ascii=False)})"

    shown = "".join(
        {"{page}": "#counter(page).display()", "{pages}": "#counter(page).final().first()"}.get(piece, f"#({json.dumps(piece)})")
        for piece in re.split(r"(\{page\}|\{pages\})", footer)
        if piece
    )
    parts = [
        f'#set page(paper: "a5", margin: 1.8cm, header: [{header}], footer: context [#h(1fr) {shown}])',
        f'#set text(font: "{font}", size: {size}pt, lang: "da", hyphenate: true)\n#set par(justify: true)',
    ]
    for kind, value in content:
        if kind[0] == "h":
            parts.append(f"{'=' * int(kind[1])} #({json.dumps(value, ensure_ascii=False)})")
        elif kind == "toc":
            parts += [f"{words(name)} #box(width: 1fr, repeat[.]) {page}" for name, page in value]
        elif kind == "table":
            cells = ", ".join(f"[{words(cell)}]" for row in value for cell in row)
            parts.append(f"#table(columns: (auto, 1fr, auto), {cells})")
        elif kind in ("ul", "ol", "al"):
            numbering = {"ol": '#set enum(numbering: "1.")', "al": '#set enum(numbering: "a)")'}.get(kind, "")
            mark = "-" if kind == "ul" else "+"
            parts.append(numbering + "\n" + "\n".join(f"{mark} {words(item)}" for item in value))
        else:
            parts.append(words(value))
    return "\n\n".join(parts) + "\n"


def run(*command, **options):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180, **options)


def soffice(source, target, kind, filter_name, work):
    profile = f"-env:UserInstallation=file://{work}/profile"
    read = ["--infilter=HTML (StarWriter)"] if source.suffix == ".html" else []
    run("soffice", profile, "--headless", *read, "--convert-to", f"{kind}:{filter_name}", "--outdir", work / "out", source)
    (work / "out" / f"{source.stem}.{kind}").replace(target)


def make(number, work):
    text_file = next(HERE.parent.glob(f"{number}-*.txt"))
    content = blocks(text_file.read_text(), text_file.with_suffix(".expected").read_text().split("\n"))
    header, footer, pdf_by, docx_by, html_by = PLAN[number]
    target = HERE / text_file.stem
    of = lambda suffix: target.with_name(f"{target.name}.{suffix}")
    look = "body { font-family: 'DejaVu Serif'; font-size: 12pt } h3 { font-size: 13pt } td { padding-right: 1em }"
    page = page_css(header, footer, f"@page {{ size: A5; margin: 2cm 1.5cm }} {look}")
    source = work / f"{target.name}.html"
    source.write_text(as_html(content, content[0][1], look))

    match docx_by:
        case "python-docx":
            as_docx(content, header, footer, "Liberation Serif" if number == "22" else "Liberation Sans", of("docx"))
        case "pandoc":
            run("pandoc", "-f", "html", "-t", "docx", "-o", of("docx"), source)
        case "libreoffice":
            soffice(source, of("docx"), "docx", "MS Word 2007 XML", work)
    match html_by:
        case "libreoffice":
            soffice(of("docx"), of("html"), "html", "HTML (StarWriter)", work)
        case "pandoc":
            run("pandoc", "-f", "docx", "-t", "html5", "--standalone", "--metadata", f"pagetitle={header}", "-o", of("html"), of("docx"))
        case "page":
            of("html").write_text(as_html(content, header, look))
    match pdf_by:
        case "chromium":
            source.write_text(as_html(content, header, page.replace("DejaVu Serif", "Liberation Sans")))
            quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
            run("chromium", "--headless", "--no-sandbox", "--disable-gpu", *quiet, f"--user-data-dir={work}/chromium",
                "--no-pdf-header-footer", f"--print-to-pdf={of('pdf')}", source.as_uri())
        case "weasyprint":
            hyphens = "p, li { hyphens: auto; text-align: justify }"
            weasyprint.HTML(string=as_html(content, header, page + hyphens)).write_pdf(of("pdf"))
        case "typst":
            font, size = ("Liberation Serif", 16) if number == "02" else ("Libertinus Serif", 10)
            (work / "a.typ").write_text(as_typst(content, header, footer, font, size))
            typst.compile(work / "a.typ", output=of("pdf"))
        case "libreoffice":
            soffice(of("docx"), of("pdf"), "pdf", "writer_pdf_Export", work)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for chosen in sys.argv[1:] or PLAN:
            make(chosen, pathlib.Path(folder))
            print(chosen, "made")
