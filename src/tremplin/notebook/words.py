"""
French words for the ids that the analysis speaks in.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tremplin.law.forms import Form
from tremplin.model import profile


@dataclass(frozen=True, slots=True)
class FormNames:
    """What a legal form is called."""

    name: str
    """In a sentence, for one founder."""
    shared: str
    """In a sentence, for several partners."""
    short: str
    """Where forms are compared, in charts and tables."""
    label: str
    """In a narrow column of a table."""


VERDICT: Mapping[str, str] = {
    "go": "Vous pouvez vous lancer",
    "go_with_conditions": "Vous pouvez vous lancer, à certaines conditions",
    "stopped_by_law": "Pas en l’état : une règle s’y oppose",
    "stopped_by_money": "Pas en l’état : l’argent manquerait",
    "stopped_twice": "Pas en l’état : une règle s’y oppose, et l’argent manquerait",
}
"""By the outcome of that name: it says what stops the start."""

ENOUGH = "*Un seul changement suffirait : {}.*"
ENOUGH_TOGETHER = "*Il faudrait deux changements ensemble : {}.*"
NO_CHANGE = "*Aucun des changements essayés, ni deux ensemble, ne suffirait : c’est le projet qu’il faut revoir.*"
"""What would lift a finding."""

SEVERITY: Mapping[str, str] = {
    "stop": "arrête le projet",
    "high": "lourde",
    "medium": "moyenne",
    "low": "légère",
}
AT_STAKE: Mapping[str, str] = {
    "job": "votre emploi",
    "money": "votre argent",
    "health": "votre santé",
    "time": "votre calendrier",
}
"""What a condition can cost."""

DIMENSION: Mapping[str, str] = {
    "contract": "Contrat",
    "time": "Temps et énergie",
    "finances": "Finances",
    "project": "Projet",
    "support": "Entourage",
}
ANSWER: Mapping[float, str] = {1.0: "oui", 0.5: "en partie", 0.0: "non"}
ANSWER_CLASS: Mapping[float, str] = {1.0: "met", 0.5: "unknown", 0.0: "unmet"}
TRISTATE: Mapping[str, str] = {"yes": "remplie", "no": "manquante", "unknown": "à vérifier"}
TRISTATE_CLASS: Mapping[str, str] = {"yes": "met", "no": "unmet", "unknown": "unknown"}
KIND: Mapping[str, str] = {
    "job": "Emploi",
    "commute": "Trajets",
    "project": "Projet",
    "care": "Proches",
    "rest": "Sommeil, repas, repos",
}
SITUATION: Mapping[str, str] = {
    "full": "Emploi actuel",
    "part_time": "Temps partiel",
    "leave": "Congé ou après l’emploi",
}
DAY: tuple[str, ...] = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
NUMBERS: tuple[str, ...] = (
    "aucun",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
)
ORDINALS: tuple[str, ...] = ("première", "deuxième", "troisième", "quatrième", "cinquième")
"""Which of some years in a row."""

PHASE: Mapping[str, str] = {
    "contract": "Contrat",
    "prepare": "Préparation",
    "register": "Immatriculation",
    "launch": "Démarrage",
    "after": "Suivi",
}
FORMS: Mapping[Form, FormNames] = {
    "micro": FormNames(
        name="micro-entreprise",
        shared="micro-entreprise",
        short="Micro-entreprise",
        label="micro",
    ),
    "ei": FormNames(
        name="entreprise individuelle au régime réel",
        shared="entreprise individuelle au régime réel",
        short="EI au réel",
        label="EI au réel",
    ),
    "eurl": FormNames(name="EURL", shared="SARL", short="EURL ou SARL", label="EURL/SARL"),
    "sasu": FormNames(name="SASU", shared="SAS", short="SASU ou SAS", label="SASU/SAS"),
}
CATEGORY = profile.CATEGORY
STATUS: Mapping[str, str] = {
    "corroborated": "corroboré",
    "imprecise": "imprécis",
    "outdated": "dépassé",
    "contradicted": "contredit",
    "unverifiable": "invérifiable",
}
GROUND: Mapping[str, str] = {
    "job_seeker": "vous serez au chômage indemnisé à la création",
    "benefits": "vous recevez une prestation qui y donne droit",
    "age": "vous aurez moins de {{ rule('acre.age_limit') | number }} ans à la création",
    "disability": (
        "vous aurez moins de {{ rule('acre.age_limit_disabled') | number }} ans et votre handicap est reconnu"
    ),
    "qpv": "vous créez dans un quartier prioritaire de la politique de la ville",
    "zfrr": "vous créez dans une commune classée France ruralités revitalisation",
    "short_activity": "vous aurez moins de {{ rule('acre.age_limit_disabled') | number }} ans et, semble-t-il, trop peu"
    " travaillé pour avoir droit au chômage (à vérifier auprès de France Travail)",
}
"""Templates: they ask for the ages of the law."""

ZONE: Mapping[str, str] = {
    "zfrr": "une commune France ruralités revitalisation (ZFRR)",
    "zfrr_plus": "une commune France ruralités revitalisation renforcée (ZFRR+)",
    "qpv": "un quartier prioritaire de la politique de la ville",
}
ZONE_CONDITION: Mapping[str, str] = {
    "dates": "Créer l’entreprise pendant la période de la loi",
    "activity": "Exercer une activité admise : commerce, artisanat"
    "{{ ' ou soin' if zone_relief.zone == 'qpv' else ' ou activité libérale' }}, sans gestion d’immeubles",
    "place": "Avoir dans la zone l’adresse, les moyens et l’activité, pas une simple domiciliation",
    "staff": "Employer moins de"
    " {{ rule('zones.' ~ ('qpv' if zone_relief.zone == 'qpv' else 'rural') ~ '.staff') | number }} salariés",
    "capital": "Ne pas être détenue par d’autres sociétés pour plus de {{ rule('zones.capital_share') | percent }}",
    "new": "Créer une activité nouvelle : ni transfert, ni extension, ni reprise de la vôtre",
}
"""Templates: they ask for the zone's numbers."""

