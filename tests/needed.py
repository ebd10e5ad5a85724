"""
The ids of the register that code, chapters or texts name: `python -m tests.needed` writes them where the library reads them.
"""

import ast
import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

from tremplin.model.needed import FILE
from tremplin.model.register import BIBLIOGRAPHY, TEMPLATES

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
CITED = re.compile(r"""\bcite\(\s*["']([^"']+)["']|\[@([^\]]+)\]""")
TABLES = ("rules.csv", "conventions.csv", "statistics.csv")
PARTS = r"[a-z0-9_]+(?:\.[a-z0-9_]+)*"
QUOTED = re.compile(r"""["']([A-Za-z0-9_.]+)["']""")


def sources() -> Iterator[str]:
    """Give the code of the library, the cells of the notebooks and the templates of the register."""
    for file in sorted((ROOT / "src/tremplin").rglob("*.py")):
        yield file.read_text("utf-8")
    for file in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in json.loads(file.read_text("utf-8"))["cells"]:
            yield "".join(cell["source"])
    for name, columns in TEMPLATES.items():
        for row in rows(name):
            yield "\n".join(row[column] for column in columns)


def rows(name: str) -> list[dict[str, str]]:
    """Read a table of our own register."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def families(source: str) -> Iterator[str]:
    """Give the patterns of the ids that code puts together, such as `micro.ceiling.{kind}`."""
    try:
        tree = ast.parse(source)
    except SyntaxError:  # Markdown
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
            if re.search(r"[a-z]{2}\.|\.[a-z]{2}", "".join(str(part or "") for part in parts)):
                yield "".join(PARTS if part is None else re.escape(str(part)) for part in parts)


def asked() -> dict[str, set[str]]:
    """Find the ids of our own register that code, chapters or texts name."""
    texts = list(sources())
    words = {word for text in texts for word in QUOTED.findall(text)}
    patterns = {pattern for text in texts for pattern in families(text)}
    bib = (DATA / BIBLIOGRAPHY).read_text("utf-8")
    family = re.compile("|".join(sorted(patterns)))
    cited = {
        key.strip().removeprefix("@")
        for text in texts
        for one, other in CITED.findall(text)
        for key in (one or other).split(";")
    }
    nested = {f"income_tax.{word}" for word in words}  # read by the last part of its name
    return {
        name: {
            row["id"]
            for row in rows(name)
            if row["id"] in words | nested or family.fullmatch(row["id"])
        }
        for name in TABLES
    } | {BIBLIOGRAPHY: {key for key in cited if re.search(rf"(?m)^@\w+{{{key},", bib)}}


def listing() -> str:
    """Give the ids as the library reads them: sorted, one a line."""
    found = {name: sorted(ids) for name, ids in asked().items()}
    return json.dumps(found, indent=2) + "\n"


if __name__ == "__main__":
    FILE.write_text(listing(), "utf-8")
