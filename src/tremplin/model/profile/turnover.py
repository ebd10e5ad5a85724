"""What the business brings in, by month and season, and what it costs."""

from typing import Annotated

from pydantic import Field

from tremplin.model.profile.asked import Asked
from tremplin.model.profile.fields import (
    MONTHS_A_YEAR,
    Contradiction,
    Money,
    Section,
    Share,
)
from tremplin.model.scalar import unless_hidden

Factor = Annotated[float, Field(ge=0, le=12)]


def _asked(of_month: str) -> Asked:
    """Ask what a calendar month counts."""
    return Asked(
        f"Que compte le mois {of_month} par rapport à un mois ordinaire ?",
        help="1 pour un mois ordinaire, 2 s’il rapporte le double, 0,5 pour la moitié, 0 sans vente. Laissez vide si vos ventes ne suivent pas de saisons.",
        where="Vos ventes passées, ou celles de confrères",
        example="1,5",
        decides=("project.season", "cash"),
    )


class Season(Section):
    """How the calendar moves the turnover: what a month counts against an ordinary one."""

    january: Annotated[Factor, _asked("de janvier")] = Field(
        1.0, title="Janvier", description="1 for an ordinary month."
    )
    february: Annotated[Factor, _asked("de février")] = Field(
        1.0, title="Février", description="1 for an ordinary month."
    )
    march: Annotated[Factor, _asked("de mars")] = Field(
        1.0, title="Mars", description="1 for an ordinary month."
    )
    april: Annotated[Factor, _asked("d’avril")] = Field(
        1.0, title="Avril", description="1 for an ordinary month."
    )
    may: Annotated[Factor, _asked("de mai")] = Field(
        1.0, title="Mai", description="1 for an ordinary month."
    )
    june: Annotated[Factor, _asked("de juin")] = Field(
        1.0, title="Juin", description="1 for an ordinary month."
    )
    july: Annotated[Factor, _asked("de juillet")] = Field(
        1.0, title="Juillet", description="1 for an ordinary month."
    )
    august: Annotated[Factor, _asked("d’août")] = Field(
        1.0, title="Août", description="1 for an ordinary month."
    )
    september: Annotated[Factor, _asked("de septembre")] = Field(
        1.0, title="Septembre", description="1 for an ordinary month."
    )
    october: Annotated[Factor, _asked("d’octobre")] = Field(
        1.0, title="Octobre", description="1 for an ordinary month."
    )
    november: Annotated[Factor, _asked("de novembre")] = Field(
        1.0, title="Novembre", description="1 for an ordinary month."
    )
    december: Annotated[Factor, _asked("de décembre")] = Field(
        1.0, title="Décembre", description="1 for an ordinary month."
    )

    @property
    def factors(self) -> tuple[float, ...]:
        """The twelve factors, that of January first."""
        return tuple(getattr(self, name) for name in Season.model_fields)


