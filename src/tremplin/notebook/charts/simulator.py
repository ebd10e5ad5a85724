"""
The simulator: what each legal form leaves a year, for the turnover, expenses, hours and start that the reader sets.

The arithmetic is Vega-Lite's: rows of a table of straight pieces are filtered and read by parameters. charts.js binds the
parameters to inputs and reads out what `usermeta` names; a parameter NAME_shown says in words what NAME is.
"""

import math
from typing import Any, Literal

import altair as alt
import polars as pl

from tremplin.analysis.income.calendar import YEAR
from tremplin.analysis.income.forms import COMPANIES, FORMS
from tremplin.analysis.simulator import Setting, Simulator, Start
from tremplin.model.brand import Brand
from tremplin.notebook import words
from tremplin.notebook.charts.theme import WIDTH, look
from tremplin.notebook.charts.views import Stack, chart_of, either, layers, rows_of
from tremplin.notebook.prose import NO_BREAK, day, money, number

LINES, ROW, FACT = 214, 48, 19
"""Pixels: the height of the lines, of a row of the forms below them, and of a fact below these."""

FACTS_AT = 140
"""Pixels from the left where facts begin, beside their names."""

MOST_TICKS = 4.5
"""How many steps the axis has room for on a phone."""

LABELS = 40
"""Pixels above the lines, where the thresholds have their names."""

DASHES = {"micro": [1, 0], "ei": [8, 3], "eurl": [2, 2], "sasu": [9, 3, 2, 3]}
TONES = {"micro": "primary", "ei": "accent", "eurl": "positive", "sasu": "negative"}
"""The role in the brand of each form's colour, which its dash repeats."""

BELOW = 0.12
"""How much of the scale lies below nothing, for losses."""

MOMENT, SAID = "moment", "forms"
"""The parts that the page reads out: in the specification each has the number of its view behind its name."""

LONG = 60
"""Months of reserve beyond which nobody counts them."""

EDGE, NEAR = 0.5, 0.3
"""Parts of the width from the left where the name of a threshold, or of the person's point, stands to its right."""

LEFT: Literal["left"] = "left"
RIGHT: Literal["right"] = "right"
COLON = f"{NO_BREAK}:"
SPENT = f"(turnover * share / 100 + {YEAR} * fixed)"
MICRO = "datum.form === 'micro'"
CHOSEN = "indexof(datum.starts, beginning) >= 0"


def _euros(value: str) -> str:
    """Say an amount to ten euros, as an expression."""
    return f"format(10 * round({value} / 10), ',.0f') + '{NO_BREAK}€'"


def _hours(value: str) -> str:
    """Say a duration to half hours, as an expression."""
    return f"floor({value}) + '{NO_BREAK}h' + ({value} % 1 ? '{NO_BREAK}30' : '')"


def _start(start: Start, *, mine: bool) -> str:
    """Name a year that may be looked at."""
    if not start.first_year:
        return "Deuxième année et suivantes, sans ACRE"
    acre = "avec l’ACRE" if start.acre else "sans ACRE"
    if start.id == "other_acre":
        acre = "si l’ACRE vous était refusée" if mine else "si vous aviez l’ACRE"
    elif start.id == "before_change":
        acre = "avec l’ACRE à l’ancien taux"
    return f"Première année, début le {day(start.begins)}, {acre}"


def _slider(name: str, setting: Setting, label: str) -> Any:  # noqa: ANN401 - altair has no common type
    bind = alt.binding_range(min=setting.least, max=setting.most, step=setting.step, name=label)
    return alt.VariableParameter(name=name, value=setting.value, bind=bind)


def _inputs(found: Simulator) -> list[Any]:
    mine = found.found.acre.eligible
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
        alt.VariableParameter(name="weekly_shown", expr=_hours("weekly")),
    ]


def _pieces(found: Simulator) -> Any:  # noqa: ANN401
    """Draw from the pieces that hold for the year chosen."""
    return chart_of(found.table).transform_filter(CHOSEN)


