"""What the reference scripts share: every script is called with the path of the JSON file to write."""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def write(record):
    """Write the record as JSON, floats with as many digits as identify them (repr), one top-level entry a line."""
    lines = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in record.items()]
    Path(sys.argv[1]).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
