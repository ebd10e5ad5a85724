// Asks URSSAF's rule bases what is due in some cases, for docs/divergences.md, and what employees cost, for the tests.
// Usage: node engines.mjs FOLDER [MODELE_TI.json]
// The published package (modele-social) always; the rules of the reformed base (modele-ti, not published) where their JSON is
// given, else their column is taken over from engines_2026.csv as it is.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import rules from 'modele-social'
import Engine from 'publicodes'
import { atHours } from './employee.mjs'

const DATE = '2026-11-01'
const quiet = { log() {}, warn() {}, error() {} }
const french = (iso) => iso.split('-').reverse().join('/')

const nature = (value, others = {}) => ({ 'entreprise . activité . nature': `'${value}'`, ...others })
const ACTIVITIES = {
  sale: nature('commerciale', { 'entreprise . activités . service ou vente': "'vente'" }),
  commercial_service: nature('commerciale', { 'entreprise . activités . service ou vente': "'service'" }),
  craft_service: nature('artisanale', { 'entreprise . activités . service ou vente': "'service'" }),
  liberal: nature('libérale'),
  liberal_cipav: nature('libérale', {
    'entreprise . activité . nature . libérale . réglementée': 'oui',
    'dirigeant . indépendant . PL . métier': "'rattaché CIPAV'",
  }),
}
const FORMS = {
  micro: { 'entreprise . catégorie juridique': "'EI'", 'entreprise . catégorie juridique . EI . auto-entrepreneur': 'oui' },
  ei: { 'entreprise . catégorie juridique': "'EI'", 'entreprise . catégorie juridique . EI . auto-entrepreneur': 'non' },
  sasu: { 'entreprise . catégorie juridique': "'SAS'" },
}
const REFORM = 'indépendant . cotisations et contributions'
const REFORM_ACTIVITIES = {
  commercial_service: { 'entreprise . activité': "'commerciale'" },
  craft_service: { 'entreprise . activité': "'artisanale'" },
  liberal_cipav: {
    'entreprise . activité': "'libérale'",
    'entreprise . activité . libérale . réglementée': 'oui',
    'indépendant . profession libérale . réglementée . métier': "'rattaché Cipav'",
  },
}

function* cases() {
  for (const activity of Object.keys(ACTIVITIES)) {
    for (const [acre, created] of [['no', '2026-10-01'], ['yes', '2026-05-04'], ['yes', '2026-10-01']]) {
      for (const amount of [12_000, 40_000, 80_000]) yield { form: 'micro', activity, acre, created, amount }
    }
  }
  for (const activity of Object.keys(REFORM_ACTIVITIES)) {
    for (const acre of ['no', 'yes']) {
      for (const amount of [0, 5_000, 12_000, 25_000, 40_000, 50_000, 60_000, 100_000, 189_000]) {
        yield { form: 'ei', activity, acre, created: '2026-01-01', amount }
      }
    }
  }
  for (const acre of ['no', 'yes']) {
    for (const amount of [12_000, 25_000, 40_000, 50_000, 60_000, 70_000, 100_000]) {
      yield { form: 'sasu', activity: 'commercial_service', acre, created: '2026-01-01', amount }
    }
  }
}

function yearly(engine, name) {
  const { nodeValue } = engine.evaluate({ valeur: name, unité: '€/an' })
  const value = nodeValue === null || nodeValue === false ? 0 : nodeValue
  if (!Number.isFinite(value)) throw new Error(`the rule base gives no figure for "${name}"`)
  return value
}

const published = new Engine(rules, { logger: quiet })
function inPackage({ form, activity, acre, created, amount }) {
  const question = form === 'sasu'
    ? { 'dirigeant . rémunération . totale': `${amount} €/an` }
    : { "entreprise . chiffre d'affaires": `${amount} €/an`, 'entreprise . charges': '0 €/an' }
  published.setSituation({
    date: french(DATE), 'entreprise . date de création': french(created), 'entreprise . associés': "'unique'",
    ...FORMS[form], ...ACTIVITIES[activity],
    'dirigeant . exonérations . ACRE': acre === 'yes' ? 'oui' : 'non', ...question,
  })
  return amount - yearly(published, 'dirigeant . rémunération . net')
}

function inReform(engine, { form, activity, acre, created, amount }) {
  if (form !== 'ei') return ''
  engine.setSituation({
    date: french(DATE), 'entreprise . date de création': french(created),
    'entreprise . catégorie juridique': "'EI'", 'entreprise . imposition': "'IR'",
    'entreprise . imposition . IR . régime micro-fiscal': 'non',
    "entreprise . chiffre d'affaires": `${amount} €/an`, 'entreprise . charges': '0 €/an',
    ...REFORM_ACTIVITIES[activity],
    [`${REFORM} . cotisations . exonérations . Acre`]: acre === 'yes' ? 'oui' : 'non',
  })
  return yearly(engine, REFORM)
}

const COLUMNS = ['form', 'activity', 'acre', 'created', 'amount', 'modele_social', 'modele_ti']
const cents = (value) => (value === '' ? '' : Math.round(value * 100) / 100)

function known(target) {
  if (!existsSync(target)) return new Map()
  const lines = readFileSync(target, 'utf8').trim().split('\n').slice(1).map((line) => line.split(','))
  return new Map(lines.map((cells) => [cells.slice(0, 5).join(), cells[6]]))
}

// What an employee costs and is paid, full time and part time, between the rows of the table.
const FULL_TIME_PAYS = [
  1_867.02, 1_900.5, 1_990.13, 2_137, 2_250, 2_444.44, 2_650.75, 2_900, 3_150, 3_333.33, 3_700, 4_000, 4_010, 4_444, 4_800, 5_200,
  5_550, 5_600, 5_650, 6_123, 7_777, 9_500,
]
function* employees() {
  for (const gross of FULL_TIME_PAYS) yield { gross, hours: 35 }
  for (const hours of [5, 10.5, 17.5, 20, 24, 28, 30, 34]) {
    for (const fullTime of [1_867.02, 2_050, 2_720, 4_200, 5_800]) {
      yield { gross: Math.ceil((fullTime * hours * 100) / 35) / 100, hours }
    }
  }
}

function employed({ gross, hours }) {
  published.setSituation({ ...atHours(hours), 'salarié . contrat . salaire brut': `${gross} €/mois` })
  return ['salarié . coût total employeur', 'salarié . rémunération . net . à payer avant impôt'].map((name) =>
    cents(published.evaluate({ valeur: name, unité: '€/mois' }).nodeValue))
}

function write(target, columns, lines) {
  writeFileSync(target, `${[columns.join(), ...lines].join('\n')}\n`)
  console.log(`${lines.length} cases written to ${target}.`)
}

const [folder, reformed] = process.argv.slice(2)
const engines = `${folder}/engines_2026.csv`
const before = known(engines)
const engine = reformed && new Engine(JSON.parse(readFileSync(reformed, 'utf8')), { logger: quiet })
write(engines, COLUMNS, [...cases()].map((one) => {
  const key = COLUMNS.slice(0, 5).map((column) => one[column])
  const reform = engine ? cents(inReform(engine, one)) : before.get(key.join()) ?? ''
  return [...key, cents(inPackage(one)), reform].join()
}))
write(`${folder}/employees_2026.csv`, ['gross', 'weekly_hours', 'cost', 'net'],
  [...employees()].map((one) => [one.gross, one.hours, ...employed(one)].join()))