def _names(found: Simulator) -> pl.DataFrame:
    """Say of each form what does not change."""
    forms = found.found.finances.forms
    mine = {form: found.project(form) for form in FORMS}
    shared = forms.reason == "shared"
    return pl.DataFrame(
        [
            {
                "form": form,
                "rank": FORMS.index(form),
                "name": words.FORM_SHORT[form]
                + (" (conseillée)" if form == forms.recommended else "")
                + (" (sans associé)" if shared and form not in COMPANIES else ""),
                "mine": round(mine[form].kept),
                "chosen": form == forms.recommended,
                "closed": shared and form not in COMPANIES,
            }
            for form in FORMS
        ]
    )


def _years(found: Simulator) -> pl.DataFrame:
    """Say of each year what its micro ceiling is."""
    return pl.DataFrame(
        [
            {
                "year": start.id,
                "pace": round(start.ceiling_pace),
                "ceiling": round(start.ceiling),
                "months": start.months,
                "calendar": start.begins.year,
            }
            for start in found.starts
        ]
    )


def _now(found: Simulator, pieces: Any) -> Any:  # noqa: ANN401
    """Read the pieces at what the reader has set: a row a form."""
    most = found.turnover.most
    names, years = rows_of(_names(found)), rows_of(_years(found))

    def between(name: str, at: str) -> str:
        return f"datum.{name}0 + (datum.{name}1 - datum.{name}0) * ({at} - datum.x0) / (datum.x1 - datum.x0)"

    spent_at_most = f"({most} * share / 100 + {YEAR} * fixed)"
    return (
        pieces.transform_calculate(
            x=f"turnover - ({MICRO} ? 0 : {SPENT})",
            far=f"{most} - ({MICRO} ? 0 : {spent_at_most})",
        )
        .transform_calculate(
            at_most=f"datum.far >= datum.x0 && datum.far < datum.x1 ? {between('kept', 'datum.far')}"
            f" - ({MICRO} ? {spent_at_most} : 0) : null"
        )
        .transform_joinaggregate(top="max(at_most)")
        .transform_filter("datum.x >= datum.x0 && datum.x < datum.x1")
        .transform_calculate(
            **{
                name: f"{between(name, 'datum.x')} - ({MICRO} ? {SPENT} : 0)"
                for name in ("before", "kept", "alone")
            },
            year="beginning",
            turnover="turnover",
        )
        .transform_lookup(
            lookup="form",
            from_=alt.LookupData(names, "form", ["rank", "name", "mine", "chosen", "closed"]),
        )
        .transform_lookup(
            lookup="year",
            from_=alt.LookupData(years, "year", ["pace", "ceiling", "months", "calendar"]),
        )
        .transform_calculate(over=f"{MICRO} && turnover > datum.pace")
        .transform_calculate(dim="datum.over || datum.closed")
    )


def _scale(brand: Brand) -> tuple[alt.Scale, alt.Scale]:
    """Give the colour and the dash of each form."""
    colours = [brand.chart[TONES[form]] for form in FORMS]
    return (
        alt.Scale(domain=list(FORMS), range=colours),
        alt.Scale(domain=list(FORMS), range=[DASHES[form] for form in FORMS]),
    )


def _round_amounts(most: float) -> list[float]:
    """Give few enough round amounts for the axis of a phone, the last of them not quite at its end."""
    scale = 10 ** math.floor(math.log10(most))
    step = next(
        part * scale for part in (0.1, 0.2, 0.25, 0.5, 1, 2) if most <= MOST_TICKS * part * scale
    )
    return [step * count for count in range(math.ceil(most / step))]


