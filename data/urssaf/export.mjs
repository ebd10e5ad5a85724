// Tabulates URSSAF's rule base (npm modele-social, run by publicodes) into a table of net income.
// Usage: node export.mjs TARGET.csv
// Beside the table, TARGET.meta.json keeps the versions and dates it was computed with.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import rules from 'modele-social'
import Engine from 'publicodes'

const DATE = '2026-11-01'
const CREATED = '2026-01-01' // a whole year of activity: no pro rata of ceilings and minimum bases
const TOP = 500_000 // € a year, last margin of the table
const SEEDS = 128 // equal steps of income before any subdivision
const COLUMNS = ['form', 'category', 'margin', 'contributions', 'net_before_tax', 'taxable',
  'acre_base', 'acre_income']
const AMOUNTS = COLUMNS.slice(2)

const french = (iso) => iso.split('-').reverse().join('/')
const COMMON = {
  date: french(DATE),
  'entreprise . date de création': french(CREATED),
  'entreprise . associés': "'unique'",
}
const FORMS = {
  ei: {
    'entreprise . catégorie juridique': "'EI'",
    'entreprise . catégorie juridique . EI . auto-entrepreneur': 'non',
  },
  eurl: { 'entreprise . catégorie juridique': "'SARL'", 'entreprise . imposition': "'IS'" },
  sasu: { 'entreprise . catégorie juridique': "'SAS'" },
}
const nature = (value) => ({ 'entreprise . activité . nature': `'${value}'` })
const CATEGORIES = {
  sale: nature('commerciale'),
  lodging: nature('commerciale'),
  commercial_service: nature('commerciale'),
  craft_service: nature('artisanale'),
  craft_sale: nature('artisanale'),
  liberal: nature('libérale'), // not regulated: general scheme
  liberal_cipav: {
    ...nature('libérale'),
    'entreprise . activité . nature . libérale . réglementée': 'oui',
    'dirigeant . indépendant . PL . métier': "'rattaché CIPAV'",
  },
}

const SELF_EMPLOYED = 'dirigeant . indépendant . cotisations et contributions'
const WAGE = 'salarié . cotisations'
// What ACRE reduces (CSS L131-6-4): sickness-maternity with its daily allowances, basic pension,
// invalidity-death, family allowances. Never complementary pension, CSG-CRDS, CFP, work accidents.
const ACRE_SELF_EMPLOYED = ['maladie', 'indemnités journalières maladie', 'retraite de base',
  'invalidité et décès', 'allocations familiales'].map((name) => `${SELF_EMPLOYED} . ${name}`)
const ACRE_WAGE = ['maladie', 'vieillesse', 'allocations familiales']
  .map((name) => `${WAGE} . ${name}`)

// The rule base rounds each contribution of the self-employed to the euro: interpolated, these steps
// would cost hundreds of rows and gain nothing. The table is computed without that rounding (a few
// euros at most), then checked against the rule base as published.
const ROUNDED = [SELF_EMPLOYED, 'dirigeant . indépendant . PL']
function withoutRounding(node) {
  if (Array.isArray(node)) return node.map(withoutRounding)
  if (node === null || typeof node !== 'object') return node
  return Object.fromEntries(Object.entries(node)
    .filter(([key, value]) => !(key === 'arrondi' && value === 'oui'))
    .map(([key, value]) => [key, withoutRounding(value)]))
}
const smoothRules = Object.fromEntries(Object.entries(rules).map(([name, rule]) =>
  [name, ROUNDED.some((prefix) => name.startsWith(prefix)) ? withoutRounding(rule) : rule]))

const quiet = { log() {}, warn() {}, error() {} }
const smooth = new Engine(smoothRules, { logger: quiet })
const published = new Engine(rules, { logger: quiet })

function yearly(engine, name) {
  const { nodeValue } = engine.evaluate({ valeur: name, unité: '€/an' })
  // `null` is a contribution that does not apply, `undefined` is an income that cannot be found.
  const value = nodeValue === null || nodeValue === false ? 0 : nodeValue
  if (!Number.isFinite(value)) throw new Error(`the rule base gives no figure for "${name}"`)
  return value
}
const total = (names) => names.reduce((sum, name) => sum + yearly(smooth, name), 0)

