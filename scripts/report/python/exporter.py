"""nbconvert's HTML exporter with the report's template, formula renderer and order of output types."""

from pathlib import Path

from cells import PLOTLY, DescribeCells
from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import MarkdownWithMath
from outline import Outline
from renderer import ReportRenderer, latex_output
from tidy import tidy
from traitlets import default
from traitlets.config import Config

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


class ReportExporter(HTMLExporter):
    """One notebook as one page: no script, style sheet, font or image from elsewhere."""

    export_from_notebook = None  # not an entry of JupyterLab's "Save and Export As" menu

    @default("template_name")
    def _template_name(self):
        return "report"

    @default("extra_template_basedirs")
    def _extra_template_basedirs(self):
        return [str(TEMPLATES)]

    @property
    def default_config(self):
        config = super().default_config.copy()
        config.merge(
            Config(
                {
                    "NbConvertBase": {
                        "display_data_priority": [
                            PLOTLY,
                            "text/html",
                            "text/markdown",
                            "text/latex",
                            "image/svg+xml",
                            "image/png",
                            "image/jpeg",
                            "text/plain",
                        ]
                    },
                    "CoalesceStreamsPreprocessor": {"enabled": True},
                    "HighlightMagicsPreprocessor": {"enabled": False},
                }
            )
        )
        return config

    def default_filters(self):
        yield from super().default_filters()
        yield ("latex_output", latex_output)

    @pass_context
    def markdown2html(self, context, source):
        """Markdown to HTML, noting headings and leaving each formula as a placeholder that names its cell."""
        cell = context["cell"]
        renderer = ReportRenderer(
            outline=context["resources"]["outline"],
            cell_number=cell.metadata.report.number,
            attachments=cell.get("attachments", {}),
            folders=[context["resources"]["metadata"]["path"], context["resources"]["images"]],
        )
        return MarkdownWithMath(renderer=renderer).render(source)

    def from_notebook_node(self, nb, resources=None, **kw):
        resources = {**(resources or {}), "outline": Outline()}
        # Cells are TypeScript; nbconvert would colour a notebook without language_info as Python.
        if not nb.metadata.get("language_info", {}).get("name"):
            nb.metadata.language_info = {"name": nb.metadata.get("kernelspec", {}).get("language", "typescript")}
        self.register_preprocessor(DescribeCells, enabled=True)
        html, resources = super().from_notebook_node(nb, resources, **kw)
        return tidy(html), resources
