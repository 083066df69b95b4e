"""Turn notebooks into report pages with nbconvert.

Reads from stdin a JSON list of {"notebook": path, "images": folder, "facts": {...}}. Writes to stdout a JSON list with,
for each, {"html", "title", "titleHtml", "leadHtml", "description", "figures"} or {"error": text}. Formulas, static
figures and Plotly figures are left as placeholders, which the TypeScript side fills in (formulas.ts, figures.ts).
"""

import json
import sys

# jsonschema, which nbformat imports, would compile this package's 38 grammars (over a second) for formats of
# addresses that no notebook has. It does without the package where that is missing.
sys.modules["rfc3987_syntax"] = None

from exporter import ReportExporter  # noqa: E402


def export(job):
    """One notebook's page, or the error that prevented it; one bad notebook does not take the others down."""
    try:
        html, resources = ReportExporter().from_filename(job["notebook"], {"facts": job["facts"], "images": job["images"]})
    except Exception as error:  # whatever nbformat, nbconvert or Jinja raise is this notebook's error
        return {"error": f"{type(error).__name__}: {error}"}
    outline = resources["outline"]
    return {
        "html": html,
        "title": outline.title_text,
        "titleHtml": outline.title_html,
        "leadHtml": outline.lead_html,
        "description": outline.lead_text,
        "figures": resources["figures"],
    }


if __name__ == "__main__":
    # Bytes, so that the locale of the machine has no say in the encoding.
    jobs = json.loads(sys.stdin.buffer.read().decode("utf-8"))
    pages = json.dumps([export(job) for job in jobs], ensure_ascii=False)
    sys.stdout.buffer.write(pages.encode("utf-8", "surrogatepass"))
