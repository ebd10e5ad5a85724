"""The money that the person can or hopes to put into the project."""

from typing import Annotated

from pydantic import Field

from tremplin.model.profile.asked import Asked
from tremplin.model.profile.fields import Contradiction, Money, Section, Share


class HonorLoans(Section):
    """Interest-free personal loans (prêts d'honneur) hoped for, by network."""

    initiative_france: Annotated[
        Money,
        Asked(
            "Quel prêt d’honneur espérez-vous d’Initiative France ?",
            help="Un prêt à la personne, sans intérêt ni garantie, accordé par un comité local. 0 si vous n’en demandez pas.",
            example="5 000",
            columns=("Prêt d’honneur", "PH Initiative"),
            decides=("financing.loans", "findings.loans_out_of_range"),
        ),
    ] = Field(
        0.0, title="Prêt d’honneur Initiative France", description="From Initiative France, €."
    )
    reseau_entreprendre: Annotated[
        Money,
        Asked(
            "Quel prêt d’honneur espérez-vous de Réseau Entreprendre ?",
            help="Il va aux projets qui prévoient d’embaucher, avec un chef d’entreprise pour vous suivre. 0 si vous n’en demandez pas.",
            example="20 000",
            columns=("Prêt d’honneur", "PH Réseau Entreprendre"),
            decides=("financing.loans", "findings.loans_out_of_range"),
        ),
    ] = Field(
        0.0, title="Prêt d’honneur Réseau Entreprendre", description="From Réseau Entreprendre, €."
    )
    bpifrance: Annotated[
        Money,
        Asked(
            "Quel prêt d’honneur espérez-vous de Bpifrance ?",
            help="Il ne vient qu’à côté du prêt d’un autre réseau. 0 si vous n’en demandez pas.",
            example="5 000",
            columns=("Prêt d’honneur", "PH Bpifrance"),
            decides=("financing.loans", "findings.loans_out_of_range"),
        ),
    ] = Field(
        0.0,
        title="Prêt d’honneur Bpifrance",
        description="From Bpifrance, €; it comes only beside another network's loan.",
    )

    @property
    def total(self) -> float:
        """Give all honour loans together, €."""
        return self.initiative_france + self.reseau_entreprendre + self.bpifrance


class BankTerms(Section):
    """How the bank loan is paid back: in equal instalments, after months in which its interest alone is paid."""

    months: Annotated[
        int,
        Asked(
            "En combien de mois rembourserez-vous le prêt bancaire ?",
            help="Jusqu’à la dernière mensualité, différé compris. À donner avec le taux, ou aucun des deux : des conditions habituelles sont alors supposées.",
            where="L’offre de prêt ou la simulation de la banque",
            example="84",
            when={"financing.bank_loan": ()},
            decides=("financing.bank_debt",),
        ),
    ] = Field(
        ge=1,
        le=300,
        title="Durée du prêt bancaire, en mois",
        description="Months until it is paid back, those with interest alone among them.",
        examples=[84],
    )
    rate: Annotated[
        Share,
        Asked(
            "Quel est le taux du prêt bancaire par an, assurance comprise ?",
            help="Intérêts et assurance ensemble. À donner avec la durée, ou aucun des deux : des conditions habituelles sont alors supposées.",
            where="L’offre de prêt ou la simulation de la banque",
            example="4,5",
            when={"financing.bank_loan": ()},
            decides=("financing.bank_debt",),
        ),
    ] = Field(
        title="Taux du prêt bancaire par an",
        description="Yearly interest rate, insurance included, 0 to 1: half of one per cent is written 0.005.",
    )
    deferral: Annotated[
        int,
        Asked(
            "Pendant combien de mois ne paierez-vous que les intérêts du prêt ?",
            help="C’est le différé : le remboursement du capital ne commence qu’après. Laissez vide si vous ne connaissez pas les conditions du prêt.",
            where="L’offre de prêt ou la simulation de la banque",
            example="6",
            when={"financing.bank_loan": ()},
            decides=("financing.bank_debt",),
        ),
    ] = Field(
        0,
        ge=0,
        le=36,
        title="Différé du prêt bancaire, en mois",
        description="First months in which interest alone is paid.",
    )

    def contradictions(self) -> list[Contradiction]:
        """Refuse a deferral that leaves no month to pay back."""
        if self.deferral < self.months:
            return []
        return [Contradiction("deferral", "profile.deferral_whole")]