// One row from an income: professional income (ei, eurl) or gross pay (sasu). Given the income, the rule
// base computes straight on; given the margin, it must search for the income, ten times slower.
function rowFor(form, income) {
  const key = form === 'sasu' ? 'salarié . contrat . salaire brut'
    : 'dirigeant . indépendant . revenu professionnel'
  smooth.setSituation({ [key]: `${income} €/an` }, { keepPreviousSituation: true })
  if (form === 'sasu') {
    const margin = yearly(smooth, 'dirigeant . rémunération . totale')
    const net = yearly(smooth, 'dirigeant . rémunération . net')
    return {
      income, margin, contributions: margin - net, net_before_tax: net,
      taxable: yearly(smooth, 'dirigeant . rémunération . net . imposable'),
      acre_base: total(ACRE_WAGE), acre_income: income,
    }
  }
  const contributions = yearly(smooth, SELF_EMPLOYED)
  // Professional income is what is left, plus the part of CSG-CRDS that cannot be deducted.
  const net = income - yearly(smooth, `${SELF_EMPLOYED} . non déductibles`)
  return {
    income, margin: net + contributions, contributions, net_before_tax: net, taxable: income,
    acre_base: total(ACRE_SELF_EMPLOYED),
    acre_income: yearly(smooth, 'dirigeant . indépendant . assiette des cotisations'),
  }
}

// Half the error the table is allowed: the interior points tested may miss the worst one.
const tolerance = (margin) => 0.5 * Math.max(1, 0.0005 * Math.abs(margin))

function interpolate(before, after, margin, column) {
  const weight = (margin - before.margin) / (after.margin - before.margin)
  return before[column] + weight * (after[column] - before[column])
}

function tabulate(form, situation) {
  smooth.setSituation(situation)
  const known = new Map()
  const at = (income) => {
    if (!known.has(income)) known.set(income, rowFor(form, income))
    return known.get(income)
  }
  const incomeFor = (margin) => {
    let [low, high] = [-10_000, TOP]
    while (high - low > 0.001) {
      const middle = (low + high) / 2
      if (at(middle).margin < margin) low = middle
      else high = middle
    }
    return high
  }
  const straight = (before, after) => [0.25, 0.5, 0.75].every((share) => {
    const point = at(before.income + share * (after.income - before.income))
    return AMOUNTS.every((column) => Math.abs(interpolate(before, after, point.margin, column)
      - point[column]) <= tolerance(point.margin))
  })
  const rows = []
  const subdivide = (before, after) => {
    // Under one euro of income it is a jump (in 2026: the CET of the sasu, due once pay passes the
    // ceiling, on the whole pay): the two rows on its sides are kept.
    if (after.income - before.income < 1 || straight(before, after)) rows.push(after)
    else {
      const middle = at((before.income + after.income) / 2)
      subdivide(before, middle)
      subdivide(middle, after)
    }
  }
  const first = form === 'sasu' ? 0 : incomeFor(0)
  const last = incomeFor(TOP)
  const seed = (index) => at(first + (last - first) * index / SEEDS)
  rows.push(seed(0))
  for (let index = 0; index < SEEDS; index++) subdivide(seed(index), seed(index + 1))
  if (form === 'sasu') rows.unshift(...unpaid(rows[0].margin))
  for (let index = 1; index < rows.length; index++) {
    if (rows[index].margin <= rows[index - 1].margin) {
      throw new Error(`${form}: the margin does not grow with income at ${rows[index].income} €`)
    }
  }
  return rows
}

// Below the cost of the complementary health cover, a sasu cannot pay its president: without pay, nothing
// is due, and the money stays in the company.
function unpaid(cost) {
  return [0, cost - 1].map((margin) => ({
    margin, contributions: 0, net_before_tax: margin, taxable: 0, acre_base: 0,
    acre_income: 0,
  }))
}

// The two rows around a margin.
function position(rows, margin) {
  const found = rows.findIndex((row) => row.margin >= margin)
  const index = found === -1 ? rows.length - 1 : Math.max(found, 1)
  return [rows[index - 1], rows[index]]
}

// The rule base as published, asked the plain way round: from turnover and expenses, or from the cost.
function check(form, category, situation, rows) {
  for (const margin of [1_300, 4_700, 11_900, 29_300, 53_100, 98_700, 187_000, 391_000]) {
    const question = form === 'ei'
      ? { "entreprise . chiffre d'affaires": `${margin * 1.5} €/an`,
          'entreprise . charges': `${margin * 0.5} €/an` }
      : { 'dirigeant . rémunération . totale': `${margin} €/an` }
    published.setSituation({ ...situation, ...question })
    const expected = yearly(published, 'dirigeant . rémunération . net')
    const found = interpolate(...position(rows, margin), margin, 'net_before_tax')
    // Up to eight contributions rounded to the euro.
    if (Math.abs(found - expected) > 4 + tolerance(margin) * 2) {
      throw new Error(`${form}, ${category}: net ${found.toFixed(2)} € in the table,`
        + ` ${expected.toFixed(2)} € in the rule base, at a margin of ${margin} €`)
    }
  }
}

// publicodes takes a misspelt or renamed value for just another one: make sure that it was understood.
function verify(form, category) {
  const is = (name) => smooth.evaluate(name).nodeValue
  const scheme = form === 'sasu' ? 'assimilé salarié' : 'indépendant'
  if (is('dirigeant . régime social') !== scheme
      || (form !== 'sasu' && (is('dirigeant . indépendant . PL . CIPAV') === true)
        !== (category === 'liberal_cipav'))) {
    throw new Error(`${form}, ${category}: the rule base did not take the situation as it was meant`)
  }
}

