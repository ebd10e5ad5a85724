"""Writes the list in docs/law-cases.md: `make schema`."""

from tests.law.cases import ROOT, law_files

from tremplin.model.register import Register

PAGE = ROOT / "docs/law-cases.md"
BEGINS, ENDS = "<!-- made by `make schema` -->\n", "<!-- end -->\n"


def listed() -> str:
    """Give the list of the files as a table in Markdown."""
    register, files = Register.open(ROOT / "data"), law_files()
    count = sum(len(one.cases) for one in files)
    lines = [
        f"{count} cases in {len(files)} files.\n",
        "| file | subject | cases | sources |",
        "|---|---|---|---|",
    ]
    for one in files:
        titles = "; ".join(register.source(key).title for key in one.source)
        link = f"[{one.path.stem}](../tests/law/{one.path.name})"
        lines.append(f"| {link} | {one.subject} | {len(one.cases)} | {titles} |")
    return "\n".join(lines) + "\n"


def with_list(page: str) -> str:
    """Give the page with the list as it should be."""
    before, _, rest = page.partition(BEGINS)
    return before + BEGINS + "\n" + listed() + "\n" + ENDS + rest.partition(ENDS)[2]


if __name__ == "__main__":
    PAGE.write_text(with_list(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
