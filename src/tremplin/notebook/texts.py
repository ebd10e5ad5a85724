"""
Texts that stand in more than one place, or that are too long for the line of a table: each a template.

A template says `{{ texts.RESIGNATION | fill }}`.
"""

from collections.abc import Mapping

WHAT_STOPS = """
{% for blocker in blockers %}
- **{{ blocker.title | fill }}.** {{ blocker.action | fill }} {{ enough(blocker.id) }}
{% endfor %}

{% if more_money %}
Ces sommes ne s’ajoutent pas : **{{ more_money | money }} de plus au démarrage** régleraient tout ce qui tient à l’argent.
{% endif %}

{% if warnings %}
{{ "Une fois ce point réglé" if blockers | length == 1 else "Une fois ces points réglés" }},
il restera {{ "un point d’attention" if warnings | length == 1 else "jusqu’à " ~ in_words(warnings | length, "point d’attention", "points d’attention") ~ ", d’abord" }} : « {{ warnings[0].title | fill }} ».
{% else %}
{{ "Une fois ce point réglé" if blockers | length == 1 else "Une fois ces points réglés" }}, le projet mérite d’être mené.
{% endif %}
"""
IF_LIFTED = """
{% if "law" in stopped_by %}
::: {.callout-warning title="Des montants sous réserve"}
{{ "Une règle s’oppose" if blockers | rejectattr("is_money") | list | length == 1 else "Des règles s’opposent" }} au démarrage tel qu’il est prévu (@sec-summary). Les montants de ce chapitre supposent que c’est réglé : d’ici là, n’en comptez aucun.
:::
{% endif %}
"""
RESIGNATION = (
    "Une démission ordinaire n’ouvre pas droit à l’allocation chômage {{ cite('ct_l5422_1') }}, et sans allocation il n’y"
    " a ni ACRE à ce titre, ni versement en capital (ARCE)."
)
ON_LEAVE_OF_OFFICE = (
    "Avant de démissionner, demandez si une **disponibilité** vous est ouverte, pour créer une entreprise ou pour"
    " convenances personnelles : sans salaire, elle garde à un titulaire son grade et un retour possible"
    " {{ cite('aphp_disponibilite_1997;formapublicprive_disponibilite') }}. Sa durée, ses conditions et l’accord de"
    " l’administration sont à faire confirmer par écrit."
)
AGREED_END = (
    "Par écrit ; ouvre droit à l’allocation d’après France Travail"
    " {{ cite(words.EARLY_END_BY[employment.contract]) }} {{ cite('france_travail_fin_cdd') }}."
)
BROKEN_TERM = """
Ni ARE, ni ARCE {{ cite('ct_l5422_1') }}
{%- if employment.contract == "agency" %} ; sauf embauche en CDI, l’agence peut demander réparation {{ cite("ct_l1251_28") }}
{%- elif employment.is_bound_to_term %} ; sauf embauche en CDI, l’employeur peut demander réparation {{ cite("ct_l1243_3") }}
{%- endif %}.
"""
CLOSED_EXIT: Mapping[str, str] = {
    "breach": """
Vous prévoyez {{ phrases.exit_said(transition.exit, employment.contract) }}, mais un {{ words.CONTRACT_SHORT[employment.contract] }} **ne se rompt pas ainsi** avant son terme, sauf faute grave de l’employeur, force majeure ou embauche en CDI
{% if employment.contract == "agency" %}
{{ cite("ct_l1251_28") }}.
{% else %}
{{ cite("ct_l1243_1;ct_l1243_2;ct_l1243_3") }}.
{% endif %}
Embauché en CDI ailleurs, vous devez un préavis d’un jour par semaine de contrat, de {{ in_words(rule("fixed_term.notice_weeks"), "semaine", feminine=true) }} au plus. Sinon, l’employeur peut demander réparation de son préjudice, et aucun droit au chômage ne s’ouvre {{ cite("ct_l5422_1") }}.
À la place : un accord écrit de l’employeur, dont France Travail dit qu’il permet l’allocation {{ cite("france_travail_fin_cdd") }}, ou l’arrivée du terme.
""",
    "agreement": """
Vous prévoyez une **rupture conventionnelle**, mais elle est réservée aux contrats sans terme {{ cite("ct_l1237_11") }}. Votre {{ words.CONTRACT_SHORT[employment.contract] }} peut finir plus tôt d’une autre façon : une **rupture d’un commun accord**, par écrit
{%- if employment.sector == "public" %}, à voir avec votre service des ressources humaines.
{% else %}{{ " " ~ cite(words.EARLY_END_BY[employment.contract]) }}.
{% endif %}
France Travail indique qu’elle permet de demander l’allocation chômage {{ cite("france_travail_fin_cdd") }} : faites-le confirmer avant de signer. D’ici là, ce rapport ne compte aucune allocation.
""",
    "retraining": """
Vous prévoyez une **démission pour reconversion**.
Ce dispositif est réservé aux contrats à durée indéterminée de droit privé : il ne vous est pas ouvert {{ cite("ct_l5422_1") }}.
""",
}
"""Why the law closes the planned way to leave, and what there is instead."""
COMPETING = (
    "On lit qu’un salarié peut créer dans le même secteur que son employeur. C’est un conseil dangereux : exploiter une"
    " activité concurrente pendant le contrat est une faute, que les tribunaux jugent grave même sans client détourné."
)
ASK_AUTHORISATION = (
    "Faites la demande par écrit, en décrivant l’activité, les horaires et l’absence de conflit d’intérêts, et gardez la"
    " preuve de sa date. Demandez aussi sous quel délai on vous répondra, et ce que vaut un silence."
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
    "possible {{ 'dans votre entreprise, de' if employment.company_size else 'si votre entreprise compte' }} moins de"
    " {{ rule('creation_leave.refusal_company_size') | int }} salariés, s’il"
    " est motivé par un préjudice, après avis du comité social et économique s’il y en a un, ou si vous avez déjà créé il y a moins de"
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
{% if 0 < forms.lead < convention("form.worthwhile") %}
L’écart est mince : les deux se valent presque.
{% endif %}
{% if form.form == "micro" and project.investment > forms.lead and not project.equipment %}
Vos {{ project.investment | money }} d’investissement ne sont pas amortis ici : au réel, ils baisseraient les cotisations et l’impôt. Détaillez-les comme équipements et refaites ce rapport avant de choisir.
{% endif %}
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
CONTROL = (
    "La loi demande plus de {{ rule('acre.control.majority_share') | fraction }} du capital avec votre conjoint ou partenaire,"
    " vos parents et vos enfants, dont {{ rule('acre.control.majority_own_share') | percent }} au moins à vous ; ou de"
    " diriger la société avec {{ rule('acre.control.manager_share') | fraction }} au moins, dont"
    " {{ rule('acre.control.manager_own_share') | percent }} à vous, sans qu’un autre dépasse"
    " {{ rule('acre.control.majority_share') | fraction }} ; ou plus de"
    " {{ rule('acre.control.majority_share') | fraction }} à plusieurs demandeurs, l’un d’eux dirigeant et chacun ayant au"
    " moins {{ rule('acre.control.applicant_part') | percent }} de la part du principal associé {{ cite('ct_r5141_2') }}."
)
TAKEOVER = (
    "Votre employeur est en procédure collective : reprendre tout ou partie d’une entreprise, la sienne ou une autre, y"
    " donnerait droit ; en créer une, non {{ cite('ct_l5141_1') }}."
)
OWN_PART = """
{% if project.shared and project.capital_share is not none %}
En société, ces montants sont **votre part**, pour {{ project.capital_share | percent }} du capital : chacun est supposé payé à proportion de la sienne, et le bénéfice partagé de même. C’est une convention, faute de connaître vos accords : les statuts et le pacte peuvent prévoir autre chose.
{% if project.manages == "no" %}
Vous ne dirigeriez pas la société : votre travail y est compté comme celui d’un dirigeant assimilé salarié. Un vrai contrat de travail coûte un peu plus et ouvre le chômage ; faites-le vérifier.
{% endif %}
{% endif %}
"""
SARL_STATUS = """
{% if majority_manager %}
La gérance y serait majoritaire, avec plus de {{ rule("sarl.majority_share") | fraction }} des parts : vous y cotiseriez comme un indépendant {{ cite("css_l311_3;bpifrance_creation_gerant") }}.
{% elif majority_manager is none %}
**À vérifier** : votre profil ne dit pas si la gérance y aurait, à elle seule ou avec son conjoint et ses enfants mineurs, plus de {{ rule("sarl.majority_share") | fraction }} des parts. Ce rapport vous y fait cotiser comme un salarié, sans assurance chômage ; gérant majoritaire, vous cotiseriez comme un indépendant {{ cite("css_l311_3;bpifrance_creation_gerant") }}.
{% else %}
Sans gérance majoritaire de votre part, vous y cotiseriez comme un salarié, sans assurance chômage {{ cite("css_l311_3;bpifrance_creation_gerant") }}.
{% endif %}
"""
COMPANY_CALENDAR = """
**L’argent ne vient pas tout le même mois.** La rémunération se verse chaque mois ; les exercices sont supposés suivre les années d’activité, leur impôt se payer {{ plural(convention("company.tax_month"), "mois", "mois") }} après la clôture et leurs dividendes arriver {{ plural(convention("company.dividend_month"), "mois", "mois") }} après {{ cite("cgi_an3_360;bofip_is_decla_20_30") }} : ceux de la première année au {{ 12 + (convention("company.dividend_month") | int) }}e mois, ceux de la deuxième plus tard que ce rapport ne compte. Les chapitres sur le financement et les risques suivent ce calendrier.
"""
SHARED_NOTICE = (
    "{% if project.shared %}Fondée à plusieurs, la société paie une annonce plus chère : ce rapport compte {{ form.registration | money }} en tout,"
    " avec le dernier prix que ce rapport connaisse {{ cite('annonces_legal_2025') }} ; demandez celui de l’année au journal. {% endif %}"
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

NEED_FROM: Mapping[str, str] = {
    "takeover": "Ce que vous avez déclaré, stock à part",
    "duties": "Droits d’enregistrement, à payer avec l’acte {{ cite('cgi_719') }}",
    "franchise": "Ce que vous avez déclaré",
    "equipment": "Les prix que vous avez déclarés",
    "vat": (
        "À avancer au fournisseur : {{ 'rendue par l’État, ' ~ plural(convention('vat.refund_months'), 'mois', 'mois') ~"
        " ' après le démarrage dans ce calcul' if charges_vat else 'perdue tant que vous ne facturez pas la TVA' }}"
        " {{ cite('cgi_271') }}"
    ),
    "stock": "Ce que vous avez déclaré, TVA comprise",
    "deposit": "Rendu à la fin du bail, si rien n’est dû",
}
"""Where the amount of a need that only some have comes from."""

RESOURCE: Mapping[str, str] = {
    "savings": "Votre argent : la première question d’un prêteur",
    "family": "Don ou prêt : écrivez-le, avec une échéance s’il y en a une",
    "grants": "À ne dépenser qu’une fois notifiées",
    "initiative_france": "Espéré",
    "reseau_entreprendre": "Espéré",
    "bpifrance": "Espéré",
    "bank_loan": "Espéré : l’accord reste à obtenir{{ ' ; c’est la dette de la société' if project.shared }}",
    "partners": "Déclaré : à écrire dans les statuts ou le pacte avant de s’engager",
    "arce": (
        "{{ in_words(rule('arce.payments'), 'versement') | opening }} à {{ rule('arce.second_payment_months') | number }}"
        " mois d’écart : {{ (1 / rule('arce.payments')) | fraction }} seulement est là au départ"
    ),
}
"""What is to be said of each resource of the plan."""

WHAT_IS_SHORT = """
{% set paid_first = plan.gap - plan.needs.safety %}
{% if paid_first < 1 %}
C’est la réserve du foyer qui manque : ce qui se paie au démarrage est couvert.
{% elif not project.shared %}
{% set advance = [plan.needs.working_capital, paid_first] | min %}
Ce sont
{% if paid_first - advance >= 1 %}
{{ (paid_first - advance) | money }} pour ouvrir,
{% endif %}
{% if advance >= 1 %}
{{ advance | money }} d’avance de trésorerie
{% endif %}
et {{ plan.needs.safety | money }} de réserve du foyer.
{% endif %}
"""
EMPLOYEES_SUPPOSED = """
Ce coût est celui d’un contrat sans terme et sans statut de cadre. **Un cadre, un contrat à terme ou un apprenti coûtent autre chose**, que ce rapport ne calcule pas : faites-le chiffrer par le simulateur d’embauche de l’Urssaf.
"""
GOODWILL = """
Le prix du fonds repris, {{ project.takeover.price | money }}, n’est **pas amorti** dans ces montants. Demandez à un expert-comptable quelle part peut l’être, les équipements compris dans le prix par exemple : elle baisserait le bénéfice taxé.
"""
CASH_BELOW_ZERO = """
La trésorerie passe sous zéro : une banque vous demandera pourquoi.
{% if form.form in ("eurl", "sasu") %}
La rémunération supposée ici prend ce que la marge laisse, alors que les prêts se remboursent en plus : prévoyez-en une plus basse, et gardez-en la différence dans la société.
{% endif %}
"""
SPEND_LESS = """
Sur {{ project.investment | money }} d’investissement, que faut-il vraiment pour le premier client ? Achetez d’occasion, louez, étalez le reste.
{% if plan.needs.get("equipment") %}
Vos équipements, {{ plan.needs.get("equipment") | money }}, s’y ajoutent : d’occasion ou loués, ils demanderaient moins au départ.
{% endif %}
"""
NOT_IN_WAIT = (
    "Les congés payés que l’employeur vous réglerait (jusqu’à {{ plural(rule('are.wait.leave_cap'), 'jour') }}) et une"
    " indemnité au-delà du minimum légal (jusqu’à {{ plural(rule('are.wait.settlement_cap'), 'jour') }}) la retardent"
    " encore {{ cite('decret_2019_797') }} ; ce que votre profil n’en dit pas n’est pas compté."
)

FIRST_RIGHTS = (
    "Pour des premiers droits, une durée d’emploi plus courte suffirait depuis une loi d’octobre 2025, dont le décret n’a"
    " pas été vu ici {{ cite('loi_2025_989') }} : demandez-le aussi."
)

NET_BENEFIT = (
    "**L’allocation est annoncée brute ; vous en touchez moins.** France Travail en retient {{"
    " rule('are.pension_share') | percent }} de l’ancien salaire brut pour la retraite complémentaire, sans passer"
    " sous l’allocation minimale, puis {{ rule('are.csg.rate') | percent }} de CSG et {{ rule('are.crds.rate') |"
    " percent }} de CRDS sur presque tout le reste, sans passer sous {{ rule('are.csg.floor') | number }} € par jour,"
    " le SMIC arrondi {{ cite('unedic_retenues') }}. Ce rapport compte la CSG au taux plein : avec un petit revenu"
    " fiscal de l’avant-dernière année, elle est réduite ou nulle, demandez-le à France Travail."
)

LONGER_TO_VERIFY = (
    "**Une prolongation à vérifier.** L’accord de février 2026 permettrait, à partir de {{ rule('are.senior_age') |"
    " number }} ans, de demander à France Travail une allocation plus longue après une rupture conventionnelle, selon"
    " vos démarches {{ cite('afp_2026_02_rupture') }}. Elle n’est pas comptée : demandez à France Travail si elle est"
    " en vigueur, et à quelles conditions."
)
