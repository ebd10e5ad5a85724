"""
What each form leaves at what the reader has set: a row a form, and below them what else changes.
"""

from typing import Any, Literal

import altair as alt

from tremplin.law.forms import FORMS
from tremplin.law.vat import charges_vat_at_start, is_exempt
from tremplin.model.brand import Brand
from tremplin.money.simulator import Simulator
from tremplin.notebook.charts.simulator.expressions import COLON, euros, hours, reserve
from tremplin.notebook.charts.simulator.scales import scales
from tremplin.notebook.charts.theme import WIDTH
from tremplin.notebook.charts.views import either, layers
from tremplin.notebook.prose import NO_BREAK, number
from tremplin.person.week import week

SAID = "forms"
"""The part that the page reads out: in the specification it has the number of its view behind its name."""

ROW, FACT = 48, 19
"""Pixels: the height of the row of a form, and of a fact below the rows."""

FACTS_AT = 140
"""Pixels from the left where facts begin, beside their names."""

LEFT: Literal["left"] = "left"
RIGHT: Literal["right"] = "right"


def rows(found: Simulator, brand: Brand, now: Any) -> Any:  # noqa: ANN401
    """Draw a row a form: its name, what it leaves, a bar, and a tick where the person's project is."""
    colour, dash = scales(brand)
    quiet = brand.colours["tertiary"]
    y = alt.Y("form:N", sort=list(FORMS), axis=None, scale=alt.Scale(padding=0))
    length = alt.Scale(domain=[0, 1], clamp=True)
    paid = f"datum.form === 'micro' || datum.form === 'ei' ? 'avant impôt{COLON} ' : 'tout en paie, avant impôt{COLON} '"
    base = now.transform_calculate(
        shown=euros("datum.kept"),
        hourly=f"format(datum.kept / (weekly * {found.weeks}), ',.1f') + '{NO_BREAK}€'",
        part="datum.top > 0 ? max(datum.kept, 0) / datum.top : 0",
        mine_part="datum.top > 0 ? max(datum.mine, 0) / datum.top : 0",
    ).transform_calculate(
        detail=f"(datum.over ? 'plafond dépassé{NO_BREAK}; avant impôt{COLON} ' : {paid}) + {euros('datum.before')}"
        " + (datum.over ? '' : ' · ' + datum.hourly + ' de l’heure')",
        said=f"datum.name + (datum.over ? ', plafond dépassé' : '') + '{COLON} ' + datum.shown"
        " + ' par an après impôt, ' + datum.hourly + ' de l’heure.'",
    )
    dim = either(alt.OpacityValue, "datum.dim", 0.35, 1)
    # What all layers draw from is reckoned once, in the layer that holds them.
    row = alt.Chart()
    track = row.mark_bar(height=10, color=brand.chart["muted-tint"]).encode(
        y=y, x=alt.XValue(0), x2=alt.X2Value("width")
    )
    bars = row.mark_bar(height=10, cornerRadiusEnd=2).encode(
        y=y,
        x=alt.X("part:Q", scale=length, axis=None, stack=None),
        color=alt.Color("form:N", scale=colour, legend=None),
        opacity=dim,
    )
    tick = row.mark_tick(
        thickness=2.5, size=16, opacity=1, color=brand.colours["foreground"]
    ).encode(y=y, x=alt.X("mine_part:Q", scale=length, axis=None))
    swatch = row.mark_rule(strokeWidth=2.4, yOffset=-15).encode(
        y=y,
        x=alt.XValue(0),
        x2=alt.X2Value(24),
        color=alt.Color("form:N", scale=colour, legend=None),
        strokeDash=alt.StrokeDash("form:N", scale=dash, legend=None),
    )
    texts = [
        row.transform_filter(f"{'' if strong else '!'}datum.chosen")
        .mark_text(align=align, dy=-15, fontWeight=600 if strong else 400, fontSize=13)
        .encode(y=y, x=alt.XValue(x), text=alt.Text(text))
        for strong in (True, False)
        for align, x, text in ((LEFT, 32, "name:N"), (RIGHT, "width", "shown:N"))
    ]
    detail = row.mark_text(align="left", dy=14, fontSize=11, color=quiet).encode(
        y=y, x=alt.XValue(0), text=alt.Text("detail:N")
    )
    return layers(
        track,
        bars,
        tick,
        swatch,
        *texts,
        detail.properties(name=f"{SAID}_1"),
        data=base.data,
        transform=base.transform,
        width=WIDTH,
        height=ROW * len(FORMS),
        title=alt.TitleParams(
            alt.expr(f"'Pour ' + turnover_shown + ' par an (trait noir{COLON} votre projet)'"),
            anchor="start",
            fontSize=12,
            offset=4,
        ),
    )


def facts(found: Simulator, brand: Brand, now: Any) -> Any:  # noqa: ANN401
    """Write below the forms what else changes with the settings, a few words each."""
    missing, lasts = reserve(found)
    job, limit = week(found.case).planned.job, number(week(found.case).limit)
    facts = {
        "TVA": "'facturée, par choix'"
        if charges_vat_at_start(found.case)
        else "'métier exonéré'"
        if is_exempt(found.case)
        else f"turnover <= {found.vat} ? 'non facturée' : turnover <= {found.vat_tolerance}"
        " ? 'dès l’année suivante' : 'dès le dépassement'",
        "Plafond de la micro": "turnover > datum.pace ? 'dépassé' : 'respecté'",
        "Emploi et projet": f"{hours(f'({job} + weekly)')} + ' (repère{COLON} {limit}{NO_BREAK}h)'",
        "Réserve sans salaire": f"{missing} <= 0 ? 'le foyer tient, une fois lancé' : "
        + (lasts if found.savings else "'pas d’épargne'"),
    }
    chosen = now.transform_filter("datum.chosen").transform_calculate(
        **{f"fact_{place}": fact for place, fact in enumerate(facts.values())}
    )
    texts = []
    for place, name in enumerate(facts):
        here = alt.Chart().encode(y=alt.YValue(FACT * (place + 0.5)))
        texts += [
            here.mark_text(align="left", color=brand.colours["tertiary"]).encode(
                x=alt.XValue(0), text=alt.TextValue(name)
            ),
            here.mark_text(align="left", fontWeight=600).encode(
                x=alt.XValue(FACTS_AT), text=alt.Text(f"fact_{place}:N")
            ),
        ]
    return layers(
        *texts, data=chosen.data, transform=chosen.transform, width=WIDTH, height=FACT * len(facts)
    )
