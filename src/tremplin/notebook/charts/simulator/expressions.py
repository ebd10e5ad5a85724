"""
What is written in words, as expressions of Vega: amounts, durations, and sentences on thresholds, week and reserve.
"""

from tremplin.case.months import YEAR
from tremplin.law.vat import charges_vat_at_start, is_exempt
from tremplin.money.simulator import Simulator
from tremplin.notebook import words
from tremplin.notebook.prose import NO_BREAK, money, number
from tremplin.person.week import week

LONG = 60
"""Months of reserve beyond which nobody counts them."""

COLON = f"{NO_BREAK}:"


def euros(value: str) -> str:
    """Say an amount to ten euros, as an expression."""
    return f"format(10 * round({value} / 10), ',.0f') + '{NO_BREAK}€'"


def hours(value: str) -> str:
    """Say a duration to half hours, as an expression."""
    return f"floor({value}) + '{NO_BREAK}h' + ({value} % 1 ? '{NO_BREAK}30' : '')"


def sentences(found: Simulator) -> dict[str, str]:
    """Say in words what the settings mean for thresholds, week and household, as expressions."""
    vat, tolerance = money(found.vat), money(found.vat_tolerance)
    years = words.NUMBERS[int(found.case.value("micro.ceiling.years_over"))]
    vat_said = (
        "'Vous facturez la TVA par choix, dès le premier jour.'"
        if charges_vat_at_start(found.case)
        else "'Votre métier est exonéré de TVA.'"
        if is_exempt(found.case)
        else f"turnover <= {found.vat} ? 'Sous le seuil de TVA ({vat}){COLON} vous ne la facturez pas.'"
        f" : turnover <= {found.vat_tolerance}"
        f" ? 'Au-dessus du seuil de TVA ({vat}){COLON} vous la facturez à partir du 1er janvier suivant, sauf activité exonérée.'"
        f" : 'Au-dessus du seuil majoré de TVA ({tolerance}){COLON} vous la facturez dès le dépassement, sauf activité exonérée.'"
    )
    ceiling = f"format(datum.ceiling, ',.0f') + '{NO_BREAK}€'"
    micro_said = (
        f"datum.ceiling < {round(found.ceiling)}"
        " ? ' En ' + datum.calendar + ', année incomplète, le plafond de la micro-entreprise descend à '"
        f" + {ceiling} + '{NO_BREAK}; à ce rythme vous y encaisseriez ' + {euros('turnover * datum.months / 12')}"
        " + (turnover > datum.pace ? ', au-dessus.' : ', en dessous.')"
        f" : turnover > datum.pace ? ' Au-dessus du plafond de la micro-entreprise (' + {ceiling}"
        f" + '){COLON} le régime se perd après {years} années de suite.'"
        f" : ' Sous le plafond de la micro-entreprise (' + {ceiling} + ').'"
    )
    job, limit = week(found.case).planned.job, week(found.case).limit
    total = f"({job} + weekly)"
    beside = (
        f"weekly_shown + ' de projet et {number(job)}{NO_BREAK}h d’emploi, prévues au démarrage, font '"
        f" + {hours(total)} + ' par semaine'"
        if job
        else "weekly_shown + ' de projet par semaine, sans emploi à côté au démarrage'"
    )
    week_said = (
        f"{beside} + '{COLON} '"
        f" + ({total} > {limit} ? 'au-dessus du' : {total} < {limit} ? 'sous le' : 'juste au')"
        f" + ' repère de {number(limit)}{NO_BREAK}h.'"
    )
    missing, lasts = reserve(found)
    held = (
        f"' par mois. L’épargne qui reste après le démarrage ({money(found.savings)}) tiendrait ' + {lasts} + '.'"
        if found.savings
        else "' par mois, et le démarrage prend toute l’épargne.'"
    )
    reserve_said = (
        "'Sans salaire ni allocation, ' + ("
        f"{missing} <= 0"
        f" ? 'le foyer tient{COLON} ' + {euros('-' + missing)} + ' par mois au-delà de ses charges fixes.'"
        f" : 'il manquerait au foyer ' + {euros(missing)} + {held})"
    )
    return {
        "thresholds": f"({vat_said}) + ({micro_said})",
        "week": week_said,
        "reserve": reserve_said,
    }


def reserve(found: Simulator) -> tuple[str, str]:
    """Give what the household lacks a month without a salary, and how long the savings last, as expressions."""
    missing = f"({found.profile.fixed_costs} - datum.alone / {YEAR})"
    months = f"{found.savings} / {missing}"
    lasts = (
        f"({months} < 1 ? 'moins d’un mois' : {months} > {LONG} ? 'plus de cinq ans'"
        f" : format({months}, ',.1~f') + '{NO_BREAK}mois')"
    )
    return missing, lasts
