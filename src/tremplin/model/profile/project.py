"""The business that the person wants to start: what it is, who shares it and what it needs."""

from collections.abc import Mapping
from math import fsum
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from tremplin.model.profile.asked import Asked
from tremplin.model.profile.fields import (
    Contradiction,
    Day,
    Entry,
    Hours,
    Known,
    Line,
    Money,
    Section,
    Share,
    choices,
)
from tremplin.model.profile.means import Asset, Employee, Franchise, Premises, Takeover
from tremplin.model.profile.preparation import Preparation
from tremplin.model.profile.turnover import Expenses, Turnover

Category = Literal[
    "sale",
    "lodging",
    "guest_rooms",
    "tourist_let_classified",
    "tourist_let",
    "commercial_service",
    "craft_service",
    "craft_sale",
    "liberal",
    "liberal_cipav",
]
CATEGORY: Mapping[str, str] = {
    "sale": "vente de marchandises",
    "lodging": "hébergement (hôtel, camping…)",
    "guest_rooms": "chambres d’hôtes",
    "tourist_let_classified": "meublé de tourisme classé",
    "tourist_let": "meublé de tourisme non classé",
    "commercial_service": "service commercial",
    "craft_service": "service artisanal",
    "craft_sale": "fabrication et vente artisanales",
    "liberal": "activité libérale",
    "liberal_cipav": "activité libérale relevant de la Cipav",
}
CATEGORY_SYNONYMS: Mapping[object, tuple[str, ...]] = {
    "sale": ("vente", "commerce", "achat-revente", "négoce", "e-commerce", "restauration"),
    "lodging": ("hébergement", "hôtel", "camping"),
    "guest_rooms": ("chambre d’hôtes", "maison d’hôtes"),
    "tourist_let_classified": ("meublé classé", "gîte classé", "location saisonnière classée"),
    "tourist_let": ("meublé non classé", "gîte", "location saisonnière", "Airbnb"),
    "commercial_service": ("service", "services", "prestation commerciale", "BIC services"),
    "craft_service": ("artisanat de service", "prestation artisanale", "bâtiment", "réparation"),
    "craft_sale": ("fabrication", "fabrication artisanale", "artisan commerçant"),
    "liberal": ("profession libérale", "libéral", "BNC", "conseil", "prestation intellectuelle"),
    "liberal_cipav": ("Cipav", "profession libérale Cipav"),
}
Manages = Literal["sole", "joint", "no", "unknown"]
MANAGES: Mapping[str, str] = {
    "sole": "vous seul",
    "joint": "vous et d’autres",
    "no": "d’autres que vous",
    "unknown": "pas encore décidé",
}

ROUNDED = 0.001
"""By how much shares that people have rounded may be more than the whole."""


class CategoryShare(NamedTuple):
    """A category of a project, and its share of the turnover."""

    category: Category
    share: float


CategoryMix = tuple[CategoryShare, ...]
"""The categories of a project, each once, the one with most of the turnover first; the shares are 1 together."""


def alone(category: Category) -> CategoryMix:
    """Give the mix of a project with one category."""
    return (CategoryShare(category, 1.0),)


class Activity(Entry):
    """A further activity of the same business."""

    activity: Annotated[
        Line,
        Asked(
            "Quelle autre activité la même entreprise aura-t-elle ?",
            help="En quelques mots, une seule à la fois.",
            example="Coaching",
            column="nom",
            essential=True,
        ),
    ] = Field(
        title="Autre activité",
        description="A further activity in a few words (in French).",
        examples=["Coaching"],
    )
    trade: Annotated[
        Line | None,
        Asked(
            "À quel métier de notre catalogue cette autre activité correspond-elle ?",
            help="Laissez vide : il est reconnu d’après vos mots quand c’est possible.",
            example="coach",
            column="métier du catalogue",
            decides=("trade.further",),
        ),
    ] = Field(
        None,
        title="Métier de l’autre activité",
        description="The id of its trade in data/trades, as for the first.",
    )
    category: Annotated[
        Category,
        Asked(
            "Que vendez-vous dans cette autre activité ?",
            help="La catégorie fixe les cotisations, l’impôt et les plafonds de cette part.",
            example="activité libérale",
            column="catégorie",
            synonyms=CATEGORY_SYNONYMS,
            decides=("contributions", "thresholds"),
            essential=True,
        ),
    ] = Field(
        title="Catégorie de l’autre activité",
        description="How it is taxed, as for the first.",
        json_schema_extra=choices(CATEGORY),
    )
    share: Annotated[
        Share,
        Asked(
            "Quelle part du chiffre d’affaires cette autre activité fera-t-elle ?",
            help="L’activité principale garde ce que les autres laissent.",
            example="20",
            column="part du chiffre d’affaires",
            decides=("contributions", "thresholds"),
            essential=True,
        ),
    ] = Field(
        title="Part de l’autre activité dans le chiffre d’affaires",
        description="Its share of the turnover, 0 to 1; the first activity has what the others leave.",
    )

    @property
    def said(self) -> str:
        """Name it with its share."""
        return f"{self.activity} ({self.share:.0%})".replace("%", " %")


