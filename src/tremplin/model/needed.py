"""
The ids that the code and the chapters ask for, by file: a data folder must hold them all.

A test keeps the lists complete, so that a vintage which lacks an id is told of it when it is opened, not in the report of
the one person whom it concerns.
"""

from collections.abc import Mapping

_RULES = """
    acre.age_limit acre.age_limit_disabled acre.age_minimum acre.control.majority_own_share
    acre.control.majority_share acre.control.manager_own_share acre.control.manager_share
    acre.general.duration_months acre.general.factor acre.general.full_income
    acre.jobseeker_months acre.jobseeker_window_months acre.micro.factor acre.micro.full_quarters
    acre.micro.turnover_cap.liberal acre.micro.turnover_cap.sale acre.micro.turnover_cap.service
    acre.request_days acre.years_between
    arce.deduction arce.payments arce.rate arce.second_payment_months
    are.cumulation_cap are.daily.fixed_part are.daily.maximum_share are.daily.minimum are.daily.share
    are.daily.share_with_fixed_part are.days_per_month are.duration_factor are.duration_months.from_55
    are.duration_months.from_57 are.duration_months.under_55 are.income_share are.older_age are.senior_age
    ati.activity_years ati.daily ati.prior_income
    bank_account.turnover bank_account.years
    cfe.minimum_turnover cfe.year_2_share
    creation_leave.absence_quota creation_leave.challenge_days creation_leave.duration_years
    creation_leave.extension_years creation_leave.notice_months creation_leave.postponement_months
    creation_leave.refusal_company_size creation_leave.return_notice_months creation_leave.seniority_months
    creation_leave.silence_days creation_leave.years_since_previous
    dividends.allowance dividends.contribution_free_share
    exclusivity.suspension_years exclusivity.suspension_years_maximum
    formalities.single_window
    income_tax.bracket_1.rate income_tax.bracket_1.threshold income_tax.bracket_2.rate
    income_tax.bracket_2.threshold income_tax.bracket_3.rate income_tax.bracket_3.threshold
    income_tax.bracket_4.rate income_tax.bracket_4.threshold income_tax.discount.couple
    income_tax.discount.rate income_tax.discount.single income_tax.half_part_cap income_tax.lone_parent_cap
    income_tax.wage_deduction.maximum income_tax.wage_deduction.minimum income_tax.wage_deduction.rate
    is.rate is.reduced_individual_share is.reduced_profit is.reduced_rate
    micro.abatement.liberal micro.abatement.minimum micro.abatement.minimum_mixed micro.abatement.sale
    micro.abatement.service micro.abatement.tourist_let_classified micro.abatement.tourist_let_unclassified
    micro.ceiling.sale micro.ceiling.service micro.ceiling.tourist_let_classified
    micro.ceiling.tourist_let_unclassified micro.ceiling.years_over micro.chamber_tax.commercial_service
    micro.chamber_tax.craft_sale micro.chamber_tax.craft_service micro.chamber_tax.lodging
    micro.chamber_tax.sale micro.contributions.commercial_service micro.contributions.craft_sale
    micro.contributions.craft_service micro.contributions.liberal micro.contributions.liberal_cipav
    micro.contributions.lodging micro.contributions.sale micro.contributions.tourist_let
    micro.flat_income_tax.half_part_increase micro.flat_income_tax.income_ceiling
    micro.flat_income_tax.income_years
    micro.flat_income_tax.liberal micro.flat_income_tax.option_months micro.flat_income_tax.sale
    micro.flat_income_tax.service micro.training.commercial_service micro.training.craft_sale
    micro.training.craft_service micro.training.liberal micro.training.liberal_cipav micro.training.lodging
    micro.training.sale
    mutual_termination.are_months.from_55 mutual_termination.are_months.under_55
    pass
    pension.quarter_income pension.quarters_maximum
    pfu.income_tax_rate pfu.rate pfu.social_rate
    public_service.extension_years public_service.part_time_minimum_share public_service.part_time_years
    public_service.years_between
    reconversion.days_worked reconversion.registration_months reconversion.within_months
    registration.cost.beneficial_owners registration.cost.company registration.cost.micro
    registration.cost.micro_commercial_agent registration.cost.sole_trader_craft
    registration.cost.sole_trader_liberal registration.cost.sole_trader_trade registration.legal_notice.sasu
    registration.total.eurl registration.total.sasu
    self_employed.minimum_total self_employed.pension.minimum_base self_employed.pension.rate
    self_employed.provisional.base self_employed.provisional.years
    sole_trader.separate_estate
    vat.franchise.sale vat.franchise.service vat.tolerance.sale vat.tolerance.service
    working_time.average_weeks working_time.daily_max working_time.daily_rest working_time.part_time_minimum
    working_time.weekly_average_max working_time.weekly_max
"""
_CONVENTIONS = """
    acre.popular_share acre.president_share
    accounting.company accounting.ei accounting.micro
    are.entry_months are.pension_warning_age
    care.caregiver_hours care.school_child_hours care.teenager_age care.teenager_hours care.young_child_age
    care.young_child_hours
    cash.loan_months cash.payment_delay
    commute.long
    company.capital
    contract.talks_months
    creators.age_a55 creators.age_a57
    deadlines.soon_days
    exclusivity.warning_months
    fatigue.high
    finances.cash_out_high finances.cash_out_low finances.safety_months
    financing.bpifrance_ratio financing.investors_gap financing.wait_months
    form.worthwhile
    preparation.documents preparation.recurring_share
    public_service.full_time_hours
    risk.dearer risk.delay_months risk.demand_spread risk.expense_spread risk.late_months risk.month_spread
    risk.shift_months risk.stopped_months risk.swing
    salary.net_share
    scenario.exit_month scenario.leave_first_months
    scores.pass_mark
    simulator.weeks
    start.comfort_days
    steps.usual_days
    timing.aids timing.caution timing.loyal_clients timing.safety_months
    urssaf.pension_rate
    week.evening_hours week.evenings_max week.free_day_hours week.job_day_hours week.longer_hours
    working_time.full_time_hours
"""
_FIGURES = """
    A01 A02 A03 A04 A05 A06 A08 A09 A10 A11 A12 A14 A15 A17 A18 A19 A20 A21 A22 A23 A24 A27 A28 A32 A33 A35
    A36 A37 A38 A39 A40 A41 A42 A43 A44 A45 A46 A47 A50 A51 A52 A55 A57 A60 A61 A62 A63 A64 A65 A66 A67 A68
    A69 A70 A71 A72 A75 A76
    S01 S02 S03 S06 S08 S09 S12 S13 S14 S15 S16 S17 S18 S19 S24
"""
_SOURCES = """
    afp_2026_02_rupture arrete_2025_11_19 arrete_2025_12_22 cass_soc_2000_07_11 cass_soc_2002_07_10
    cass_soc_2014_07_09 cass_soc_2020_09_23 ccom_l123_33 ccom_l526_22 cdg45_are cgfp_l123_1 cgfp_l123_7
    cgfp_l123_8 cgi_102_ter cgi_1478 cgi_151_0 cgi_1647_d cgi_197 cgi_219 cgi_293_b cgi_50_0 cgi_83
    css_d131_6_1 css_d131_6_3 css_d613_4 css_d633_2 css_d633_3 css_l131_6 css_l131_6_4 css_l136_8 css_l171_2_1
    css_l613_7 css_r131_2_1 ct_d1222_1 ct_d3142_65 ct_d3142_73 ct_d5424_74 ct_l1121_1 ct_l1222_1 ct_l1222_5
    ct_l3121_18 ct_l3121_20 ct_l3121_22 ct_l3123_27 ct_l3131_1 ct_l3142_105 ct_l3142_108 ct_l3142_109
    ct_l3142_111 ct_l3142_113 ct_l3142_114 ct_l3142_119 ct_l5141_1 ct_l5421_4 ct_l5422_1 ct_l5422_1_1
    ct_l5424_25 ct_l6331_48 ct_l7313_6 ct_l8261_3 ct_r5141_2 ct_r5424_70 decret_2026_562 france_travail_arce
    france_travail_demission insee_ip2069 insee_ip2070 loi_2024_le_meur loi_2026_470 lpde_activite_conservee
    modele_social mon_entreprise openfisca_france service_public_f15252 service_public_f1761
    service_public_f35991 service_public_f37688 unapl_arce_are unedic_circulaire_2025_03
"""

NEEDED: Mapping[str, frozenset[str]] = {
    "rules.csv": frozenset(_RULES.split()),
    "conventions.csv": frozenset(_CONVENTIONS.split()),
    "statistics.csv": frozenset(_FIGURES.split()),
    "sources.bib": frozenset(_SOURCES.split()),
}
