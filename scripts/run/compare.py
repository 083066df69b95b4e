"""Which outputs of an executed notebook differ from the committed ones; nbdime aligns them.

Compared: streams by their text, displays and results by every MIME type but pictures (a figure's Plotly
JSON stands for its picture), errors by name and text. Not compared: metadata and execution counts.
"""

import json
from itertools import zip_longest
from operator import eq

from nbdime.diffing.notebooks import compare_output_approximate, compare_output_strict
from nbdime.diffing.snakes import compute_snakes_multilevel

PICTURES = ("image/svg+xml", "image/png")
# From loose to strict: nbdime pairs equal outputs first, then similar ones between them.
ALIKE = [compare_output_approximate, compare_output_strict, eq]


def comparable(output):
    """The output without what is not compared."""
    kind = output["output_type"]
    if kind == "stream":
        return {"output_type": kind, "name": output["name"], "text": output["text"]}
    if kind == "error":
        return {"output_type": kind, "ename": output["ename"], "evalue": output["evalue"], "traceback": []}
    data = {mime: value for mime, value in output["data"].items() if mime not in PICTURES}
    return {"output_type": kind, "data": data}


def parts(output):
    """What a reader sees of the output, by name."""
    if output is None:
        return {}
    kind = output["output_type"]
    if kind == "stream":
        return {output["name"]: output["text"]}
    if kind == "error":
        return {"error": f"{output['ename']}: {output['evalue']}"}
    return dict(output["data"])


def pairs(old, new):
    """(position, old output, new output) in order; None stands for an output that is not there."""
    i = j = 0
    for at_old, at_new, length in [*compute_snakes_multilevel(old, new, ALIKE), (len(old), len(new), 0)]:
        gap = zip_longest(old[i:at_old], new[j:at_new])
        for offset, (before, after) in enumerate(gap):
            yield max(i, j) + offset, before, after
        for offset in range(length):
            yield at_new + offset, old[at_old + offset], new[at_new + offset]
        i, j = at_old + length, at_new + length


def exact(value):
    """Text in which 1 and true, equal in Python, are not the same."""
    return json.dumps(value, sort_keys=True)


def differences(committed, executed, ran=None):
    """The outputs that differ, as records {index, output, old: {part: value}, new: {part: value}}.

    `ran` is the number of code cells that ran when not all of them did; the others are left out.
    """
    found = []
    number = 0
    for index, (before, after) in enumerate(zip(committed.cells, executed.cells, strict=True)):
        if after.cell_type != "code" or not after.source.strip():
            continue
        number += 1
        if ran is not None and number > ran:
            break
        old = [comparable(output) for output in before.outputs]
        new = [comparable(output) for output in after.outputs]
        for position, was, now in pairs(old, new):
            gone, come = parts(was), parts(now)
            moved = [part for part in sorted({*gone, *come}) if exact(gone.get(part)) != exact(come.get(part))]
            if moved:
                found.append(
                    {
                        "index": index,
                        "output": position + 1,
                        "old": {part: gone[part] for part in moved if part in gone} if was else None,
                        "new": {part: come[part] for part in moved if part in come} if now else None,
                    }
                )
    return found
