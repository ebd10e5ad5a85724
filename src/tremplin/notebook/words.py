"""
French words for the ids that the analysis speaks in.
"""

from collections.abc import Mapping

VERDICT: Mapping[str, str] = {
    "go": "Vous pouvez vous lancer",
    "go_with_conditions": "Vous pouvez vous lancer, à certaines conditions",
    "stop": "Ne démarrez pas encore",
}
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
PHASE: Mapping[str, str] = {
    "contract": "Contrat",
    "prepare": "Préparation",
    "register": "Immatriculation",
    "launch": "Démarrage",
    "after": "Suivi",
}
FORM: Mapping[str, str] = {
    "micro": "micro-entreprise",
    "ei": "entreprise individuelle au régime réel",
    "eurl": "EURL",
    "sasu": "SAS",
}
CATEGORY: Mapping[str, str] = {
    "sale": "vente de marchandises",
    "lodging": "hébergement",
    "commercial_service": "service commercial",
    "craft_service": "service artisanal",
    "craft_sale": "fabrication et vente artisanales",
    "liberal": "activité libérale",
    "liberal_cipav": "activité libérale relevant de la Cipav",
}
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
    "age": "vous aurez moins de 26 ans à la création",
    "disability": "vous aurez moins de 30 ans et votre handicap est reconnu",
    "qpv": "vous créez dans un quartier prioritaire de la politique de la ville",
    "zfrr": "vous créez dans une commune classée France ruralités revitalisation",
}
MILESTONE: Mapping[str, str] = {
    "start": "Démarrage de l’activité",
    "leave_request": "Demande de congé ou de temps partiel",
    "leave_agreed": "Silence de l’employeur : accord",
    "leave_open": "Congé pour création ouvert",
    "leave_ends": "Fin du congé ou du temps partiel d’un an",
    "acre_request": "Dernier jour pour demander l’ACRE",
    "exclusivity_ends": "Fin de la suspension d’exclusivité",
    "contract_ends": "Fin du contrat",
}
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
