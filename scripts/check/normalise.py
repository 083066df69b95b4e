"""The one form in which notebooks are committed: outputs kept, metadata by an allow-list.

Everything that is not on the list goes: timings, editor state, the transient marks of front ends. What is
left is written as Jupyter itself writes it (sorted keys, indent 1, final newline), so that saving an
unchanged notebook in JupyterLab changes no byte.
"""

import copy
import json
import sys

# An optional format of jsonschema, which nbformat imports: never needed here, and 0.7 s to load.
sys.modules["rfc3987_syntax"] = None

import nbformat

KERNELSPEC = {"display_name": "TypeScript (tslab)", "language": "typescript", "name": "tslab"}
# `backpropagation`: summary, prerequisites and terms, from which head, foot, glossary and map are generated.
NOTEBOOK = ("backpropagation", "kernelspec", "language_info", "title", "authors")
LANGUAGE_INFO = ("codemirror_mode", "file_extension", "mimetype", "name", "version")
# Tags direct tools; `jupyter` folds a cell's source or output; `nbgrader` says what a cell is in an assignment.
CELL = ("tags", "jupyter", "nbgrader")
# nbgrader's own, in its schema 3. What it adds in a release (checksum, cell_type) belongs to the release.
NBGRADER = ("schema_version", "grade_id", "grade", "solution", "locked", "task", "points")
# A worked solution is shut until the reader opens it, with what it computes.
FOLDED = {
    "code": {"outputs_hidden": True, "source_hidden": True},
    "markdown": {"source_hidden": True},
    "raw": {"source_hidden": True},
}


def _keep(mapping, allowed):
    for key in [key for key in mapping if key not in allowed]:
        del mapping[key]


def normalise(notebook):
    """A copy of `notebook` in the committed form."""
    clean = copy.deepcopy(notebook)
    clean.nbformat, clean.nbformat_minor = 4, 5
    _keep(clean, ("cells", "metadata", "nbformat", "nbformat_minor"))
    _keep(clean.metadata, NOTEBOOK)
    clean.metadata.kernelspec = nbformat.from_dict(KERNELSPEC)
    language = clean.metadata.setdefault("language_info", nbformat.from_dict({}))
    _keep(language, LANGUAGE_INFO)
    language.name = "typescript"
    for cell in clean.cells:
        _keep(cell.metadata, CELL)
        if isinstance(cell.metadata.get("nbgrader"), dict):
            _keep(cell.metadata.nbgrader, NBGRADER)
        if "solution" in cell.metadata.get("tags", []):
            cell.metadata.jupyter = nbformat.from_dict(FOLDED[cell.cell_type])
        for output in cell.get("outputs", []):
            # A MIME type's own metadata (the alt text of a picture) stays.
            if "metadata" in output:
                _keep(output.metadata, output.get("data", {}))
    return clean


def normalised(notebook):
    """The text of `notebook` in the committed form."""
    return nbformat.writes(normalise(notebook)).rstrip("\n") + "\n"


if __name__ == "__main__":
    # The texts of the named notebooks in the committed form, as one JSON object.
    texts = {path: normalised(nbformat.read(path, as_version=4)) for path in sys.argv[1:]}
    json.dump(texts, sys.stdout)
