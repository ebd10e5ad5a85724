"""
Texts that stand in more than one place, or that are too long for the line of a table: each a template.

A template says `{{ texts.RESIGNATION | fill }}`.
"""

from collections.abc import Mapping

RESIGNATION = (
    "Une démission ordinaire n’ouvre pas droit à l’allocation chômage {{ cite('ct_l5422_1') }}, et sans allocation il n’y"
    " a ni ACRE à ce titre, ni versement en capital (ARCE)."
)
COMPETING = (
    "On lit qu’un salarié peut créer dans le même secteur que son employeur. C’est un conseil dangereux : exploiter une"
    " activité concurrente pendant le contrat est une faute, que les tribunaux jugent grave même sans client détourné."
)
ASK_AUTHORISATION = (
    "Faites la demande par écrit, en décrivant l’activité, les horaires et l’absence de conflit d’intérêts, et gardez la"
    " preuve de sa date."
)
LEAVE_OPEN = """
{% if transition.leave == "none" %}
Vous n’en avez pas prévu ; voici vos dates si vous changez d’avis.
{% endif %}
**Vous y avez droit** : il faut {{ plural(rule("creation_leave.seniority_months"), "mois", "mois") }} d’ancienneté, vous les avez depuis le {{ leave.eligible_from | day }}.
{% if leave.cut_short %}
Il prendrait fin avec votre contrat, le {{ contract_end | day }}.
{% endif %}
"""
LEAVE_POSTPONED = (
    "{{ plural(rule('creation_leave.postponement_months'), 'mois', 'mois') }} au plus à compter de la demande, plus tard"
    " encore si plus de {{ rule('creation_leave.absence_quota') | percent }} des salariés sont absents pour ce congé"
    " {{ cite('ct_l3142_114') }}"
)
LEAVE_REFUSED = (
    "possible dans votre entreprise, de moins de {{ rule('creation_leave.refusal_company_size') | int }} salariés, s’il"
    " est motivé par un préjudice, après avis du comité social et économique, ou si vous avez déjà créé il y a moins de"
    " {{ rule('creation_leave.years_since_previous') | int }} ans ; contestable devant les prud’hommes sous"
    " {{ rule('creation_leave.challenge_days') | int }} jours {{ cite('ct_l3142_113') }}"
)
LEAVE_NOT_REFUSED = (
    "impossible dans votre entreprise, de {{ rule('creation_leave.refusal_company_size') | int }} salariés ou plus"
    " {{ cite('ct_l3142_113') }}"
)
LEAVES_MOST = """
C’est celle qui vous laisse le plus sur deux ans, impôt, comptable et immatriculation payés
{%- if forms.lead > 0 %} : **{{ forms.lead | money }}** de plus que la suivante{% endif %}.
"""
WEEK_TOTAL = """
votre semaine compterait **{{ week.planned.total | hours }}**,
{% if week.rest_days %}
avec {{ words.NUMBERS[week.rest_days] }} {{ "jour" if week.rest_days < 2 else "jours" }} sans emploi ni projet.
{% else %}
sans aucun jour libre.
{% endif %}
"""
DO_NOT_FIT = "{{ 'ne tient' if week.unplaced < 2 else 'ne tiennent' }} pas dans la semaine"
NO_ARCE = "Sans ACRE, pas non plus d’ARCE, le versement en capital de droits au chômage"
ACRE_NOT_COUNTED = "par prudence, tous les calculs de ce rapport comptent les cotisations entières."
JOB_SEEKER = (
    "vous êtes {{ 'inscrite' if person.gender == 'female' else 'inscrit' }} à France Travail depuis"
    " {{ rule('acre.jobseeker_months') | number }} mois au cours des {{ rule('acre.jobseeker_window_months') | number }}"
    " derniers, même sans allocation {{ cite('ct_l5141_1;css_l131_6_4') }}"
)
WAYS_NOT_COUNTED = (
    "ni ACRE de demandeur d’emploi, ni ARCE pour ce projet, et ces voies ne sont pas comptées."
)
LENDS: Mapping[str, str] = {
    "initiative_france": (
        "de {{ best('A62') | money }} à {{ best('A64') | money }}, environ {{ best('A63') | money }} en moyenne"
        " {{ cite(figure('A64').source) }}"
    ),
    "reseau_entreprendre": (
        "de {{ best('A65') | money }} à {{ best('S14') | money }} ; sur ce plafond, les sources ne s’accordent pas"
        " {{ cite(figure('A65').source) }}"
    ),
    "bpifrance": (
        "de {{ best('A66') | money }} à {{ best('A67') | money }}, sur {{ best('A68') | number }} ans au plus,"
        " remboursement différé de {{ best('A69') | number }} mois au plus {{ cite(figure('A69').source) }}"
    ),
}
"""What each network lends."""

RESOURCE: Mapping[str, str] = {
    "savings": "Votre argent : la première question d’un prêteur",
    "family": "Don ou prêt : écrivez-le, avec une échéance s’il y en a une",
    "grants": "À ne dépenser qu’une fois notifiées",
    "initiative_france": "Espéré",
    "reseau_entreprendre": "Espéré",
    "bpifrance": "Espéré",
    "bank_loan": "Espéré : l’accord reste à obtenir",
    "arce": (
        "{{ in_words(rule('arce.payments'), 'versement') | opening }} à {{ rule('arce.second_payment_months') | number }}"
        " mois d’écart : {{ (1 / rule('arce.payments')) | fraction }} seulement est là au départ"
    ),
}
"""What is to be said of each resource of the plan."""
