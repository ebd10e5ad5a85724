"""The money that the person can or hopes to put into the project."""

from pydantic import Field

from tremplin.model.profile.fields import Money, Section


class HonorLoans(Section):
    """Interest-free personal loans (prêts d'honneur) hoped for, by network."""

    initiative_france: Money = Field(
        0.0, title="Prêt d’honneur Initiative France", description="From Initiative France, €."
    )
    reseau_entreprendre: Money = Field(
        0.0, title="Prêt d’honneur Réseau Entreprendre", description="From Réseau Entreprendre, €."
    )
    bpifrance: Money = Field(
        0.0,
        title="Prêt d’honneur Bpifrance",
        description="From Bpifrance, €; it comes only beside another network's loan.",
    )

    @property
    def total(self) -> float:
        """Give all honour loans together, €."""
        return self.initiative_france + self.reseau_entreprendre + self.bpifrance


class Financing(Section):
    """The money that the person can or hopes to put into the project."""

    savings: Money = Field(
        0.0,
        title="Épargne pour le projet",
        description="Own savings that may go into the project, €.",
    )
    family: Money = Field(
        0.0,
        title="Aide de la famille et des amis",
        description="Gifts and loans from family and friends, €.",
    )
    bank_loan: Money = Field(0.0, title="Prêt bancaire", description="Bank loan, €.")
    honor_loans: HonorLoans = Field(
        default_factory=HonorLoans,
        title="Prêts d’honneur espérés",
        description="Honour loans (prêts d'honneur), by network.",
    )
    grants: Money = Field(0.0, title="Subventions et prix", description="Grants and prizes, €.")