class Turnover(Section):
    """The turnover the person expects: at three points with straight lines in between, or month by month."""

    month_1: Annotated[
        Money,
        Asked(
            "Quel chiffre d’affaires prévoyez-vous le premier mois ?",
            help="Tout ce que vous facturez à vos clients ce mois-là, hors taxes, avant vos frais et cotisations. Soyez prudent : 0 est possible.",
            where="Vos devis, ou vos prix multipliés par le nombre de ventes que vous espérez",
            example="300",
            columns=("CA mois 1", "CA M1", "CA 1er mois", "CA premier mois", "CA au démarrage"),
            decides=("project.curve", "cash"),
            essential=True,
        ),
    ] = Field(
        title="Chiffre d’affaires hors taxes du 1er mois",
        description="In the first month, €/month excluding VAT.",
    )
    month_12: Annotated[
        Money,
        Asked(
            "Quel chiffre d’affaires prévoyez-vous au bout d’un an, sur un mois ordinaire ?",
            help="Celui du douzième mois, hors taxes. Entre le premier mois et celui-ci, le rapport suppose une montée régulière.",
            where="Vos prix multipliés par le nombre de ventes que vous espérez",
            example="1 800",
            columns=(
                "CA mois 12",
                "CA M12",
                "CA 12e mois",
            ),
            decides=("project.curve", "forms", "thresholds"),
            essential=True,
        ),
    ] = Field(
        title="Chiffre d’affaires hors taxes du 12e mois",
        description="In the twelfth month, €/month excluding VAT.",
    )
    month_24: Annotated[
        Money,
        Asked(
            "Quel chiffre d’affaires prévoyez-vous au bout de deux ans, sur un mois ordinaire ?",
            help="Celui du vingt-quatrième mois, hors taxes. Le rapport suppose ensuite qu’il ne bouge plus.",
            where="Vos prix multipliés par le nombre de ventes que vous espérez",
            example="2 600",
            columns=(
                "CA mois 24",
                "CA M24",
                "CA 24e mois",
            ),
            decides=("project.curve", "timing", "thresholds"),
            essential=True,
        ),
    ] = Field(
        title="Chiffre d’affaires hors taxes du 24e mois",
        description="In the twenty-fourth month, €/month excluding VAT.",
    )
    by_month: Annotated[
        tuple[Money, ...] | None,
        Asked(
            "Si votre chiffre d’affaires ne monte pas régulièrement, combien prévoyez-vous chaque mois ?",
            help="Vingt-quatre montants hors taxes, du premier au vingt-quatrième mois. Le 1er, le 12e et le 24e sont ceux que vous avez déjà donnés.",
            where="Votre prévisionnel",
            example="300 ; 450 ; 600 ; … ; 2 600",
            decides=("project.curve",),
        ),
    ] = Field(
        None,
        strict=False,  # YAML has lists only
        min_length=24,
        max_length=24,
        title="Chiffre d’affaires hors taxes mois par mois",
        description="All twenty-four months, €/month excluding VAT, where straight lines do not tell it; the 1st, 12th"
        " and 24th are the three amounts above.",
    )
    season: Annotated[
        Season | None,
        Asked(
            "Vos ventes suivent-elles des saisons ?",
            help="Certains mois rapportent bien plus ou bien moins que les autres.",
            example="oui",
            column="Saison",
        ),
    ] = Field(
        None,
        title="Saisons",
        description="Months that bring more or less than an ordinary one, such as {july: 1.8, january: 0.5}: the"
        " amounts above are multiplied by it; a month left out counts 1, a month without sales 0.",
    )

    def contradictions(self) -> list[Contradiction]:
        """Ask whether a month is a year of what is reached later; refuse a curve by month that is not the three points, or that has seasons beside its own."""
        for name in ("month_1", "month_12"):
            amount = getattr(self, name)
            if amount >= MONTHS_A_YEAR * self.month_24 > 0:
                values = unless_hidden(amount=amount, later=self.month_24)
                return [Contradiction(name, "profile.turnover_of_a_year", values)]
        if self.by_month is None:
            return []
        points = (self.month_1, self.month_12, self.month_24)
        if points != tuple(self.by_month[month - 1] for month in (1, 12, 24)):
            return [Contradiction("by_month", "profile.by_month_differs")]
        return [Contradiction("season", "profile.season_twice")] if self.season else []

    def times(self, part: float) -> "Turnover":
        """Give a part of this turnover, its seasons kept."""
        points = ("month_1", "month_12", "month_24")
        changed: dict[str, object] = {name: part * getattr(self, name) for name in points}
        if self.by_month is not None:
            changed["by_month"] = tuple(part * amount for amount in self.by_month)
        return self.model_copy(update=changed)

    def at(self, month: int) -> float:
        """
        Give the turnover of a month, €, counted from 1, of an ordinary season; it stays at that of month 24 afterwards.

        Raises:
            ValueError: The month is before the first.

        """
        if month < 1:
            raise ValueError(f"month {month} is before the start")
        if self.by_month is not None:
            return self.by_month[min(month, len(self.by_month)) - 1]
        if month <= 12:  # noqa: PLR2004  (the key's own name)
            return _between(self.month_1, self.month_12, (month - 1) / 11)
        return _between(self.month_12, self.month_24, min(1.0, (month - 12) / 12))


class Expenses(Section):
    """What running the business costs, social contributions and taxes apart."""

    fixed: Annotated[
        Money,
        Asked(
            "Combien l’activité vous coûte-t-elle chaque mois, même sans client ?",
            help="Assurance, téléphone, logiciels, véhicule, comptable, loyer s’il n’est pas compté à part. Ni les cotisations sociales ni l’impôt : le rapport les calcule.",
            where="Devis et abonnements",
            example="80",
            columns=(
                "Frais fixes",
                "Charges fixes",
                "Charges mensuelles",
                "Charges fixes de l’activité",
                "Frais fixes du projet",
            ),
            decides=("project.curve", "forms", "cash"),
            essential=True,
        ),
    ] = Field(
        0.0,
        title="Frais fixes de l’activité par mois",
        description="Expenses that do not depend on turnover, €/month.",
    )
    rate: Annotated[
        Share,
        Asked(
            "Quelle part de ce que vous facturez part en achats et en frais ?",
            help="Marchandises, matières, sous-traitance, commissions : ce qui grandit avec les ventes. Sans les cotisations sociales ni l’impôt ; 0 s’il n’y en a pas.",
            where="Les prix de vos fournisseurs, comparés à vos prix de vente",
            example="30",
            columns=(
                "Taux de charges",
                "Charges variables",
                "Frais variables",
                "Frais proportionnels",
                "Achats en % du CA",
            ),
            decides=("project.curve", "forms"),
            essential=True,
        ),
    ] = Field(
        0.0,
        title="Frais proportionnels au chiffre d’affaires",
        description="Expenses that follow turnover, as a share of it, 0 to 1: goods, fees.",
    )


def _between(first: float, last: float, way: float) -> float:
    return first + (last - first) * way