STATE: Mapping[str, str] = {
    "met": "réunie, d’après votre profil",
    "not_met": "non réunie",
    "to_verify": "à vérifier",
}

MILESTONE: Mapping[str, str] = {
    "start": "Démarrage de l’activité",
    "leave_request": "Demande de congé ou de temps partiel",
    "leave_agreed": "Silence de l’employeur : accord",
    "leave_open": "Congé pour création ouvert",
    "leave_ends": "Fin du congé ou du temps partiel {{ in_words(rule('creation_leave.duration_years'), 'an') | of }}",
    "acre_request": "Dernier jour pour demander l’ACRE",
    "exclusivity_ends": "Fin de la suspension d’exclusivité",
    "contract_ends": "Fin du contrat",
}
"""Templates, likewise."""

CONDITION_MET: Mapping[str, str] = {
    "time_and_place": "écrite, proportion à vérifier",
    "compensation": "prévue, montant à vérifier",
}
CONDITION: Mapping[str, str] = {
    "legitimate_interest": "Elle protège un intérêt légitime de l’entreprise",
    "time_and_place": "Elle est limitée dans le temps et dans l’espace",
    "job": "Elle tient compte de votre métier et vous laisse en exercer un",
    "compensation": "Elle prévoit une contrepartie financière qui n’est pas dérisoire",
}
ACTIVITY_YEAR: Mapping[int, str] = {1: "Première année", 2: "Deuxième année"}
POCKET: Mapping[str, str] = {
    "turnover": "Chiffre d’affaires",
    "expenses": "Frais",
    "contributions": "Cotisations",
    "partners": "Part des autres associés",
    "taxes": "Impôts",
    "left": "Dans votre poche",
    "loss": "Perte de la société",
}
UNIT: Mapping[str, str] = {
    "hours/week": "h par semaine",
    "hours/day": "h par jour",
    "days/week": "par semaine",
    "years": "ans",
    "months": "mois",
    "weeks": "semaines",
    "days": "jours",
    "minutes/day": "min par jour",
    "score": "sur 5",
    "share": "%",
    "EUR": "€",
    "EUR/year": "€ par an",
    "log": "(écart-type)",
    "clients": "clients",
    "count": "",
    "points": "sur 100",
    "documents": "pièces",
}
"""Units of conventions."""