def _lines(found: Simulator, brand: Brand, pieces: Any, now: Any) -> Any:  # noqa: ANN401
    """Draw what is left against turnover, with the thresholds, the person's point and a rule that follows the slider."""
    colour, dash = _scale(brand)
    most = found.turnover.most
    top = max(
        found.left(form, "later_years", most, found.fixed.value, found.share.value).kept
        for form in FORMS
    )
    x = alt.X(
        "at:Q",
        title="chiffre d’affaires par an",
        scale=alt.Scale(domain=[0, most], nice=False),
        axis=alt.Axis(
            labelExpr=f"format(datum.value, ',.0f') + '{NO_BREAK}€'",
            labelFlush=True,
            values=_round_amounts(most),
            grid=False,
        ),
    )
    y = alt.Y(
        "kept:Q",
        title=None,
        scale=alt.Scale(domainMin=-BELOW * max(top, 1.0), nice=False, range=[LINES, LABELS]),
        axis=alt.Axis(
            labelExpr=f"datum.value ? format(datum.value, ',.0f') + '{NO_BREAK}€' : ''",
            labelAlign="left",
            labelBaseline="bottom",
            labelOffset=-3,
            labelPadding=0,
            ticks=False,
            domain=False,
            tickCount=4,
        ),
    )
    years = _years(found)
    end = f"({MICRO} ? min({most}, datum.pace) : {most})"
    lines = (
        pieces.transform_calculate(year="beginning")
        .transform_lookup(lookup="year", from_=alt.LookupData(rows_of(years), "year", ["pace"]))
        .transform_calculate(
            t0=f"{MICRO} ? datum.x0 : (datum.x0 + {YEAR} * fixed) / (1 - share / 100)",
            t1=f"{MICRO} ? datum.x1 : (datum.x1 + {YEAR} * fixed) / (1 - share / 100)",
        )
        .transform_calculate(
            k0=f"datum.kept0 - ({MICRO} ? datum.t0 * share / 100 + {YEAR} * fixed : 0)",
            k1=f"datum.kept1 - ({MICRO} ? datum.t1 * share / 100 + {YEAR} * fixed : 0)",
            begins="max(datum.t0, 0)",
            ends=f"min(datum.t1, {end})",
        )
        .transform_filter("datum.begins < datum.ends")
        .transform_fold(["begins", "ends"], as_=["side", "at"])
        .transform_calculate(
            kept="datum.k0 + (datum.k1 - datum.k0) * (datum.at - datum.t0) / (datum.t1 - datum.t0)"
        )
        .mark_line(strokeWidth=2.2, clip=True)
        .encode(
            x=x,
            y=y,
            color=alt.Color("form:N", scale=colour, legend=None),
            strokeDash=alt.StrokeDash("form:N", scale=dash, legend=None),
        )
    )
    zero = (
        chart_of(pl.DataFrame({"kept": [0]})).mark_rule(color=brand.colours["tertiary"]).encode(y=y)
    )
    at_now = now.transform_calculate(at="turnover")
    # The axis follows the lines, which end at the ceiling: a dot beyond it would move the axis.
    dots = (
        at_now.transform_filter("!datum.over")
        .mark_point(filled=True, size=55, opacity=1, clip=True)
        .encode(
            x=x,
            y=y,
            color=alt.Color("form:N", scale=colour, legend=None),
            opacity=either(alt.OpacityValue, "datum.dim", 0.35, 1),
        )
    )
    return layers(
        zero,
        *_thresholds(found, brand, x),
        lines,
        _moment(found, brand, at_now, x),
        dots,
        *_mine(found, brand, x, y),
        height=LINES,
        width=WIDTH,
        title=alt.TitleParams(
            "Ce qui reste par an, après impôt et comptable", anchor="start", fontSize=12, offset=6
        ),
    )


def _thresholds(found: Simulator, brand: Brand, x: alt.X) -> list[Any]:
    """Mark the VAT threshold and the micro ceiling, each with its name on a line of its own."""
    most = found.turnover.most
    whole = pl.col("ceiling") == round(found.ceiling)
    names = pl.when(whole).then(pl.lit(f"Plafond micro, {money(found.ceiling)}"))
    frames = [
        pl.DataFrame({"at": [found.vat], "name": [f"Seuil de TVA, {money(found.vat)}"]}),
        _years(found).select(
            "year", at="pace", name=names.otherwise(pl.lit("Plafond micro, au prorata"))
        ),
    ]
    made: list[Any] = []
    for row, frame in enumerate(frames):
        shown = chart_of(frame)
        if row:
            shown = shown.transform_filter("datum.year === beginning")
        shown = shown.transform_filter(f"datum.at <= {most}")
        if frame["at"].min() > most:  # type: ignore[operator] # amounts
            continue
        made.append(
            shown.mark_rule(color=brand.chart["muted"], strokeDash=[4, 3]).encode(
                x=x, y=alt.YValue(LABELS / 2 * row), y2=alt.Y2Value(LINES)
            )
        )
        left = float(frame["at"].min()) < EDGE * most  # type: ignore[arg-type]
        made.append(
            shown.mark_text(
                align="left" if left else "right",
                baseline="top",
                dx=5 if left else -5,
                y=LABELS / 2 * row,
                color=brand.colours["tertiary"],
            ).encode(x=x, text=alt.Text("name:N"))
        )
    return made


