"""
What the reader sets: turnover, expenses, hours and the year. A parameter NAME_shown says in words what NAME is.
"""

from typing import Any

import altair as alt

from tremplin.law.acre import acre
from tremplin.money.simulator import Setting, Simulator
from tremplin.money.simulator.starts import Start
from tremplin.notebook.charts.simulator.expressions import hours
from tremplin.notebook.prose import NO_BREAK, day


def inputs(found: Simulator) -> list[Any]:
    """Give the parameters that the page binds to inputs, and what says them in words."""
    mine = acre(found.case).eligible
    starts = alt.binding_radio(
        options=[start.id for start in found.starts],
        labels=[_start(start, mine=mine) for start in found.starts],
        name="Année simulée",
    )
    return [
        _slider("turnover", found.turnover, "Chiffre d’affaires par an"),
        _slider("fixed", found.fixed, "Frais fixes par mois"),
        _slider("share", found.share, "Frais liés aux ventes"),
        _slider("weekly", found.hours, "Heures de projet par semaine"),
        alt.VariableParameter(name="beginning", value="later_years", bind=starts),
        alt.VariableParameter(
            name="turnover_shown", expr=f"format(turnover, ',.0f') + '{NO_BREAK}€'"
        ),
        alt.VariableParameter(name="fixed_shown", expr=f"format(fixed, ',.0f') + '{NO_BREAK}€'"),
        alt.VariableParameter(name="share_shown", expr=f"format(share, ',.1~f') + '{NO_BREAK}%'"),
        alt.VariableParameter(name="weekly_shown", expr=hours("weekly")),
    ]


def _slider(name: str, setting: Setting, label: str) -> Any:  # noqa: ANN401 - altair has no common type
    bind = alt.binding_range(min=setting.least, max=setting.most, step=setting.step, name=label)
    return alt.VariableParameter(name=name, value=setting.value, bind=bind)


def _start(start: Start, *, mine: bool) -> str:
    """Name a year that may be looked at."""
    overseas = start.relief == "overseas"
    if not start.first_year:
        return "Deuxième année" if overseas else "Deuxième année et suivantes, sans ACRE"
    acre = "avec l’ACRE" if start.relief == "acre" else "sans ACRE"
    if overseas:
        acre = "aux taux d’outre-mer"
    elif start.id == "other_acre":
        acre = "si l’ACRE vous était refusée" if mine else "si vous aviez l’ACRE"
    elif start.id == "before_change":
        acre = "avec l’ACRE à l’ancien taux"
    return f"Première année, début le {day(start.begins)}, {acre}"