NEED: Mapping[str, str] = {
    "investment": "Investissement",
    "takeover": "Prix du fonds repris",
    "duties": "Droits sur ce prix",
    "franchise": "Droit d’entrée de la franchise",
    "equipment": "Équipements, hors taxes",
    "vat": "TVA des équipements",
    "stock": "Stock de départ",
    "deposit": "Dépôt de garantie du local",
    "registration": "Immatriculation",
    "working_capital": "Avance de trésorerie",
    "safety": "Réserve du foyer",
}
MANAGER: Mapping[str, str] = {
    "sole_trader": "cotisations",
    "company": "rémunération et cotisations du dirigeant",
}
FORECAST: Mapping[str, str] = {
    "purchases": "achats et frais proportionnels",
    "fixed": "loyer et frais fixes",
    "accountant": "comptable",
    "employees": "salariés, charges comprises",
    "manager": "{manager}",
    "wear": "usure des équipements (amortissements)",
    "interest": "intérêts",
    "corporate_tax": "impôt sur les sociétés",
}
"""The charges of a forecast's year, in the order of its table."""
RESOURCE: Mapping[str, str] = {
    "savings": "Épargne",
    "family": "Famille et amis",
    "grants": "Subventions et prix",
    "initiative_france": "Prêt d’honneur Initiative France",
    "reseau_entreprendre": "Prêt d’honneur Réseau Entreprendre",
    "bpifrance": "Prêt d’honneur Bpifrance",
    "bank_loan": "Prêt bancaire",
    "partners": "Associés et investisseurs",
    "arce": "Droits au chômage en capital",
}
PLAN_PART: Mapping[str, str] = {
    "investment": "Investissement",
    "premises": "Local et stock",
    "launch": "Démarrage",
    "safety": "Réserve du foyer",
    "own": "Fonds propres",
    "partners": "Associés",
    "grants": "Subventions",
    "honor_loans": "Prêts d’honneur",
    "bank_loan": "Prêt bancaire",
    "arce": "Chômage en capital",
    "gap": "Il manque",
}
NETWORK: Mapping[str, str] = {
    "initiative_france": "Initiative France",
    "reseau_entreprendre": "Réseau Entreprendre",
    "bpifrance": "Bpifrance",
}
LOAN_REASON: Mapping[str, str] = {
    "as_hoped": "dans ce que prête le réseau",
    "below_range": "sous le minimum du réseau",
    "above_range": "ramené au maximum du réseau",
    "alone": "il faut d’abord le prêt d’un autre réseau",
    "above_proportion": "ramené à ce que permettent les prêts des autres réseaux",
}
LOAN_COUNTED: Mapping[str, str] = {
    "as_hoped": "compté",
    "below_range": "non compté",
    "above_range": "en partie",
    "alone": "non compté",
    "above_proportion": "en partie",
}
LOAN_CLASS: Mapping[str, str] = {
    "as_hoped": "met",
    "below_range": "unmet",
    "above_range": "unknown",
    "alone": "unmet",
    "above_proportion": "unknown",
}
WAY: Mapping[str, str] = {
    "lower": "Réduire l’investissement",
    "wait": "Garder l’emploi et épargner",
    "honor_loan": "Demander un prêt d’honneur",
    "bank": "Demander un prêt bancaire",
    "investors": "Ouvrir le capital",
}
SCENARIO: Mapping[str, str] = {
    "keep": "Garder l’emploi",
    "part_time": "Temps partiel",
    "creation_leave": "Congé de création",
    "resignation": "Démission",
    "mutual_termination": "Rupture conventionnelle",
    "dismissal": "Licenciement",
    "reconversion": "Démission-reconversion",
    "term_end": "Terme du contrat",
    "without_benefit": "Sans emploi ni allocation",
    "benefit_first": "Partir avant, avec l’ARE",
    "capital_first": "Partir avant, avec l’ARCE",
}
WAY_MARK: Mapping[str, str] = {
    "planned": "prévu",
    "meanwhile": "en attendant une date",
    "other": "",
}
SCENARIO_SAID: Mapping[str, str] = {
    "keep": "garder l’emploi",
    "part_time": "passer à temps partiel",
    "creation_leave": "prendre le congé de création",
    "resignation": (
        "{% if closed_exit == 'breach' %}rompre le contrat avant son terme{% else %}démissionner{% endif %}"
    ),
    "mutual_termination": "signer une rupture conventionnelle",
    "dismissal": (
        "{% if employment.has_term %}voir l’employeur rompre le contrat"
        "{% else %}être licencié{{ 'e' if person.gender == 'female' }}{% endif %}"
    ),
    "reconversion": "démissionner pour reconversion",
    "term_end": "aller au terme du contrat",
    "without_benefit": "créer sans emploi ni allocation",
    "benefit_first": "quitter l’emploi avant de créer et garder l’ARE",
    "capital_first": "quitter l’emploi avant de créer et prendre l’ARCE",
}
"""Templates: they agree with the person and the contract."""

