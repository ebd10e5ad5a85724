"""
What a zone's exemption would spare over the twenty-four months, form by form: told apart, never counted in what forms leave.
"""

from dataclasses import dataclass

from tremplin.case import Case, answer
from tremplin.law.forms import Form
from tremplin.law.zones import zone_relief
from tremplin.money.comparison import Option, choice, forms


@dataclass(frozen=True, slots=True)
class ZoneSavings:
    """The tax on profit that would not be due over twenty-four months, € by form that may have the exemption."""

    by_form: dict[Form, float]
    chosen: Form
    """The form that the report would take if it were counted."""

    def of(self, form: Form) -> float:
        """Give what a form would spare; nothing where it may not have it."""
        return self.by_form.get(form, 0.0)


@answer("zones.savings", "cgi_44_quindecies_a", "cgi_44_octies_b")
def zone_savings(case: Case) -> ZoneSavings | None:
    """
    Estimate what the exemption would spare if its conditions are met; None where there is none to have.

    A micro-enterprise is counted where the zone lets it have the exemption for certain.
    """
    relief, compared = zone_relief(case), forms(case)
    if relief is None or not relief.open:
        return None
    most = case.value("zones.de_minimis")
    open_ones = [one for one in compared.options if one.open]
    spared = {
        one.form: min(_spared(one), most)
        for one in open_ones
        if one.form != "micro" or relief.micro == "met"
    }
    chosen = choice(case, [(one, one.pocket + spared.get(one.form, 0.0)) for one in open_ones])
    return ZoneSavings(spared, chosen.form)


def _spared(option: Option) -> float:
    """
    Give the tax that bears on profit: a company's own, the income tax that a sole trader's profit adds.

    Pay and dividends are taxed all the same; how the exemption goes with the flat income tax is not said anywhere.
    """
    if option.outcome.mixes:
        return sum(mix.corporate_tax for mix in option.outcome.mixes)
    return (
        0.0
        if option.outcome.flat_tax
        else float((option.outcome.income_tax - option.outcome.levies).sum())
    )