def _moment(found: Simulator, brand: Brand, now: Any, x: alt.X) -> Any:  # noqa: ANN401
    """Draw the rule that follows the slider; its row carries the sentences that the page reads out."""
    return (
        now.transform_filter("datum.chosen")
        .transform_calculate(**_sentences(found))
        .mark_rule(color=brand.colours["foreground"], strokeWidth=1.2)
        .encode(x=x, y=alt.YValue(LABELS), y2=alt.Y2Value(LINES))
        .properties(name=f"{MOMENT}_0")
    )


def _mine(found: Simulator, brand: Brand, x: alt.X, y: alt.Y) -> list[Any]:
    """Mark the person's own point, which no slider moves."""
    turnover = found.turnover.value
    kept = found.project(found.found.finances.forms.recommended).kept
    frame = pl.DataFrame({"at": [turnover], "kept": [round(kept)]})
    left = turnover < NEAR * found.turnover.most
    base = chart_of(frame).encode(x=x, y=y)
    ring = base.mark_point(
        shape="circle",
        size=190,
        stroke=brand.colours["foreground"],
        strokeWidth=2,
        fill="transparent",
        opacity=1,
        clip=True,
    )
    name = base.mark_text(
        align="left" if left else "right",
        dx=10 if left else -12,
        dy=24 if left else -12,
        fontWeight=600,
        clip=True,
    ).encode(text=alt.TextValue("votre projet"))
    return [ring, name]


def _sentences(found: Simulator) -> dict[str, str]:
    """Say in words what the settings mean for thresholds, week and household, as expressions."""
    vat, tolerance = money(found.vat), money(found.vat_tolerance)
    start = found.profile.project.start
    years = words.NUMBERS[int(found.register.value("micro.ceiling.years_over", at=start))]
    vat_said = (
        f"turnover <= {found.vat} ? 'Sous le seuil de TVA ({vat}){COLON} vous ne la facturez pas.'"
        f" : turnover <= {found.vat_tolerance}"
        f" ? 'Au-dessus du seuil de TVA ({vat}){COLON} vous la facturez à partir du 1er janvier suivant.'"
        f" : 'Au-dessus du seuil majoré de TVA ({tolerance}){COLON} vous la facturez dès le dépassement.'"
    )
    ceiling = f"format(datum.ceiling, ',.0f') + '{NO_BREAK}€'"
    micro_said = (
        f"datum.ceiling < {round(found.ceiling)}"
        " ? ' En ' + datum.calendar + ', année incomplète, le plafond de la micro-entreprise descend à '"
        f" + {ceiling} + '{NO_BREAK}; à ce rythme vous y encaisseriez ' + {_euros('turnover * datum.months / 12')}"
        " + (turnover > datum.pace ? ', au-dessus.' : ', en dessous.')"
        f" : turnover > datum.pace ? ' Au-dessus du plafond de la micro-entreprise (' + {ceiling}"
        f" + '){COLON} le régime se perd après {years} années de suite.'"
        f" : ' Sous le plafond de la micro-entreprise (' + {ceiling} + ').'"
    )
    job, limit = found.found.week.planned.job, found.found.week.limit
    total = f"({job} + weekly)"
    beside = (
        f"weekly_shown + ' de projet et {number(job)}{NO_BREAK}h d’emploi, prévues au démarrage, font '"
        f" + {_hours(total)} + ' par semaine'"
        if job
        else "weekly_shown + ' de projet par semaine, sans emploi à côté au démarrage'"
    )
    week_said = (
        f"{beside} + '{COLON} '"
        f" + ({total} > {limit} ? 'au-dessus du' : {total} < {limit} ? 'sous le' : 'juste au')"
        f" + ' repère de {number(limit)}{NO_BREAK}h.'"
    )
    missing, lasts = _reserve(found)
    held = (
        f"' par mois. L’épargne qui reste après le démarrage ({money(found.savings)}) tiendrait ' + {lasts} + '.'"
        if found.savings
        else "' par mois, et le démarrage prend toute l’épargne.'"
    )
    reserve_said = (
        "'Sans salaire ni allocation, ' + ("
        f"{missing} <= 0"
        f" ? 'le foyer tient{COLON} ' + {_euros('-' + missing)} + ' par mois au-delà de ses charges fixes.'"
        f" : 'il manquerait au foyer ' + {_euros(missing)} + {held})"
    )
    return {
        "thresholds": f"({vat_said}) + ({micro_said})",
        "week": week_said,
        "reserve": reserve_said,
    }


