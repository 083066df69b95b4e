"""Markdown rendering: nbconvert's own renderer, with formulas left as placeholders and headings kept in an outline."""

import base64
import os
import re
from html import escape

from nbconvert.filters.markdown_mistune import IPythonRenderer

# Han, kana and hangul with their punctuation: a run is marked, so that fonts and speech follow the language.
EAST_ASIAN = re.compile(r"[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff01-\uff60]+")


def formula(tex, display, cell):
    """A placeholder that carries the TeX exactly: base64 passes through every HTML tool unchanged."""
    encoded = base64.b64encode(tex.strip().encode("utf-8")).decode("ascii")
    kind = "block" if display else "inline"
    return f'<report-formula data-cell="{cell}" data-display="{kind}" data-tex="{encoded}"></report-formula>'


def latex_output(source, cell):
    """A text/latex output as a formula; the delimiters, if any, say whether it stands on its own line."""
    tex = source.strip()
    inline = re.fullmatch(r"\$(?!\$)(.+?)(?<!\$)\$|\\\((.+)\\\)", tex, re.DOTALL)
    if inline:
        return formula(inline[1] or inline[2], False, cell)
    block = re.fullmatch(r"\$\$(.+)\$\$|\\\[(.+)\\\]", tex, re.DOTALL)
    return formula((block[1] or block[2]) if block else tex, True, cell)


def mark_language(text):
    """Text with runs of Chinese, Japanese or Korean characters marked as Chinese, the language of the notes."""
    return EAST_ASIAN.sub(lambda run: f'<span lang="zh">{run[0]}</span>', text)


class ReportRenderer(IPythonRenderer):
    def __init__(self, outline, cell_number, folders, **options):
        super().__init__(escape=False, exclude_anchor_links=True, embed_images=True, **options)
        self.outline = outline
        self.cell_number = cell_number
        self.folders = folders

    def _src_to_base64(self, src):
        """Images lie beside the committed notebook, also when an executed copy is exported, or in a folder beside its own."""
        for folder in map(os.path.abspath, self.folders):
            self.path, name = os.path.split(folder)
            if found := super()._src_to_base64(os.path.join(name, src)):
                return found
        return None

    def inline_math(self, body):
        return formula(body, False, self.cell_number)

    def block_math(self, body):
        return formula(body, True, self.cell_number)

    def latex_environment(self, name, body):
        return formula(f"\\begin{{{name}}}{body}\\end{{{name}}}", True, self.cell_number)

    def heading(self, text, level, **attrs):
        return self.outline.heading(text, level)

    def paragraph(self, text):
        self.outline.paragraph(text)
        return super().paragraph(text)

    def text(self, text):
        return mark_language(super().text(text))

    def block_mermaidjs(self, code):
        """A diagram would need Mermaid's script: its source is shown instead."""
        return f"<pre><code>{escape(code)}</code></pre>"