EXIT: Mapping[str, str] = {
    "resignation": "une démission",
    "mutual_termination": "une rupture conventionnelle",
    "dismissal": "un licenciement",
    "reconversion": "une démission pour reconversion",
    "term_end": "l’arrivée du terme du contrat",
}
EXIT_BEFORE_TERM: Mapping[str, str] = {
    "resignation": "une rupture à votre initiative",
    "mutual_termination": "une rupture d’un commun accord",
    "dismissal": "une rupture par l’employeur",
}
"""What is called otherwise where the contract has a term."""

CONTRACT: Mapping[str, str] = {
    "permanent": "contrat à durée indéterminée",
    "fixed_term": "contrat à durée déterminée",
    "apprenticeship": "contrat d’apprentissage",
    "agency": "contrat de mission d’intérim",
}
CONTRACT_SHORT: Mapping[str, str] = {
    "permanent": "CDI",
    "fixed_term": "CDD",
    "apprenticeship": "contrat d’apprentissage",
    "agency": "contrat de mission",
}
"""Likewise, in a few words."""

EARLY_END_BY: Mapping[str, str] = {
    "permanent": "ct_l1237_11",
    "fixed_term": "ct_l1243_1",
    "apprenticeship": "ct_l6222_18",
    "agency": "ct_l1251_28",
}
"""The articles on the end of a contract by agreement, or before its term."""

SUSPENSION: Mapping[str, str] = {
    "parental_leave": "congé parental",
    "part_time_parental_leave": "congé parental à temps partiel",
    "sick_leave": "arrêt de travail pour maladie",
    "sabbatical_leave": "congé sabbatique",
    "other": "congé ou suspension",
}

TELLING: Mapping[str, str] = {
    "trusting": (
        "la relation est bonne : dire l’essentiel au bon moment vaut mieux que d’être découvert"
    ),
    "neutral": (
        "décidez à l’avance de ce que vous direz, et quand ; n’entrez pas dans le détail du projet"
    ),
    "tense": (
        "la relation est tendue : restez discret et irréprochable, et n’annoncez que ce que la loi demande"
    ),
}
"""Whether to tell the employer of the project, by the relationship."""

