"""
The simulator: what each legal form leaves a year, for the turnover, expenses, hours and start that the reader sets.

The arithmetic is Vega-Lite's: rows of a table of straight pieces are filtered and read by parameters. charts.js binds the
parameters to inputs and reads out what `usermeta` names.
"""

from typing import Any

from tremplin.model.brand import Brand
from tremplin.money.simulator import Simulator
from tremplin.notebook.charts.simulator.inputs import inputs
from tremplin.notebook.charts.simulator.lines import MOMENT, lines
from tremplin.notebook.charts.simulator.rows import SAID, facts, rows
from tremplin.notebook.charts.simulator.table import now_of, pieces_chosen
from tremplin.notebook.charts.theme import look
from tremplin.notebook.charts.views import Stack


def simulator(found: Simulator, brand: Brand, title: str) -> Any:  # noqa: ANN401 - altair has no common chart type
    """Draw lines and rows that follow the reader's settings; at first they are those of the person's second year."""
    pieces = pieces_chosen(found)
    now = now_of(found, pieces)
    return Stack(
        vconcat=[
            lines(found, brand, pieces, now),
            rows(found, brand, now),
            facts(found, brand, now),
        ],
        params=inputs(found),
        spacing=14,
        **look(brand, title),
        usermeta={
            "stacked": True,
            "controls": "Réglages du simulateur",
            "reset": "Revenir à votre projet",
            "reading": [
                {"unit": SAID, "field": "said", "order": "rank", "hidden": True},
                {"unit": MOMENT, "field": "thresholds", "head": "Seuils."},
                {"unit": MOMENT, "field": "week", "head": "Semaine."},
                {"unit": MOMENT, "field": "reserve", "head": "Réserve."},
            ],
        },
    )
