"""What is ready of the business: studies, customers, papers, accounts and covers."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from tremplin.model.profile.asked import Asked
from tremplin.model.profile.fields import (
    Distinct,
    Section,
    Share,
    choices,
)

Document = Literal[
    "identity",
    "address",
    "criminal_record_statement",
    "qualification",
    "financial_forecast",
    "financing_plan",
    "statutes",
    "capital_deposit",
    "legal_notice",
    "beneficial_owners",
    "registration",
    "bank_details",
    "insurance_certificate",
    "employer_authorisation",
]
DOCUMENT: Mapping[str, str] = {
    "identity": "pièce d’identité",
    "address": "justificatif de l’adresse de l’entreprise",
    "criminal_record_statement": "déclaration de non-condamnation et de filiation",
    "qualification": "preuve de qualification",
    "financial_forecast": "prévisions financières",
    "financing_plan": "plan de financement",
    "statutes": "statuts signés",
    "capital_deposit": "attestation de dépôt du capital",
    "legal_notice": "attestation de parution de l’annonce légale",
    "beneficial_owners": "déclaration des bénéficiaires effectifs",
    "registration": "attestation d’immatriculation",
    "bank_details": "RIB du compte de l’activité",
    "insurance_certificate": "attestation d’assurance",
    "employer_authorisation": "autorisation de l’employeur",
}
Progress = Literal["none", "draft", "done"]
PROGRESS: Mapping[str, str] = {"none": "à faire", "draft": "en cours", "done": "c’est fait"}


class Preparation(Section):
    """What is already done."""

    market_study: Annotated[
        Progress,
        Asked(
            "Avez-vous fait une étude de marché ?",
            help="Savoir qui achèterait, à quel prix, et ce que font les concurrents. Quelques dizaines d’entretiens notés suffisent pour répondre « c’est fait ».",
            example="en cours",
            synonyms={
                "none": ("non", "aucune", "pas commencée", "pas commencé"),
                "draft": ("commencée", "commencé", "ébauche"),
                "done": ("oui", "fait", "faite", "terminée", "terminé"),
            },
            decides=("steps", "scores"),
        ),
    ] = Field(
        "none",
        title="Étude de marché",
        description="State of the market study.",
        json_schema_extra=choices(PROGRESS),
    )
    business_plan: Annotated[
        Progress,
        Asked(
            "Avez-vous écrit votre plan d’affaires ?",
            help="Le document qui présente le projet avec ses prévisions de ventes, de frais et de financement.",
            example="en cours",
            columns=("Business plan",),
            synonyms={
                "none": ("non", "aucun", "pas commencé"),
                "draft": ("commencé", "ébauche", "brouillon"),
                "done": ("oui", "fait", "terminé"),
            },
            decides=("steps", "scores"),
        ),
    ] = Field(
        "none",
        title="Plan d’affaires",
        description="State of the business plan.",
        json_schema_extra=choices(PROGRESS),
    )
    clients: Annotated[
        int,
        Asked(
            "Combien de clients ont déjà acheté, ou promis d’acheter ?",
            help="Un devis signé ou une vraie promesse, pas un encouragement. 0 si personne encore.",
            example="2",
            columns=("Premiers clients",),
            decides=("timing", "scores"),
        ),
    ] = Field(
        0,
        ge=0,
        le=1_000_000,
        title="Clients qui ont acheté ou promis",
        description="Clients who have bought or promised to buy.",
    )
    recurring_share: Annotated[
        Share,
        Asked(
            "Quelle part du chiffre d’affaires reviendrait d’elle-même ?",
            help="Abonnements, contrats d’entretien, clients fidèles : ce qu’il ne faut pas vendre à nouveau chaque mois.",
            example="40",
            decides=("risk", "timing", "scores"),
        ),
    ] = Field(
        0.0,
        title="Part régulière du chiffre d’affaires",
        description="Share of the turnover that comes back by itself, 0 to 1.",
    )
    insurance: Annotated[
        bool,
        Asked(
            "Avez-vous déjà souscrit l’assurance professionnelle ?",
            help="Responsabilité civile professionnelle, et garantie décennale dans le bâtiment. Un devis ne compte pas.",
            where="L’attestation d’assurance",
            example="non",
            decides=("steps", "insurances"),
        ),
    ] = Field(
        default=False,
        title="Assurance professionnelle souscrite",
        description="Whether the professional insurance is taken out.",
    )
    bank_account: Annotated[
        bool,
        Asked(
            "Avez-vous déjà un compte bancaire pour l’activité ?",
            help="Un compte séparé de votre compte personnel, même s’il n’est pas « professionnel » au sens de la banque.",
            example="non",
            decides=("steps",),
        ),
    ] = Field(
        default=False,
        title="Compte bancaire pour l’activité",
        description="Whether there is a bank account for the business.",
    )
    documents: Annotated[
        Distinct[Annotated[Document, Field(json_schema_extra=choices(DOCUMENT))]],
        Asked(
            "Quelles pièces avez-vous déjà réunies ?",
            help="Celles que le dossier d’immatriculation demandera, et celles qui prouvent vos démarches. Aucune : laissez vide.",
            example="pièce d’identité, justificatif de l’adresse de l’entreprise",
            synonyms={
                "identity": ("CNI", "carte d’identité", "passeport"),
                "address": ("justificatif de domicile", "bail", "domiciliation"),
                "criminal_record_statement": (
                    "déclaration de non-condamnation",
                    "attestation de non-condamnation",
                    "non-condamnation",
                ),
                "qualification": ("diplôme", "attestation de qualification"),
                "financial_forecast": ("prévisionnel", "prévisionnel financier"),
                "statutes": ("statuts",),
                "capital_deposit": ("dépôt de capital", "dépôt du capital"),
                "legal_notice": ("annonce légale",),
                "beneficial_owners": ("bénéficiaires effectifs",),
                "registration": ("Kbis", "extrait Kbis", "SIRET", "immatriculation"),
                "bank_details": ("RIB", "IBAN"),
                "insurance_certificate": ("RC pro", "décennale", "assurance"),
                "employer_authorisation": ("autorisation de cumul", "accord de l’employeur"),
            },
            decides=("documents", "steps", "contract.authorised"),
        ),
    ] = Field(
        (),
        strict=False,  # YAML has lists only
        title="Pièces déjà réunies",
        description="Papers at hand: identity (identity card or passport), address (proof of the"
        " business address: lease, domiciliation, bill), criminal_record_statement (déclaration de"
        " non-condamnation et de filiation), qualification (diploma or proof of experience),"
        " financial_forecast, financing_plan, statutes (signed, companies), capital_deposit (bank's"
        " certificate, companies), legal_notice (annonce légale, companies), beneficial_owners"
        " (declaration, companies), registration (attestation d'immatriculation with SIRET),"
        " bank_details (RIB of the business account), insurance_certificate (RC pro, décennale),"
        " employer_authorisation (written, public sector or where the contract asks for it).",
        examples=[["identity", "address"]],
        json_schema_extra={"uniqueItems": True},
    )