SUPPORT: Mapping[str, str] = {
    "supportive": "soutient le projet",
    "neutral": "ni pour ni contre",
    "opposed": "pas favorable",
    "unsaid": "non dit",
}
"""What those around think of the project."""
REGULATED: Mapping[bool | None, str] = {
    True: "activité réglementée",
    False: "activité sans diplôme exigé",
    None: "activité dont la qualification reste à vérifier",
}
REGULAR: Mapping[str, str] = {
    "recurring": "abonnements, forfaits, contrats d’entretien",
    "repeat": "clients qui reviennent, rendez-vous pris d’avance",
    "passing": "habitués, commandes régulières d’entreprises ou de restaurants",
    "seasonal": "commandes ou réservations d’une saison à l’autre, habitués",
    "one_off": "recommandations, apporteurs d’affaires, clients qui rachètent",
    "tenders": "marchés de plusieurs années, contrats d’entretien",
}
"""What makes sales come back by themselves, by how the customers of a trade come."""
SCHEME: Mapping[str, str] = {
    "ssi": "Sécurité sociale des indépendants, par l’Urssaf",
    "cipav": "Urssaf, et Cipav pour la retraite",
    "carpimko": "Urssaf, et Carpimko pour la retraite",
    "carmf": "Urssaf, et CARMF pour la retraite",
    "carcdsf": "Urssaf, et CARCDSF pour la retraite",
    "cavec": "Urssaf, et Cavec pour la retraite",
    "cnbf": "Urssaf, et CNBF pour la retraite",
    "cavp": "Urssaf, et CAVP pour la retraite",
    "cprn": "Urssaf, et CPRN pour la retraite",
    "msa": "Mutualité sociale agricole (MSA)",
    "artists_authors": "Sécurité sociale des artistes-auteurs, par l’Urssaf du Limousin",
    "general": "Régime général des salariés",
}
"""Who takes the contributions of a trade at the real regime, and its pension."""
BENEFIT: Mapping[str, str] = {
    "rsa": "le RSA",
    "ass": "l’ASS",
    "prepare": "la PreParE",
    "prime_activite": "la prime d’activité",
    "aah": "l’AAH",
    "housing": "l’aide au logement",
}
BENEFIT_CHANGE: Mapping[str, str] = {
    "rsa": "le RSA **baisse** d’autant que vos revenus montent, et cesse quand ils dépassent le montant de votre foyer",
    "prime_activite": (
        "la prime d’activité **monte d’abord** avec les petits revenus du travail, puis **baisse** ; elle suit les revenus du"
        " trimestre"
    ),
    "aah": (
        "l’AAH **baisse** quand les revenus du travail montent, une partie d’entre eux n’étant pas comptée : combien est à"
        " vérifier auprès de la caisse, comme la durée pendant laquelle elle resterait entière"
    ),
    "housing": (
        "l’aide au logement **baisse** quand les revenus montent, avec retard ; ce que la caisse retient d’un indépendant"
        " est à vérifier auprès d’elle"
    ),
}
"""Which way a benefit goes when a new income comes, as the end of a sentence."""
BENEFITS_UNCOUNTED: Mapping[str, str] = {
    "benefits_unknown": "votre profil ne dit pas quelles prestations vous recevez",
    "other_benefits": "une autre prestation que vous recevez compte parmi les revenus, et son montant n’est pas connu ici",
    "overseas": "les montants d’outre-mer sont autres",
    "family": (
        "d’autres prestations y comptent, qui dépendent de l’âge de chaque enfant, de leur nombre ou du partage de leur"
        " résidence"
    ),
    "lone_parent_income": "vos autres revenus comptent autrement selon qu’ils sont une pension alimentaire ou non",
}
"""Why RSA and prime d'activité are not reckoned."""
COHORT: Mapping[str, str] = {
    "company": "sociétés",
    "sole_trader": "EI au réel",
    "classic": "toutes, hors micro",
    "micro_started": "micro, avec ventes",
    "micro_registered": "micro, inscrits",
}
COHORT_SCOPE: Mapping[str, str] = {
    "company": "Sociétés (EURL, SARL, SAS…)",
    "sole_trader": "Entreprises individuelles au réel",
    "classic": "Toutes les entreprises, hors micro",
    "micro_started": "Micro-entrepreneurs ayant eu un jour des ventes",
    "micro_registered": "Micro-entrepreneurs, tous les inscrits",
}
FAN: Mapping[str, str] = {
    "high": "cas haut",
    "planned": "prévu",
    "middle": "cas médian",
    "low": "cas bas",
}
DRIVER: Mapping[str, str] = {
    "turnover": "Quantités vendues",
    "price": "Prix de vente",
    "expenses": "Frais",
    "delay": "Date de démarrage",
}
WORSE: Mapping[str, str] = {
    "turnover": "{} de ventes en moins",
    "price": "des prix plus bas de {}",
    "expenses": "{} de frais en plus",
    "delay": "un démarrage {} plus tard",
}
BETTER: Mapping[str, str] = {
    "turnover": "{} de ventes en plus",
    "price": "des prix plus hauts de {}",
    "expenses": "{} de frais en moins",
    "delay": "un démarrage {} plus tôt",
}
STRESS: Mapping[str, str] = {
    "late": "Les premiers clients arrivent {} plus tard",
    "half": "Les ventes sont deux fois plus faibles que prévu",
    "stop": "{} sans vente à la fin de la première année",
    "client_lost": "Les clients réguliers partent au bout d’un an",
    "expenses_up": "Tous les frais augmentent de {}",
}
"""What is tried out, `{}` being by how much."""

