// What a full-time employee costs a month, tabulated; and that part time is in proportion.
import { cents, french, interpolate, ruleBase } from './tables.mjs'

const DATE = '2026-11-01'
const CREATED = '2026-01-01'
const TOP = 8_000 // € a month, last gross pay of the table
const STEP = 4 // € between the pays that are asked for
const TOLERANCE = 0.6 // €; less than the 1 € that is promised, for between two of them the reduction goes by small steps
const JUMP = 5 // € by which contributions grow more than on the step before where they jump
const HEALTH_COVER = 'salarié . cotisations . prévoyances . santé . employeur'
const PART_TIME = 'salarié . contrat . temps de travail . temps partiel'

export const FULL_TIME = 35 // hours a week
export const COLUMNS = ['gross', 'cost', 'net', 'health_cover']
export const NET = 'net'
export const SITUATION = {
  date: french(DATE),
  'entreprise . date de création': french(CREATED),
  'entreprise . salariés . effectif . seuil': "'moins de 11'",
  dirigeant: 'non',
  'salarié . contrat': "'CDI'",
  'salarié . contrat . statut cadre': 'non',
}

const { engine, amount } = ruleBase()
const monthly = (name) => amount(name, '€/mois')

// The situation of an employee by weekly hours: full time has no hours of its own in the rule base.
export function atHours(hours) {
  if (hours === FULL_TIME) return SITUATION
  return { ...SITUATION, [PART_TIME]: 'oui', [`${PART_TIME} . heures par semaine`]: `${hours} heures/semaine` }
}

// One row from the gross pay, in cents so that every row is one of a payslip.
function rowFor(grossCents) {
  const gross = grossCents / 100
  engine.setSituation({ 'salarié . contrat . salaire brut': `${gross} €/mois` }, { keepPreviousSituation: true })
  return {
    gross, cost: monthly('salarié . coût total employeur'), net: monthly('salarié . rémunération . net . à payer avant impôt'),
    health_cover: monthly(HEALTH_COVER),
  }
}

const contributions = (row) => row.cost - row.net

// The rule base on a grid from the Smic on; where contributions jump (in 2026: the CET falls due past the ceiling, the
// reduction ends at 3 Smic), also on both sides of the jump, a cent apart.
function points(smic) {
  const [first, last] = [Math.ceil(smic * 100), TOP * 100]
  const grid = []
  for (let pay = first; pay < last; pay += STEP * 100) grid.push(rowFor(pay))
  grid.push(rowFor(last))
  const found = grid.slice(0, 2)
  for (let index = 2; index < grid.length; index++) {
    const [before, from, to] = grid.slice(index - 2, index + 1)
    const more = contributions(to) - 2 * contributions(from) + contributions(before)
    found.push(...(more > JUMP ? sidesOfJump(from, to) : []), to)
  }
  return found
}

function sidesOfJump(from, to) {
  const [low, high] = [from, to].map((row) => Math.round(row.gross * 100))
  if (high - low <= 1) return [from, to]
  const middle = rowFor(Math.floor((low + high) / 2))
  const inFirstHalf = contributions(middle) - contributions(from) > contributions(to) - contributions(middle)
  return inFirstHalf ? sidesOfJump(from, middle) : sidesOfJump(middle, to)
}

// Rows as far apart as they can be: each straight line goes on as long as no point is off it.
function fewest(all) {
  const straight = (from, to) => all.slice(from + 1, to).every((point) => ['cost', 'net'].every((column) =>
    Math.abs(interpolate([all[from], all[to]], 'gross', point.gross, column) - point[column]) <= TOLERANCE))
  const rows = [all[0]]
  for (let from = 0; from < all.length - 1;) {
    let to = from + 1
    while (to + 1 < all.length && straight(from, to + 1)) to++
    rows.push(all[to])
    from = to
  }
  return rows
}

// The rule base asked the plain way round: from the cost.
function check(rows) {
  for (const cost of [2_000, 2_777, 3_500, 4_321, 5_400, 6_800, 7_800, 9_100, 11_000]) {
    engine.setSituation({ ...SITUATION, 'salarié . coût total employeur': `${cost} €/mois` })
    const expected = monthly('salarié . rémunération . net . à payer avant impôt')
    const found = interpolate(rows, 'cost', cost, 'net')
    if (Math.abs(found - expected) > 1) {
      throw new Error(`net ${found.toFixed(2)} € in the table, ${expected.toFixed(2)} € in the rule base, at a cost of ${cost} €`)
    }
  }
}

// All thresholds are in proportion to the hours, and so is the cost but for the health cover.
function checkPartTime() {
  for (const hours of [6, 12, 17.5, 24, 30, 34]) {
    for (const fullTime of [1_900, 2_600, 3_900, 4_100, 5_900]) {
      const [part, whole] = [hours, FULL_TIME].map((worked) => {
        engine.setSituation(atHours(worked))
        const row = rowFor((fullTime * 100 * worked) / FULL_TIME)
        return ((row.cost - row.health_cover) * FULL_TIME) / worked
      })
      if (Math.abs(part - whole) > 0.01) throw new Error(`part time of ${hours} hours does not cost in proportion`)
    }
  }
}

export function compute() {
  engine.setSituation(SITUATION)
  const smic = monthly('SMIC')
  rowFor(Math.ceil(smic * 100))
  // publicodes takes a misspelt or renamed value for just another one: make sure that it was understood.
  const meant = { dirigeant: false, 'salarié . contrat . CDI': true, 'entreprise . salariés . effectif': 10, [PART_TIME]: false }
  for (const [name, value] of Object.entries(meant)) {
    if (engine.evaluate(name).nodeValue !== value) throw new Error('the rule base did not take the situation as it was meant')
  }
  const facts = {
    situation_date: DATE, creation_date: CREATED, smic: cents(smic),
    work_accident_percent: amount('établissement . taux ATMP', '%'),
    health_cover: monthly('salarié . cotisations . prévoyances . santé . montant'),
  }
  const rows = fewest(points(smic)).map((row) =>
    Object.fromEntries(COLUMNS.map((column) => [column, cents(row[column])])))
  check(rows)
  checkPartTime()
  return { rows, facts }
}