class Financing(Section):
    """The money that the person can or hopes to put into the project."""

    savings: Annotated[
        Money,
        Asked(
            "Combien d’épargne à vous pouvez-vous mettre dans le projet ?",
            help="Sans ce qu’il faut garder pour les imprévus du foyer. 0 si vous n’en avez pas.",
            where="Vos relevés de livrets et de comptes",
            example="6 000",
            columns=("Apport", "Apport personnel", "Épargne", "Fonds propres"),
            decides=("financing", "findings.investment_gap", "findings.safety_low"),
            essential=True,
        ),
    ] = Field(
        0.0,
        title="Épargne pour le projet",
        description="Own savings that may go into the project, €.",
    )
    family: Annotated[
        Money,
        Asked(
            "Combien votre famille et vos amis mettraient-ils dans le projet ?",
            help="Dons et prêts ensemble, seulement ce qui est promis. Les parts d’associés se comptent ailleurs.",
            example="0",
            columns=("Aide familiale", "Aide de la famille", "Love money"),
            decides=("financing",),
        ),
    ] = Field(
        0.0,
        title="Aide de la famille et des amis",
        description="Gifts and loans from family and friends, €.",
    )
    bank_loan: Annotated[
        Money,
        Asked(
            "Quelle somme empruntez-vous à une banque pour le projet ?",
            help="Le montant demandé, même s’il n’est pas encore accordé. 0 si vous n’empruntez pas.",
            where="L’offre de prêt ou la simulation de la banque",
            example="10 000",
            columns=(
                "Emprunt",
                "Prêt",
                "Emprunt bancaire",
                "Montant du prêt",
                "Montant emprunté",
                "Crédit bancaire",
            ),
            decides=("financing", "financing.bank_debt", "findings.investment_gap"),
            essential=True,
        ),
    ] = Field(0.0, title="Prêt bancaire", description="Bank loan, €.")
    bank_terms: Annotated[
        BankTerms | None,
        Asked(
            "Connaissez-vous les conditions du prêt bancaire ?",
            help="Durée, taux et différé. Sans réponse, des conditions habituelles sont supposées.",
            where="L’offre de prêt ou la simulation de la banque",
            example="non",
            when={"financing.bank_loan": ()},
        ),
    ] = Field(
        None,
        title="Conditions du prêt bancaire",
        description="How the bank loan is paid back; left out where it is not known: a convention stands in for it.",
    )
    honor_loans: HonorLoans = Field(
        default_factory=HonorLoans,
        title="Prêts d’honneur espérés",
        description="Honour loans (prêts d'honneur), by network.",
    )
    grants: Annotated[
        Money,
        Asked(
            "Quelles subventions et quels prix comptez-vous recevoir ?",
            help="Ce qui ne se rembourse pas : aide de la région, de l’Agefiph, concours. Seulement ce qui est accordé ou presque.",
            where="Les lettres ou conventions d’attribution",
            example="0",
            columns=("Subventions", "Subvention"),
            decides=("financing",),
        ),
    ] = Field(0.0, title="Subventions et prix", description="Grants and prizes, €.")
    partners: Annotated[
        Money | None,
        Asked(
            "Combien vos associés et investisseurs apportent-ils à la société ?",
            help="L’argent qu’ils y mettent, sans le vôtre. Sans réponse, rien n’est compté.",
            where="Le projet de statuts ou l’accord entre associés",
            example="15 000",
            columns=("Apport des associés",),
            when={"project.partners": ()},
            or_when=({"project.seeks_investors": (True,)},),
            decides=("financing",),
            essential=True,
        ),
    ] = Field(
        None,
        title="Apport des associés et investisseurs",
        description="What partners and investors bring to the company, €; left out where it is not"
        " agreed: nothing is counted then.",
    )

    def contradictions(self) -> list[Contradiction]:
        """Refuse the terms of a loan that is not there."""
        if self.bank_terms is None or self.bank_loan:
            return []
        return [Contradiction("bank_terms", "profile.bank_terms_alone")]