LATE_PREPARE = "De quoi payer les frais sans eux ; des frais qui s’arrêtent ou se louent, plutôt que des achats."
"""What to prepare against late customers where they pass and order nothing beforehand."""
STRESS_PREPARE: Mapping[str, str] = {
    "late": "Des commandes ou des réservations fermes dès le démarrage ; rien d’acheté sans elles.",
    "half": "Un seuil de ventes, écrit d’avance, sous lequel l’offre ou le prix change.",
    "stop": "Une prévoyance, et quelqu’un qui puisse vous remplacer.",
    "client_lost": "Prospecter chaque mois, même le carnet plein.",
    "expenses_up": "Des devis fermes, des contrats courts, un prix que vous pouvez relever.",
}
INDICATOR: Mapping[str, str] = {
    "recurring_income": "Revenu régulier, par mois",
    "loyal_clients": "Clients qui ont acheté ou promis",
    "forecast": "Prévision prudente, par mois",
    "safety": "Réserve du foyer, en mois de charges",
    "aid": "Aides sur lesquelles compter",
}
INDICATOR_SHORT: Mapping[str, str] = {
    "recurring_income": "Revenu régulier",
    "loyal_clients": "Clients acquis",
    "forecast": "Prévision prudente",
    "safety": "Réserve du foyer",
    "aid": "Aide ouverte",
}

VERDICT_SHORT: Mapping[str, str] = {
    "go": "Feu vert",
    "go_with_conditions": "Sous conditions",
    "stop": "Arrêté",
}
"""Verdicts as an advisor sorts people by them."""

VERDICT_CLASS: Mapping[str, str] = {"go": "met", "go_with_conditions": "imprecise", "stop": "unmet"}
OVERALL = "Ensemble"
READINESS: Mapping[str, str] = {
    "now": "Dès le démarrage",
    "first": "Dans la première année",
    "second": "Dans la deuxième année",
    "later": "Pas dans les deux ans",
    "blocked": "Démarrage arrêté",
}
DEADLINE: Mapping[str, str] = {"acre": "ACRE", "leave": "Congé", "other": "Autres étapes"}
NET_CLASS: tuple[str, ...] = (
    "Une perte",
    "Moins de 5 000 €",
    "5 000 à 10 000 €",
    "10 000 à 20 000 €",
    "20 000 à 30 000 €",
    "30 000 à 50 000 €",
    "50 000 € et plus",
)
GAP: Mapping[str, str] = {
    "covered": "Rien ne manque",
    "some": "Manque < 5 000 €",
    "much": "Manque ≥ 5 000 €",
}
FAULT: Mapping[str, str] = {
    "input": "Profil à corriger",
    "incomplete": "Réponses à demander",
    "content": "Rapport impossible à établir",
    "infrastructure": "Panne de la machine",
    "poison": "Mis à part après deux pannes",
    "results": "Résultats illisibles : rapport à refaire",
}
"""Classes of failures of a batch."""