class Project(Section):
    """The business the person wants to start."""

    activity: Annotated[
        Line,
        Asked(
            "Quelle activité voulez-vous lancer ?",
            help="Dites en quelques mots ce que vous vendrez, et à qui. Ces mots figurent dans le rapport et servent à reconnaître le métier.",
            example="Rédaction web pour des artisans",
            columns=(
                "Projet",
                "Activité envisagée",
                "Activité du projet",
                "Nature du projet",
                "Intitulé du projet",
                "Description du projet",
                "Projet de création",
                "Projet envisagé",
                "Projet professionnel",
                "Idée de projet",
                "Métier visé",
            ),
            decides=("trade", "findings.trade_unknown"),
            essential=True,
        ),
    ] = Field(
        title="Activité",
        description="The activity in a few words, as it is printed in the report (in French).",
        examples=["Rédaction web"],
    )
    trade: Annotated[
        Line | None,
        Asked(
            "À quel métier de notre catalogue votre activité correspond-elle ?",
            help="Laissez vide : il est reconnu d’après vos mots quand c’est possible. Choisissez-le si le rapport dit qu’il hésite.",
            example="web_writer",
            decides=("trade", "trade.regulated", "forms.closed"),
        ),
    ] = Field(
        None,
        title="Métier du catalogue",
        description="The id of the trade in data/trades, such as florist; `tremplin trades` finds it. Left out, it"
        " is recognised by the words of the activity, or asked for.",
        examples=["web_writer"],
    )
    category: Annotated[
        Category,
        Asked(
            "Que vendrez-vous surtout : des marchandises, un travail manuel, des conseils, un hébergement ?",
            help="La catégorie fixe les cotisations, l’impôt et les plafonds. Si vous en faites plusieurs, prenez celle qui rapporte le plus.",
            example="activité libérale",
            columns=("Catégorie", "Type d’activité", "Nature de l’activité"),
            synonyms=CATEGORY_SYNONYMS,
            decides=("contributions", "thresholds", "forms"),
            essential=True,
        ),
    ] = Field(
        title="Catégorie de l’activité",
        description="How the activity is taxed: sale (goods, food on site), lodging (hotels and the"
        " like), guest_rooms (chambres d'hôtes), tourist_let_classified and tourist_let (furnished"
        " tourist lets), commercial_service, craft_service, craft_sale, liberal (general scheme),"
        " liberal_cipav.",
        json_schema_extra=choices(CATEGORY),
    )
    activities: Annotated[
        tuple[Activity, ...],
        Asked(
            "La même entreprise aura-t-elle d’autres activités ?",
            help="Par exemple des produits vendus en plus d’un service. Chacune a sa catégorie et sa part du chiffre d’affaires.",
            example="non",
            column="Autre activité",
            decides=("trade.further", "contributions", "thresholds"),
        ),
    ] = Field(
        (),
        strict=False,  # YAML has lists only
        max_length=5,
        title="Autres activités de la même entreprise",
        description="Further activities beside the first, each with its category and its share of the turnover,"
        " such as goods sold with a service. Left out, there is one.",
    )
    regulated: Annotated[
        Known,
        Asked(
            "La loi demande-t-elle un diplôme ou une expérience pour exercer ce métier ?",
            help="C’est le cas du bâtiment, de la coiffure, de la boulangerie ou des soins. Si vous ne le savez pas, le rapport regarde son catalogue de métiers.",
            where="La fiche du métier sur service-public.fr (entreprendre), ou votre chambre de métiers",
            example="oui",
            columns=("Profession réglementée",),
            decides=(
                "trade.regulated",
                "findings.trade_regulated",
                "findings.qualification_unknown",
            ),
            essential=True,
        ),
    ] = Field(
        "unknown",
        title="Activité réglementée",
        description="Whether the law asks for a diploma or experience to carry on the activity.",
    )
    qualified: Annotated[
        Known,
        Asked(
            "Avez-vous le diplôme ou l’expérience que ce métier demande ?",
            help="Le plus souvent un CAP ou un titre du même niveau, ou quelques années d’expérience ; certaines professions exigent plus.",
            where="Vos diplômes, vos certificats de travail et bulletins de paie",
            example="oui",
            columns=("Qualification", "Diplôme requis"),
            when={"project.regulated": (True, "unknown")},
            decides=("findings.qualification_missing", "findings.qualification_unknown"),
            essential=True,
        ),
    ] = Field(
        "unknown",
        title="Vous avez la qualification exigée",
        description="Whether the person has that diploma or experience; of no effect where the"
        " activity is not regulated.",
    )
    physical: Annotated[
        bool,
        Asked(
            "Ce travail est-il dur pour le corps ?",
            help="Charges à porter, postures pénibles, debout longtemps, levers très tôt.",
            example="non",
            decides=("findings.physical_trade",),
        ),
    ] = Field(
        default=False,
        title="Travail physique",
        description="Whether the work wears the body: loads, postures, early hours.",
    )
    start: Annotated[
        Day,
        Asked(
            "Quel jour prévoyez-vous de démarrer ?",
            help="Le premier jour de l’entreprise, même approximatif : vous pourrez le changer.",
            example="04/01/2027",
            columns=(
                "Démarrage",
                "Date de démarrage",
                "Date de démarrage du projet",
                "Démarrage prévu",
                "Début d’activité",
                "Date de début d’activité",
                "Date de création prévue",
                "Création prévue",
                "Lancement",
                "Date de lancement",
                "Ouverture",
                "Date d’ouverture",
            ),
            decides=("start.feasible", "milestones", "findings.start_too_close"),
            essential=True,
        ),
    ] = Field(
        title="Démarrage de l’activité",
        description="Planned first day of the business.",
        examples=["2027-01-04"],
    )
    competes_with_employer: Annotated[
        Known,
        Asked(
            "Votre projet ferait-il concurrence à votre employeur ?",
            help="Le même genre de produits ou de services, pour le même genre de clients. Tant que le contrat dure, c’est une faute, même sans clause.",
            example="non",
            decides=(
                "findings.competing_activity",
                "contract.non_compete",
                "findings.loyalty_unknown",
            ),
            essential=True,
        ),
    ] = Field(
        "unknown",
        title="Le projet concurrence l’employeur",
        description="Whether the business would compete with the employer.",
    )
    targets_employer_clients: Annotated[
        Known,
        Asked(
            "Comptez-vous proposer vos services à des clients de votre employeur ?",
            help="Ceux que vous connaissez par votre travail, même s’ils vous l’ont demandé.",
            example="non",
            decides=("findings.employer_clients", "findings.loyalty_unknown"),
            essential=True,
        ),
    ] = Field(
        "unknown",
        title="Le projet vise les clients de l’employeur",
        description="Whether it would approach the employer's clients.",
    )
    uses_employer_resources: Annotated[
        Known,
        Asked(
            "Utiliseriez-vous pour votre projet du temps, du matériel ou des fichiers de votre employeur ?",
            help="Ordinateur, véhicule, outils, listes de clients, heures payées : même un peu compte.",
            example="non",
            decides=("findings.employer_resources", "findings.loyalty_unknown"),
            essential=True,
        ),
    ] = Field(
        "unknown",
        title="Le projet utilise les moyens de l’employeur",
        description="Whether it would use the employer's time, equipment, files or know-how.",
    )
    represents_others: Annotated[
        Known,
        Asked(
            "Votre projet consiste-t-il à représenter d’autres entreprises, ou à vendre leurs produits pour elles ?",
            help="Le contrat d’un VRP peut l’interdire, et la loi ne suspend pas cette interdiction.",
            example="non",
            when={"employment.sales_representative": (True,)},
            decides=("contract.exclusivity", "findings.exclusivity_clause", "findings.vrp_clause"),
            essential=True,
        ),
    ] = Field(
        "unknown",
        title="Le projet représente d’autres entreprises",
        description="Whether the business would represent other firms, or sell their products for them;"
        " asked of sales representatives (VRP) only.",
    )
    weekly_hours: Annotated[
        Hours,
        Asked(
            "Combien d’heures par semaine donnerez-vous au projet ?",
            help="Tout compris au démarrage : clients, préparation, trajets, papiers.",
            example="10",
            columns=(
                "Temps consacré au projet",
                "Heures pour le projet",
                "Heures du projet",
                "Heures par semaine",
                "Temps du projet",
            ),
            decides=("week", "findings.overload"),
            essential=True,
        ),
    ] = Field(
        title="Temps consacré au projet par semaine",
        description="Hours a week for the project.",
        examples=[10],
    )
    turnover: Turnover = Field(
        title="Chiffre d’affaires prévu", description="Expected turnover, €/month excluding VAT."
    )
    expenses: Expenses = Field(
        default_factory=Expenses, title="Frais prévus", description="Expected expenses."
    )
    investment: Annotated[
        Money,
        Asked(
            "Combien faut-il payer avant d’ouvrir ?",
            help="Travaux, matériel, site, frais de création, TVA comprise. Sans ce que vous détaillez à part : stock, équipements, dépôt de garantie, prix d’un fonds repris.",
            where="Devis des fournisseurs",
            example="2 500",
            columns=("Investissement", "Investissement initial", "Montant de l’investissement"),
            decides=("opening.costs", "financing", "findings.investment_gap"),
            essential=True,
        ),
    ] = Field(
        0.0,
        title="Investissement de départ",
        description="What is to be paid at the start, VAT included, €: works, equipment, fees; without what the keys"
        " below tell apart.",
    )
    takeover: Annotated[
        Takeover | None,
        Asked(
            "Reprenez-vous une entreprise qui existe déjà ?",
            help="Vous achetez un fonds : clientèle, bail, équipements.",
            example="non",
        ),
    ] = Field(
        None,
        title="Reprise d’une entreprise",
        description="The business that is bought; left out by whoever creates one.",
    )
    franchise: Annotated[
        Franchise | None,
        Asked(
            "Rejoignez-vous un réseau de franchise ?",
            help="Vous exercez sous l’enseigne d’un franchiseur, qui se fait payer.",
            example="non",
        ),
    ] = Field(
        None,
        title="Réseau de franchise",
        description="The franchise; left out where there is none.",
    )
    premises: Annotated[
        Premises | None,
        Asked(
            "Louerez-vous un local ?",
            help="Boutique, atelier, bureau ; pas votre logement.",
            example="non",
        ),
    ] = Field(
        None, title="Local loué", description="Premises to rent; left out where there are none."
    )
    stock: Annotated[
        Money,
        Asked(
            "Combien de stock achèterez-vous avant d’ouvrir ?",
            help="Les marchandises à revendre, TVA comprise. 0 s’il n’y en a pas.",
            where="Devis des fournisseurs",
            example="3 000",
            columns=("Stock", "Stock initial"),
            decides=("opening.costs", "financing"),
        ),
    ] = Field(
        0.0,
        title="Stock de départ",
        description="Goods bought before opening, VAT included, €.",
    )
    equipment: Annotated[
        tuple[Asset, ...],
        Asked(
            "Achetez-vous au départ des équipements qui serviront plusieurs années ?",
            help="Four, véhicule, machine… Les donner un par un permet d’en répartir le coût sur leur durée ; ne les comptez plus dans l’investissement de départ.",
            where="Devis des fournisseurs",
            example="Four et pétrin, 12 000 €, 7 ans",
            column="Équipement",
            decides=("opening.equipment", "opening.vat_refund"),
        ),
    ] = Field(
        (),
        strict=False,  # YAML has lists only
        max_length=30,
        title="Équipements qui s’usent",
        description="Equipment to buy at the start, each with its price and the years that it lasts; what is told here is"
        " not part of the investment above.",
    )
    employees: Annotated[
        tuple[Employee, ...],
        Asked(
            "Embaucherez-vous quelqu’un dans les deux premières années ?",
            help="Une ligne par personne. Votre conjoint n’est compté que s’il est salarié.",
            example="Vendeuse, 1 900 € brut par mois",
            column="Salarié",
            decides=("expenses.commitments", "hiring.first_day"),
        ),
    ] = Field(
        (),
        strict=False,  # YAML has lists only
        max_length=10,
        title="Salariés à embaucher",
        description="People whom the business employs within two years, one each.",
    )
    charges_vat: Annotated[
        bool,
        Asked(
            "Voulez-vous facturer la TVA dès le premier jour, par choix ?",
            help="Elle vous rend la TVA de vos achats, mais s’ajoute à vos prix. Sans ce choix, elle n’est due qu’au-delà d’un seuil.",
            example="non",
            decides=("vat.chosen", "opening.vat_refund", "findings.equipment_vat"),
        ),
    ] = Field(
        default=False,
        title="TVA dès le premier jour, par option",
        description="Whether VAT is charged from the first day by choice, which gives back that of the equipment.",
    )
    partners: Annotated[
        int,
        Asked(
            "Combien d’associés aurez-vous, en plus de vous ?",
            help="Ceux qui détiendront une part de la société avec vous. 0 si vous vous lancez seul.",
            example="0",
            columns=("Associés", "Nombre d’associés"),
            decides=("forms.shared", "forms"),
            essential=True,
        ),
    ] = Field(
        0,
        ge=0,
        le=100,
        title="Nombre d’associés en plus de vous",
        description="Number of partners besides the person.",
    )
    seeks_investors: Annotated[
        bool,
        Asked(
            "Cherchez-vous des investisseurs qui prendraient une part de la société ?",
            help="Des personnes ou des fonds qui mettent de l’argent contre une part du capital. Une banque n’en est pas un.",
            example="non",
            decides=("forms.shared", "forms", "financing"),
        ),
    ] = Field(
        default=False,
        title="Recherche d’investisseurs",
        description="Whether the person wants outside investors in the capital.",
    )
    capital_share: Annotated[
        Share | None,
        Asked(
            "Quelle part du capital aurez-vous une fois tout le monde entré ?",
            help="Le capital est ce que les associés mettent dans la société ; votre part fixe ce qui vous revient.",
            where="Le projet de statuts ou l’accord entre associés",
            example="60",
            when={"project.partners": ()},
            or_when=({"project.seeks_investors": (True,)},),
            decides=("forms.share", "forms.majority_manager", "acre.control"),
            essential=True,
        ),
    ] = Field(
        None,
        title="Votre part du capital",
        description="The person's own share of the company's capital once everybody has come in,"
        " 0 to 1; required where there are partners or investors. A third is written 0.3333.",
        examples=[0.6],
    )
    family_share: Annotated[
        Share | None,
        Asked(
            "Quelle part du capital votre famille proche aura-t-elle ?",
            help="Conjoint ou partenaire de PACS, parents, grands-parents, enfants et petits-enfants, sans votre part à vous. 0 si aucune.",
            where="Le projet de statuts ou l’accord entre associés",
            example="0",
            when={"project.partners": ()},
            or_when=({"project.seeks_investors": (True,)},),
            decides=("acre.control", "forms.majority_manager"),
            essential=True,
        ),
    ] = Field(
        None,
        title="Part du capital de votre famille",
        description="What husband, wife or PACS partner, parents, grandparents, children and"
        " grandchildren hold of it, 0 to 1; 0 for nothing, left out where it is not known.",
    )
    largest_other_share: Annotated[
        Share | None,
        Asked(
            "Quelle est la plus grosse part qu’une autre personne que vous détiendra ?",
            help="Avec un seul associé et sans investisseur, inutile de répondre : c’est le reste.",
            where="Le projet de statuts ou l’accord entre associés",
            example="25",
            when={"project.partners": ()},
            or_when=({"project.seeks_investors": (True,)},),
            decides=("acre.control",),
        ),
    ] = Field(
        None,
        title="Plus grosse part d’un autre associé",
        description="The largest share that anybody but the person holds, 0 to 1; left out where it"
        " is not known.",
    )
    applicants_share: Annotated[
        Share | None,
        Asked(
            "Quelle part auront ensemble les associés qui demanderont aussi l’ACRE ?",
            help="Seulement ceux qui ont chacun au moins le dixième de la plus grosse part. 0 si vous la demandez seul.",
            where="Le projet de statuts ou l’accord entre associés",
            example="0",
            when={"project.partners": ()},
            decides=("acre.control",),
        ),
    ] = Field(
        None,
        title="Part des associés qui demandent aussi l’ACRE",
        description="What the partners hold together who will ask for ACRE too, each with a tenth of"
        " the largest holder's share at least, 0 to 1; left out where it is not known.",
    )
    manages: Annotated[
        Manages,
        Asked(
            "Qui dirigera la société ?",
            help="Le gérant d’une SARL, le président ou le directeur général d’une SAS.",
            where="Le projet de statuts",
            example="vous seul",
            when={"project.partners": ()},
            or_when=({"project.seeks_investors": (True,)},),
            synonyms={
                "sole": ("seul", "moi seul", "moi"),
                "joint": ("à plusieurs", "cogérance", "co-gérance", "avec d’autres"),
                "no": ("non", "un associé", "d’autres"),
            },
            decides=("forms.majority_manager", "acre.control"),
            essential=True,
        ),
    ] = Field(
        "unknown",
        title="Qui dirige la société",
        description="Who manages a company with partners or investors, as gérant, president or"
        " managing director: sole (the person alone), joint (with others), no (others), unknown."
        " Whoever founds alone manages alone.",
        json_schema_extra=choices(MANAGES),
    )
    preparation: Preparation = Field(
        default_factory=Preparation,
        title="Préparation du projet",
        description="What is already done.",
    )

    @property
    def mix(self) -> CategoryMix:
        """The categories of all activities with their shares of the turnover, the largest first."""
        shares = {self.category: 1 - fsum(one.share for one in self.activities)}
        for one in self.activities:
            shares[one.category] = shares.get(one.category, 0.0) + one.share
        parts = (CategoryShare(category, share) for category, share in shares.items())
        return tuple(sorted(parts, key=lambda part: -part.share))

    @property
    def fixed_expenses(self) -> float:
        """The expenses of every month that do not follow turnover, the rent among them, €/month; employees apart."""
        return self.expenses.fixed + (self.premises.rent if self.premises else 0.0)

    @property
    def expense_rate(self) -> float:
        """The expenses that follow turnover, a franchisor's part among them, as a share of it."""
        return self.expenses.rate + (self.franchise.royalty if self.franchise else 0.0)

    @property
    def shared(self) -> bool:
        """Whether there are partners or investors."""
        return self.partners > 0 or self.seeks_investors

    @property
    def own_share(self) -> float:
        """The person's share of what the business leaves: all of it where nobody else has one."""
        return 1.0 if self.capital_share is None else self.capital_share

    def contradictions(self) -> list[Contradiction]:
        """Ask for the share of whoever shares, refuse that of whoever is alone, and shares or activities beyond the whole."""
        if fsum(one.share for one in self.activities) >= 1:
            return [Contradiction("activities", "profile.activities_whole")]
        lets = ("guest_rooms", "tourist_let_classified", "tourist_let")
        if len(self.mix) > 1 and any(part.category in lets for part in self.mix):
            return [Contradiction("activities", "profile.letting_mixed")]
        if self.shared and self.capital_share is None:
            return [Contradiction("capital_share", "profile.share_missing")]
        if not self.shared and self.own_share < 1:
            return [Contradiction("capital_share", "profile.share_alone")]
        return [
            Contradiction(key, "profile.shares_together")
            for key in ("family_share", "largest_other_share", "applicants_share")
            if self.own_share + (getattr(self, key) or 0.0) > 1 + ROUNDED
        ]
