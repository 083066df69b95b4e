"""What only Python can say about notebooks and Python files, as one JSON object.

Standard input: {"notebooks": [paths], "python": [paths]}. Standard output: for each notebook
{"invalid": message or null, "normalised": text or null}, for each Python file null or what does not compile.
"""

import json
import sys
import warnings
from pathlib import Path

from normalise import normalised  # first: it makes the import below faster

import nbformat


def judge(path):
    text = Path(path).read_text(encoding="utf-8")
    # nbformat mends as it reads (it makes up cell ids, for one), so the file itself is judged.
    raw = nbformat.from_dict(json.loads(text))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            nbformat.validate(raw)
            invalid = None
        except nbformat.ValidationError as error:
            invalid = str(error).strip().splitlines()[0]
        except Exception as error:  # a file that is not a notebook at all fails in many ways
            invalid = f"{type(error).__name__}: {error}"
        try:
            form = normalised(nbformat.reads(text, as_version=4))
        except Exception:
            form = None
    return {"invalid": invalid, "normalised": form}


def compiles(path):
    try:
        compile(Path(path).read_bytes(), path, "exec")
    except SyntaxError as error:
        return {"line": error.lineno, "what": f"{type(error).__name__}: {error.msg}"}
    return None


work = json.load(sys.stdin)
json.dump(
    {
        "notebooks": {path: judge(path) for path in work["notebooks"]},
        "python": {path: compiles(path) for path in work["python"]},
    },
    sys.stdout,
)
