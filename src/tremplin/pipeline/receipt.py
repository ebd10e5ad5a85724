"""
The receipt of a report: what went in, what came out, what made it. Written last.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def hashes(paths: Iterable[Path], root: Path) -> dict[str, str]:
    """Give the SHA-256 of files by their name relative to a folder, sorted."""
    return {path.relative_to(root).as_posix(): sha256(path) for path in sorted(paths)}


def write_receipt(out: Path, facts: Mapping[str, Any]) -> None:
    """Write `receipt.json` beside the outputs, with the hash of each."""
    outputs = hashes((path for path in out.iterdir() if path.is_file()), out)
    receipt = {**facts, "outputs": outputs}
    text = json.dumps(receipt, ensure_ascii=False, indent=2) + "\n"
    (out / "receipt.json").write_text(text, encoding="utf-8")
