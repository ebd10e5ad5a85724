"""What the business needs to open and to work: premises, stock, equipment, employees, or a business that exists already."""

from typing import Annotated

from pydantic import Field

from tremplin.model.profile.asked import Asked
from tremplin.model.profile.fields import Entry, Hours, Line, Money, Section, Share

FULL_TIME = 35.0


class Premises(Section):
    """The place that the business rents."""

    rent: Annotated[
        Money,
        Asked(
            "Combien paierez-vous chaque mois pour le local que vous louez, charges comprises ?",
            help="Loyer et charges hors taxes. S’il est compté ici, ne le comptez pas dans les frais fixes ; laissez vide si vous ne louez rien.",
            where="Le bail ou l’annonce",
            example="1 400",
            decides=("expenses.commitments", "findings.lease_deposit"),
        ),
    ] = Field(
        title="Loyer et charges du local par mois",
        description="Rent and service charges of the premises, €/month excluding VAT.",
        examples=[1400],
    )
    deposit: Annotated[
        Money,
        Asked(
            "Quel dépôt de garantie verserez-vous au bailleur ?",
            help="Il vous est rendu quand vous quittez le local. Laissez vide si vous ne louez rien.",
            where="Le bail ou l’annonce",
            example="2 800",
            decides=("opening.costs", "findings.lease_deposit"),
        ),
    ] = Field(
        0.0,
        title="Dépôt de garantie du local",
        description="Deposit paid to the landlord at the start and given back at the end, €.",
    )


class Asset(Entry):
    """A thing bought at the start that wears out over years."""

    name: Annotated[
        Line,
        Asked(
            "Quel équipement achetez-vous ?",
            help="Un seul à la fois, en quelques mots.",
            example="Four et pétrin",
            column="nom",
            essential=True,
        ),
    ] = Field(
        title="Équipement",
        description="What is bought, in a few words (in French).",
        examples=["Four et pétrin"],
    )
    amount: Annotated[
        Money,
        Asked(
            "Quel est son prix hors taxes ?",
            help="Le prix sans la TVA, livraison et pose comprises. Ce qui est compté ici ne l’est pas dans l’investissement de départ.",
            where="Le devis du fournisseur",
            example="12 000",
            column="prix hors taxes",
            decides=("opening.equipment", "opening.costs"),
            essential=True,
        ),
    ] = Field(title="Prix hors taxes de l’équipement", description="Its price, € excluding VAT.")
    years: Annotated[
        int,
        Asked(
            "Pendant combien d’années vous servira-t-il ?",
            help="La durée sur laquelle son prix s’étale dans les comptes : plus courte pour un ordinateur que pour un véhicule ou une machine.",
            example="5",
            column="durée d’usage, en années",
            decides=("opening.equipment",),
            essential=True,
        ),
    ] = Field(
        ge=1,
        le=30,
        title="Durée d’usage de l’équipement, en années",
        description="Years over which it wears out, as the accountant will depreciate it.",
        examples=[5],
    )

    @property
    def said(self) -> str:
        """Name it with its years."""
        return f"{self.name} ({self.years} an{'s' if self.years > 1 else ''})"


class Employee(Entry):
    """Somebody whom the business employs."""

    role: Annotated[
        Line,
        Asked(
            "Quel poste ce salarié occupera-t-il ?",
            help="En quelques mots, une personne à la fois.",
            example="Vendeuse",
            column="poste",
            essential=True,
        ),
    ] = Field(
        title="Poste",
        description="What the employee does, in a few words (in French).",
        examples=["Vendeuse"],
    )
    gross: Annotated[
        Money,
        Asked(
            "Quel salaire brut lui verserez-vous par mois ?",
            help="Pour ses heures à lui, avant toute cotisation. Le rapport ajoute les cotisations patronales.",
            where="La grille de la convention collective du métier",
            example="1 900",
            column="salaire brut par mois",
            decides=("expenses.commitments", "findings.employee_below_smic"),
            essential=True,
        ),
    ] = Field(
        title="Salaire brut par mois",
        description="Gross pay, €/month for the hours below.",
        examples=[1900],
    )
    weekly_hours: Annotated[
        Hours,
        Asked(
            "Combien d’heures par semaine ce salarié travaillera-t-il ?",
            help="Les heures de son contrat, 35 au plus : les heures supplémentaires ne sont pas comptées.",
            example="35",
            column="heures par semaine",
            decides=("expenses.commitments", "findings.employee_below_smic"),
        ),
    ] = Field(
        FULL_TIME,
        gt=0,
        le=FULL_TIME,
        title="Heures par semaine du salarié",
        description="Hours a week in the contract, 35 at most: overtime is not reckoned.",
    )
    from_month: Annotated[
        int,
        Asked(
            "À partir de quel mois d’activité ce salarié commence-t-il ?",
            help="1 pour le premier mois de l’entreprise, 13 pour le début de la deuxième année.",
            example="7",
            column="mois d’activité de l’embauche",
            decides=("hiring.first_day", "expenses.commitments"),
        ),
    ] = Field(
        1,
        ge=1,
        le=24,
        title="Mois d’activité de l’embauche",
        description="The month of activity in which the employee begins, 1 to 24.",
    )

    @property
    def said(self) -> str:
        """Name the post with its hours."""
        return f"{self.role} ({self.weekly_hours:g} h par semaine)".replace(".", ",")


class Takeover(Section):
    """A business that exists and is bought."""

    price: Annotated[
        Money,
        Asked(
            "À quel prix achetez-vous le fonds que vous reprenez ?",
            help="Clientèle, bail et équipements ensemble, le stock à part. Laissez vide si vous créez votre entreprise.",
            where="Le compromis de vente ou l’annonce",
            example="60 000",
            decides=("takeover.price", "takeover.duties"),
        ),
    ] = Field(
        title="Prix du fonds repris",
        description="Price of the business (fonds de commerce), its equipment included and its stock apart, €.",
    )


class Franchise(Section):
    """A contract with a franchisor."""

    entry_fee: Annotated[
        Money,
        Asked(
            "Quel droit d’entrée paierez-vous au franchiseur ?",
            help="La somme versée une fois, à la signature. Laissez vide si vous ne rejoignez aucun réseau de franchise.",
            where="Le document d’information que le franchiseur doit remettre avant la signature",
            example="15 000",
            decides=("opening.costs", "findings.franchise_delay"),
        ),
    ] = Field(
        0.0,
        title="Droit d’entrée de la franchise",
        description="Paid to the franchisor at the start, €.",
    )
    royalty: Annotated[
        Share,
        Asked(
            "Quelle part du chiffre d’affaires verserez-vous au franchiseur ?",
            help="La redevance, publicité du réseau comprise. Laissez vide si vous ne rejoignez aucun réseau de franchise.",
            where="Le document d’information que le franchiseur doit remettre avant la signature",
            example="5",
            decides=("project.curve",),
        ),
    ] = Field(
        0.0,
        title="Redevance de la franchise",
        description="Share of the turnover paid to the franchisor, 0 to 1.",
    )
