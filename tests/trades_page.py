"""Writes docs/trades.md: the catalogue of trades as a table, each cell of law with its source or said to be open. `make schema`."""

from collections.abc import Iterator

from tests.conftest import ROOT

from tremplin.model.register import Register
from tremplin.model.trades import Trade, Trades

PAGE = ROOT / "docs/trades.md"
HEAD = """# The trades that tremplin knows

What `data/trades` says of the law of each trade, in short: the words stand there, in French, with an advisor's. A key in brackets is the source in
[`data/sources.bib`](../data/sources.bib); *open* means that no source settled it. `tremplin trades fleuriste` finds a trade by the words that people use.

"""
COLUMNS = (
    "trade",
    "NAF",
    "category",
    "pension",
    "VAT",
    "closed forms",
    "qualification",
    "before opening",
    "insurance",
    "amounts",
)


def _sourced(*keys: str | None) -> str:
    known = [key for cell in keys if cell for key in cell.split(";")]
    return f" [{', '.join(dict.fromkeys(known))}]" if known else ""


def _row(trade: Trade) -> Iterator[str]:
    asked = {True: "yes", False: "no", "open": "*open*"}[trade.qualification.asked]
    duties, covers = trade.before_opening, trade.insurance
    compulsory = [cover for cover in covers if cover.compulsory]
    yield f"`{trade.id}` {trade.label}"
    yield ", ".join(trade.naf)
    yield ", ".join((trade.category, *trade.also))
    yield trade.scheme
    yield trade.vat.replace("_", " ") + _sourced(trade.vat_source)
    yield ", ".join(trade.closed) or "none"
    yield asked + _sourced(trade.qualification.source)
    yield (str(len(duties)) + _sourced(*(duty.source for duty in duties))) if duties else "none"
    yield (
        f"{len(compulsory)} compulsory" + _sourced(*(cover.source for cover in covers))
        if covers
        else "none of its own"
    )
    yield "reckoned" if trade.modelled == "full" else "not reckoned"


def page(trades: Trades) -> str:
    """Give the page in Markdown."""
    lines = [f"| {' | '.join(COLUMNS)} |", "|" + "---|" * len(COLUMNS)]
    lines += [f"| {' | '.join(_row(trade))} |" for _, trade in sorted(trades.by_id.items())]
    return HEAD + f"{len(trades.by_id)} trades.\n\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(Register.open(ROOT / "data").trades), "utf-8")
