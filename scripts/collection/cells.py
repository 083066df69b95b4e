"""Puts the generated cells into notebooks, outputs untouched.

Standard input: {path: {"head": source, "foot": source, …}}. Standard output: {path: the notebook's text in the committed form}.
"""

import json
import sys
from pathlib import Path

CHECK = Path(__file__).resolve().parent.parent / "check"
sys.path.insert(0, str(CHECK))

from normalise import normalised  # noqa: E402

import nbformat  # noqa: E402


def generated(id, source):
    return nbformat.from_dict({"cell_type": "markdown", "id": id, "metadata": {"tags": ["generated"]}, "source": source})


def with_cells(path, sources):
    """The head comes below the title, the foot last; where they stood before does not matter. Others stay where they are."""
    notebook = nbformat.reads(Path(path).read_text(encoding="utf-8"), as_version=4)
    kept = [cell for cell in notebook.cells if cell.get("id") not in ("head", "foot")]
    cells = [generated(cell.id, sources[cell.id]) if cell.get("id") in sources else cell for cell in kept]
    head, foot = [generated(id, sources[id]) for id in ("head", "foot")]
    notebook.cells = [*cells[:1], head, *cells[1:], foot]
    return normalised(notebook)


work = json.loads(sys.stdin.buffer.read().decode("utf-8"))
texts = {path: with_cells(path, sources) for path, sources in work.items()}
sys.stdout.buffer.write(json.dumps(texts, ensure_ascii=False).encode("utf-8"))
