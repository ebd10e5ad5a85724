"""
Sets `NAME.typ` of the working folder as `NAME.pdf`, in a process of its own: `python -m … NAME FONTS…`.

Typst keeps what it computed for ten documents, a hundred megabytes of each, and people's documents have little
in common. A process that ends gives that back. It leaves what Typst said in `NAME.typ.json`.
"""

import json
import sys
from pathlib import Path

import typst

REFUSED = 64
"""With the number of what the system refused, an exit code that a process which fails otherwise does not have."""


def main(name: str, *fonts: str) -> int:
    """Compile, with the fonts of these folders and no others; give 0, or say by `REFUSED` what the system refused."""
    work = Path.cwd()
    said: dict[str, object] = {"error": None, "warnings": []}
    try:
        content, warnings = typst.compile_with_warnings(
            work / f"{name}.typ",
            root=work,
            font_paths=[Path(folder) for folder in fonts],
            ignore_system_fonts=True,
            package_path=work / ".scratch",
            package_cache_path=work / ".scratch",
            format="pdf",
            pdf_standards=["ua-1"],
        )
        said["warnings"] = [warning.message for warning in warnings]
    except typst.TypstError as error:
        content, said["error"] = b"", error.diagnostic
    try:
        (work / f"{name}.pdf").write_bytes(content)
        (work / f"{name}.typ.json").write_text(json.dumps(said), encoding="utf-8")
    except OSError as error:
        return REFUSED + (error.errno or 0)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