def _reserve(found: Simulator) -> tuple[str, str]:
    """Give what the household lacks a month without a salary, and how long the savings last, as expressions."""
    missing = f"({found.profile.fixed_costs} - datum.alone / {YEAR})"
    months = f"{found.savings} / {missing}"
    lasts = (
        f"({months} < 1 ? 'moins d’un mois' : {months} > {LONG} ? 'plus de cinq ans'"
        f" : format({months}, ',.1~f') + '{NO_BREAK}mois')"
    )
    return missing, lasts


def _facts(found: Simulator, brand: Brand, now: Any) -> Any:  # noqa: ANN401
    """Write below the forms what else changes with the settings, a few words each."""
    missing, lasts = _reserve(found)
    job, limit = found.found.week.planned.job, number(found.found.week.limit)
    facts = {
        "TVA": f"turnover <= {found.vat} ? 'non facturée' : turnover <= {found.vat_tolerance}"
        " ? 'dès l’année suivante' : 'dès le dépassement'",
        "Plafond de la micro": "turnover > datum.pace ? 'dépassé' : 'respecté'",
        "Emploi et projet": f"{_hours(f'({job} + weekly)')} + ' (repère{COLON} {limit}{NO_BREAK}h)'",
        "Réserve sans salaire": f"{missing} <= 0 ? 'le foyer tient' : "
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


def _rows(found: Simulator, brand: Brand, now: Any) -> Any:  # noqa: ANN401
    """Draw a row a form: its name, what it leaves, a bar, and a tick where the person's project is."""
    colour, dash = _scale(brand)
    quiet = brand.colours["tertiary"]
    y = alt.Y("form:N", sort=list(FORMS), axis=None, scale=alt.Scale(padding=0))
    length = alt.Scale(domain=[0, 1], clamp=True)
    paid = f"datum.form === 'micro' || datum.form === 'ei' ? 'avant impôt{COLON} ' : 'tout en paie, avant impôt{COLON} '"
    base = now.transform_calculate(
        shown=_euros("datum.kept"),
        hourly=f"format(datum.kept / (weekly * {found.weeks}), ',.1f') + '{NO_BREAK}€'",
        part="datum.top > 0 ? max(datum.kept, 0) / datum.top : 0",
        mine_part="datum.top > 0 ? max(datum.mine, 0) / datum.top : 0",
    ).transform_calculate(
        detail=f"(datum.over ? 'plafond dépassé{NO_BREAK}; avant impôt{COLON} ' : {paid}) + {_euros('datum.before')}"
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


def simulator(found: Simulator, brand: Brand, title: str) -> Any:  # noqa: ANN401 - altair has no common chart type
    """Draw lines and rows that follow the reader's settings; at first they are those of the person's second year."""
    pieces = _pieces(found)
    now = _now(found, pieces)
    return Stack(
        vconcat=[
            _lines(found, brand, pieces, now),
            _rows(found, brand, now),
            _facts(found, brand, now),
        ],
        params=_inputs(found),
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
