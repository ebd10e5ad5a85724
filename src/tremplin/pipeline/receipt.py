"""
The receipt of a report: what went in, what came out, what made it. Written last.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from tremplin.errors import InputError
from tremplin.pipeline.render.base import Depth


class Validated(BaseModel):
    """What a receipt says of nbval."""

    verdict: str


class Receipt(BaseModel):
    """What is read of a receipt."""

    id: str
    key: str | None = None
    as_of: date
    inputs: dict[str, dict[str, str]]
    outputs: dict[str, str]
    versions: dict[str, str]
    renderer: dict[str, str]
    shared_assets: bool
    depth: Depth = "all"
    """How much its PDF holds; before there were three depths it held all."""
    validation: Validated


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


def read_receipt(path: Path) -> Receipt:
    """
    Read the receipt of a published report.

    Raises:
        InputError: it is none, or speaks of another folder than its own.

    """
    try:
        found = Receipt.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        found = None
    if found is None or found.id != path.parent.name:
        raise InputError.at("out.not_a_receipt", f"{path.parent.name}/{path.name}")
    return found


def differing(folder: Path, receipt: Receipt) -> list[str]:
    """Name the files of a receipt that are others in a folder, or not there."""
    return [
        name
        for name, digest in receipt.outputs.items()
        if not (folder / name).is_file() or sha256(folder / name) != digest
    ]
