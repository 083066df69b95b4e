"""What is done to the finished HTML: tables that scroll in a box and name their headers, formulas in HTML outputs."""

import re

from bs4 import BeautifulSoup, NavigableString
from renderer import EAST_ASIAN, formula, mark_language

# As JupyterLab: HTML outputs may hold $…$ and $$…$$. A dollar after a backslash or before a space opens nothing.
MATH = re.compile(r"(?<!\\)\$\$(?P<block>.+?)(?<!\\)\$\$|(?<![\\$])\$(?![\s$])(?P<inline>[^$]+?)(?<![\\\s])\$(?!\d)", re.DOTALL)
# A notebook beside this one, or a page of the repository that has its counterpart among the reports.
NOTEBOOK = re.compile(r"(?:\./)?([\w.-]+)\.ipynb(#.*)?")
# A power of ten as programs print it, with the sign before it, and a percentage: a line may break at their hyphen or
# space, which tears them apart.
UNBROKEN = re.compile(r"(?<![\w.])(?:(?:[≤≥<>≈] ?)?[−-]?\d+(?:\.\d+)?e[+−-]\d+(?!\w)|[−-]?\d+(?:\.\d+)? %)")
PAGES = {"../README.md": "index.html", "../README.zh.md": "index.html", "../GLOSSARY.md": "glossary.html"}
VERBATIM = {"pre", "code", "script", "style", "textarea", "title"}


def tidy(html):
    soup = BeautifulSoup(html, "html.parser")
    for table in soup.select("main table"):
        tidy_table(soup, table)
    for output in soup.select("[data-mime-type='text/html']"):
        for text in output.find_all(string=True):
            tidy_text(text, output["data-cell"])
    for text in soup.select_one("main").find_all(string=UNBROKEN):
        keep_together(text)
    for link in soup.select("main a[href]"):
        link["href"] = page_of(link["href"])
    for image in soup.select("img[alt='']:not([role])"):
        image["role"] = "presentation"
    return str(soup)


def page_of(address):
    """Where a link leads in a folder of reports; addresses elsewhere stay as they are."""
    if found := NOTEBOOK.fullmatch(address):
        return f"{found[1]}.html{found[2] or ''}"
    return PAGES.get(address.partition("#")[0], address)


def tidy_table(soup, table):
    """Headers say what they head; the box around the table scrolls, the page does not."""
    for header in table.select("thead th:not([scope])"):
        header["scope"] = "col"
    for header in table.select("tbody th:not([scope])"):
        header["scope"] = "row"
    for header in table.select("thead th"):
        if not header.get_text(strip=True) and not header.find():
            header.name = "td"  # an empty header names nothing
            del header["scope"]
    mark_claims(soup, table)
    table.wrap(soup.new_tag("div", attrs={"class": "table-box scroll"}))


def mark_claims(soup, table):
    """A table of claims becomes cards on a phone, where each cell needs its header's name."""
    headers = [header.get_text(strip=True) for header in table.select("thead th")]
    if headers[:1] != ["claim"] or "statement" not in headers:
        return
    table["class"] = ["claims"]
    for row in table.select("tbody tr"):
        for header, cell in zip(headers, row.find_all(["td", "th"], recursive=False)):
            if header == "claim":
                break_after_slashes(soup, cell)
            if header not in ("claim", "statement"):
                cell["data-label"] = header


def break_after_slashes(soup, cell):
    """A claim's id, as 004/backward-8/saturation, may go on in the next line after each slash."""
    for text in cell.find_all(string=lambda text: "/" in text):
        *starts, end = text.split("/")
        pieces = [piece for start in starts for piece in (f"{start}/", soup.new_tag("wbr"))]
        text.replace_with(*pieces, end)


def tidy_text(text, cell):
    """One text node of an HTML output, with its formulas as placeholders and its Chinese marked."""
    if any(parent.name in VERBATIM for parent in text.parents) or not (MATH.search(text) or EAST_ASIAN.search(text)):
        return
    pieces, end = [], 0
    for found in MATH.finditer(text):
        pieces.append(NavigableString(text[end : found.start()]))
        pieces.append(formula(found["block"] or found["inline"], found["block"] is not None, cell))
        end = found.end()
    pieces.append(NavigableString(text[end:]))
    html = "".join(mark_language(p.output_ready("minimal")) if isinstance(p, NavigableString) else p for p in pieces)
    text.replace_with(BeautifulSoup(html, "html.parser"))


def keep_together(text):
    """One text node, with the powers of ten and the percentages in it each on one line."""
    if any(parent.name in VERBATIM for parent in text.parents):
        return
    html = UNBROKEN.sub(lambda found: f'<span class="unbroken">{found[0]}</span>', text.output_ready("minimal"))
    text.replace_with(BeautifulSoup(html, "html.parser"))
