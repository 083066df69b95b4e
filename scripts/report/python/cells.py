"""A preprocessor that notes beside each cell and figure what the template needs to know about it."""

import re

from nbconvert.preprocessors import Preprocessor

PLOTLY = "application/vnd.plotly.v1+json"
STATIC = ("image/svg+xml", "image/png")
FOLDED_FROM = 40  # lines: a longer input is folded, so that the reader meets the text and the results first


class DescribeCells(Preprocessor):
    """Numbers cells (from 1) and figures (from 1) and takes the figures' words out of their outputs."""

    def preprocess(self, nb, resources):
        figures = 0
        solutions = [tagged(cell, "solution") for cell in nb.cells]
        for number, cell in enumerate(nb.cells, start=1):
            lines = cell.source.count("\n") + 1
            hidden = tagged(cell, "hide-input")
            solution = solutions[number - 1]
            cell.metadata["report"] = {
                "number": number,
                "lines": lines,
                "open": lines < FOLDED_FROM and not hidden,
                "filterable": tagged(cell, "filterable"),
                "generated": cell.get("id", "") if tagged(cell, "generated") else "",
                # Adjacent cells of a solution are folded as one.
                "solution_begins": solution and not (number > 1 and solutions[number - 2]),
                "solution_ends": solution and not (number < len(solutions) and solutions[number]),
            }
            for index, output in enumerate(cell.get("outputs", [])):
                if PLOTLY in output.get("data", {}):
                    figures += 1
                    output.metadata["report"] = describe_figure(output, figures, number, index)
        resources["figures"] = figures
        return nb, resources


def tagged(cell, tag):
    return tag in cell.metadata.get("tags", [])


def describe_figure(output, figure, cell, index):
    """What the template writes around a figure. The drawings stay placeholders: they are large, and need no parsing."""
    place = f"cell {cell}, output {index + 1}"
    static = next((kind for kind in STATIC if kind in output.data), None)
    if static is None:
        raise ValueError(f"{place}: a Plotly figure without image/svg+xml or image/png, so a reader without script sees nothing")
    caption = str(output.data.get("text/plain", "")).strip()
    if not caption:
        raise ValueError(f"{place}: a Plotly figure without text/plain, so it has no caption and no text alternative")
    return {
        "figure": figure,
        "token": f"{cell}:{index}",
        "title": figure_title(output.data[PLOTLY]) or re.split(r"(?<=[.!?])\s|\n", caption)[0],
        "caption": caption,
        "width": least_width(output.data[PLOTLY]),
    }


def least_width(figure):
    """The px below which a figure cannot be read, if it names them and has no other drawing for narrow pages; else 0."""
    layout = figure.get("layout", {})
    meta = layout.get("meta") or {}
    return 0 if "narrow" in meta else int(layout.get("width") or meta.get("leastWidth") or 0)


def figure_title(figure):
    """The title drawn in the figure, without Plotly's pseudo-HTML; "" where there is none."""
    title = figure.get("layout", {}).get("title", "")
    text = title.get("text", "") if isinstance(title, dict) else title
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text or "")).strip()