const cents = (value) => Math.round(value * 100) / 100 + 0 // + 0: no minus zero

function compute() {
  const tables = new Map() // by fingerprint: forms and categories with the same figures share a table
  const lines = []
  for (const [form, formSituation] of Object.entries(FORMS)) {
    let common
    for (const [category, categorySituation] of Object.entries(CATEGORIES)) {
      const situation = { ...COMMON, ...formSituation, ...categorySituation }
      smooth.setSituation(situation)
      verify(form, category)
      const fingerprint = (form === 'sasu') + JSON.stringify(
        [0, 3_000, 12_000, 30_000, 60_000, 120_000, 300_000].map((income) => rowFor(form, income)))
      const same = fingerprint === common
      common ??= fingerprint // the first category gives the rows called `any`
      if (same) continue
      if (!tables.has(fingerprint)) tables.set(fingerprint, tabulate(form, situation))
      const rows = tables.get(fingerprint)
      const name = fingerprint === common ? 'any' : category
      check(form, name, situation, rows)
      for (const row of rows) {
        lines.push({ form, category: name,
          ...Object.fromEntries(AMOUNTS.map((column) => [column, cents(row[column])])) })
      }
    }
  }
  const key = (line) => `${line.form},${line.category}`
  return lines.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.margin - b.margin))
}

function parse(text) {
  const [header, ...lines] = text.trim().split('\n').map((line) => line.split(','))
  return lines.map((cells) => Object.fromEntries(header.map((column, index) =>
    [column, AMOUNTS.includes(column) ? Number(cells[index]) : cells[index]])))
}

function groups(lines) {
  const result = new Map()
  for (const line of lines) {
    const key = `${line.form}, ${line.category}`
    result.set(key, [...(result.get(key) ?? []), line])
  }
  return result
}

function describeChanges(oldLines, newLines) {
  const [before, after] = [groups(oldLines), groups(newLines)]
  const sentences = []
  for (const key of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [old, now] = [before.get(key), after.get(key)]
    if (!old) sentences.push(`${key}: new, ${now.length} rows.`)
    else if (!now) sentences.push(`${key}: gone (${old.length} rows before).`)
    else if (JSON.stringify(old) !== JSON.stringify(now)) {
      let largest = { change: 0, margin: 0 }
      for (const { margin } of [...old, ...now]) {
        const [from, to] = [old, now].map((rows) =>
          interpolate(...position(rows, margin), margin, 'net_before_tax'))
        if (Math.abs(to - from) > Math.abs(largest.change)) largest = { change: to - from, margin }
      }
      sentences.push(`${key}: ${old.length} rows before, ${now.length} now; largest change of net income `
        + `${largest.change.toFixed(2)} € at a margin of ${largest.margin} €.`)
    }
  }
  return sentences
}

function writeAtomically(path, text) {
  const temporary = `${path}.${process.pid}.tmp`
  writeFileSync(temporary, text)
  renameSync(temporary, path)
}

function installedVersion(name) {
  const file = new URL(`node_modules/${name}/package.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')).version
}

function main(target) {
  if (!target) throw new Error('usage: node export.mjs TARGET.csv')
  const metaPath = `${target.replace(/\.csv$/, '')}.meta.json`
  const meta = {
    'modele-social': installedVersion('modele-social'),
    publicodes: installedVersion('publicodes'),
    situation_date: DATE,
    creation_date: CREATED,
  }
  const lines = compute()
  const sentences = []
  const oldMeta = existsSync(metaPath) ? JSON.parse(readFileSync(metaPath, 'utf8')) : {}
  for (const [name, value] of Object.entries(meta)) {
    if (oldMeta[name] !== value) sentences.push(`${name}: ${oldMeta[name] ?? 'nothing'} before, ${value} now.`)
  }
  sentences.push(...describeChanges(existsSync(target) ? parse(readFileSync(target, 'utf8')) : [], lines))
  const text = [COLUMNS, ...lines.map((line) => COLUMNS.map((column) => line[column]))]
    .map((cells) => `${cells.join(',')}\n`).join('')
  writeAtomically(target, text)
  writeAtomically(metaPath, `${JSON.stringify(meta, null, 2)}\n`)
  console.log(sentences.length ? sentences.join('\n') : 'Nothing changed.')
  console.log(`${lines.length} rows written to ${target}.`)
}

try {
  main(process.argv[2])
} catch (error) {
  // publicodes explains itself, in French, over several lines.
  console.error(`net income table: ${String(error.message).replace(/\s+/g, ' ').trim()}`)
  process.exit(1)
}
