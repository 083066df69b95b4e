"""nbgrader's feedback page, made to stand alone: no script, no style sheet, font or image from elsewhere."""

import re
import sys
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup
from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

sys.path.append(str(Path(__file__).resolve().parents[2] / "report" / "python"))
from renderer import formula  # noqa: E402

FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
IMPORT = re.compile(r"@import[^;]*;")


class FeedbackRenderer(IPythonRenderer):
    """Leaves formulas as placeholders, as in the reports, which are filled in with MathML (report/formulas.ts)."""

    def __init__(self, cell_number, **options):
        super().__init__(escape=False, exclude_anchor_links=True, embed_images=True, **options)
        self.cell_number = cell_number

    def inline_math(self, body):
        return formula(body, False, self.cell_number)

    def block_math(self, body):
        return formula(body, True, self.cell_number)

    def latex_environment(self, name, body):
        return formula(f"\\begin{{{name}}}{body}\\end{{{name}}}", True, self.cell_number)

    def block_mermaidjs(self, code):
        return f"<pre><code>{escape(code)}</code></pre>"


class FeedbackPage(HTMLExporter):
    export_from_notebook = None  # not an entry of JupyterLab's "Save and Export As" menu

    @pass_context
    def markdown2html(self, context, source):
        cells = context["nb"].cells
        cell = context.get("cell")
        number = next((k for k, other in enumerate(cells, start=1) if other is cell), 0)
        attachments = cell.get("attachments", {}) if cell else {}
        renderer = FeedbackRenderer(number, attachments=attachments, path=context["resources"]["metadata"]["path"])
        return MarkdownWithMath(renderer=renderer).render(source)

    def from_notebook_node(self, nb, resources=None, **kw):
        for cell in nb.cells:
            # points may have been given by hand since: they stand above the cell
            if cell.metadata.get("nbgrader", {}).get("grade"):
                cell.outputs = [output for output in cell.outputs if output.output_type == "stream"]
        html, resources = super().from_notebook_node(nb, resources, **kw)
        return stand_alone(html), resources


def stand_alone(html):
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.select("script, link, iframe, object, embed"):
        element.decompose()
    for style in soup.find_all("style"):
        style.string = IMPORT.sub("", FONT_FACE.sub("", style.string or ""))
    for image in soup.select("img:not([src^='data:'])"):
        image.replace_with(image.get("alt", ""))
    return str(soup)
