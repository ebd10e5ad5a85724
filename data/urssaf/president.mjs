// What the pay of a SASU's president costs and leaves, tabulated.
import { cents, french, interpolate, ruleBase } from './tables.mjs'

const DATE = '2026-11-01'
const CREATED = '2026-01-01' // a whole year of activity: no pro rata of ceilings and minimum bases
const TOP = 500_000 // € a year, last margin of the table
const SEEDS = 128 // equal steps of income before any subdivision

export const COLUMNS = ['margin', 'contributions', 'net_before_tax', 'taxable', 'acre_base', 'acre_income']
export const NET = 'net_before_tax'

const SITUATION = {
  date: french(DATE),
  'entreprise . date de création': french(CREATED),
  'entreprise . associés': "'unique'",
  'entreprise . catégorie juridique': "'SAS'",
  'entreprise . activité . nature': "'commerciale'", // no activity makes a difference to a president's pay
}

// What ACRE reduces (CSS L131-6-4): sickness, old age, family allowances. Never complementary pension, CSG-CRDS, work accidents.
const REDUCED = ['maladie', 'vieillesse', 'allocations familiales']
  .map((name) => `salarié . cotisations . ${name}`)

const { engine, amount } = ruleBase()
const yearly = (name) => amount(name, '€/an')

// One row from the gross pay. Given the pay, the rule base computes straight on; given the margin, it must search for it.
function rowFor(income) {
  engine.setSituation({ 'salarié . contrat . salaire brut': `${income} €/an` }, { keepPreviousSituation: true })
  const margin = yearly('dirigeant . rémunération . totale')
  const net = yearly('dirigeant . rémunération . net')
  return {
    income, margin, contributions: margin - net, net_before_tax: net,
    taxable: yearly('dirigeant . rémunération . net . imposable'),
    acre_base: REDUCED.reduce((sum, name) => sum + yearly(name), 0), acre_income: income,
  }
}

// Half the error the table is allowed: the interior points tested may miss the worst one.
const tolerance = (margin) => 0.5 * Math.max(1, 0.0005 * Math.abs(margin))

function tabulate() {
  const known = new Map()
  const at = (income) => {
    if (!known.has(income)) known.set(income, rowFor(income))
    return known.get(income)
  }
  const incomeFor = (margin) => {
    let [low, high] = [0, TOP]
    while (high - low > 0.001) {
      const middle = (low + high) / 2
      if (at(middle).margin < margin) low = middle
      else high = middle
    }
    return high
  }
  const straight = (before, after) => [0.25, 0.5, 0.75].every((share) => {
    const point = at(before.income + share * (after.income - before.income))
    return COLUMNS.every((column) => Math.abs(interpolate([before, after], 'margin', point.margin, column)
      - point[column]) <= tolerance(point.margin))
  })
  const rows = []
  const subdivide = (before, after) => {
    // Under one euro of income it is a jump (in 2026: the CET, due once pay passes the ceiling, on the
    // whole pay): the two rows on its sides are kept.
    if (after.income - before.income < 1 || straight(before, after)) rows.push(after)
    else {
      const middle = at((before.income + after.income) / 2)
      subdivide(before, middle)
      subdivide(middle, after)
    }
  }
  const last = incomeFor(TOP)
  const seed = (index) => at(last * index / SEEDS)
  rows.push(seed(0))
  for (let index = 0; index < SEEDS; index++) subdivide(seed(index), seed(index + 1))
  rows.unshift(...unpaid(rows[0].margin))
  for (let index = 1; index < rows.length; index++) {
    if (rows[index].margin <= rows[index - 1].margin) {
      throw new Error(`the margin does not grow with income at ${rows[index].income} €`)
    }
  }
  return rows
}

// Below the cost of the complementary health cover, a company cannot pay its president: without pay, nothing
// is due, and the money stays in the company.
function unpaid(cost) {
  return [0, cost - 1].map((margin) => ({
    margin, contributions: 0, net_before_tax: margin, taxable: 0, acre_base: 0,
    acre_income: 0,
  }))
}

// The rule base asked the plain way round: from the cost.
function check(rows) {
  for (const margin of [1_300, 4_700, 11_900, 29_300, 53_100, 98_700, 187_000, 391_000]) {
    engine.setSituation({ ...SITUATION, 'dirigeant . rémunération . totale': `${margin} €/an` })
    const expected = yearly('dirigeant . rémunération . net')
    const found = interpolate(rows, 'margin', margin, 'net_before_tax')
    if (Math.abs(found - expected) > tolerance(margin) * 2) {
      throw new Error(`net ${found.toFixed(2)} € in the table, ${expected.toFixed(2)} € in the rule base,`
        + ` at a margin of ${margin} €`)
    }
  }
}

export function compute() {
  engine.setSituation(SITUATION)
  // publicodes takes a misspelt or renamed value for just another one: make sure that it was understood.
  if (engine.evaluate('dirigeant . régime social').nodeValue !== 'assimilé salarié') {
    throw new Error('the rule base did not take the situation as it was meant')
  }
  const rows = tabulate()
  check(rows)
  return {
    rows: rows.map((row) => Object.fromEntries(COLUMNS.map((column) => [column, cents(row[column])]))),
    facts: { situation_date: DATE, creation_date: CREATED },
  }
}
