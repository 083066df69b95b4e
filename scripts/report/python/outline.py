"""The page's outline: its one h1, its lead paragraph and the headings below, in order and with unique ids."""

import base64
import re

from bs4 import BeautifulSoup


class Outline:
    """Filled while the cells are rendered, read by the template for the header and the contents list."""

    def __init__(self):
        self.title_html = ""
        self.lead_html = ""
        self.entries = []
        self._level = 1
        self._ids = {"main", "contents", "title", "facts"}

    @property
    def title_text(self):
        return plain_text(self.title_html)

    @property
    def lead_text(self):
        return plain_text(self.lead_html)

    def heading(self, html, level):
        """The first h1 becomes the page's title; any other heading is at most one level below the one before it."""
        if level == 1 and not self.title_html:
            self.title_html = html
            return ""
        level = max(2, min(level, self._level + 1))
        self._level = level
        anchor = self._unique(re.sub(r"[^\w]+", "-", plain_text(html).lower()).strip("-") or "section")
        label = re.sub(r"</?a\b[^>]*>", "", html)  # the contents list makes a link of it, and links do not nest
        self.entries.append({"level": level, "id": anchor, "html": label})
        return f'<h{level} id="{anchor}">{html}<a class="anchor" href="#{anchor}" aria-hidden="true" tabindex="-1">#</a></h{level}>\n'

    def paragraph(self, html):
        """The first paragraph with words tells on the index page what the notebook is about."""
        if not self.lead_html and plain_text(html):
            self.lead_html = html

    def _unique(self, wanted):
        anchor, count = wanted, 1
        while anchor in self._ids:
            count += 1
            anchor = f"{wanted}-{count}"
        self._ids.add(anchor)
        return anchor


def plain_text(html):
    """The words of a piece of HTML on one line; a formula is given as its TeX."""
    soup = BeautifulSoup(html, "html.parser")
    for formula in soup.select("report-formula"):
        formula.string = base64.b64decode(formula["data-tex"]).decode("utf-8")
    return re.sub(r"\s+", " ", soup.get_text()).strip()
