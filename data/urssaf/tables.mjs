// What the tables of pay share: URSSAF's rule base (npm modele-social, run by publicodes), reading between rows, writing.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import rules from 'modele-social'
import Engine from 'publicodes'

export const french = (iso) => iso.split('-').reverse().join('/')
export const cents = (value) => Math.round(value * 100) / 100 + 0 // + 0: no minus zero

// A rule base of its own, and what asks it for an amount.
export function ruleBase() {
  const engine = new Engine(rules, { logger: { log() {}, warn() {}, error() {} } })
  const amount = (name, unit) => {
    const { nodeValue } = engine.evaluate({ valeur: name, unité: unit })
    // `null` is a contribution that does not apply, `undefined` is an income that cannot be found.
    const value = nodeValue === null || nodeValue === false ? 0 : nodeValue
    if (!Number.isFinite(value)) throw new Error(`the rule base gives no figure for "${name}"`)
    return value
  }
  return { engine, amount }
}

// The two rows around a place.
function around(rows, by, place) {
  const found = rows.findIndex((row) => row[by] >= place)
  const index = found === -1 ? rows.length - 1 : Math.max(found, 1)
  return [rows[index - 1], rows[index]]
}

export function interpolate(rows, by, place, column) {
  const [before, after] = around(rows, by, place)
  const weight = (place - before[by]) / (after[by] - before[by])
  return before[column] + weight * (after[column] - before[column])
}

function parse(text) {
  const [header, ...lines] = text.trim().split('\n').map((line) => line.split(','))
  return lines.map((cells) => Object.fromEntries(header.map((column, index) => [column, Number(cells[index])])))
}

function describeChanges(old, now, by, net) {
  if (!old) return [`new, ${now.length} rows.`]
  if (JSON.stringify(old) === JSON.stringify(now)) return []
  let largest = { change: 0, place: 0 }
  for (const { [by]: place } of [...old, ...now]) {
    const [from, to] = [old, now].map((rows) => interpolate(rows, by, place, net))
    if (Math.abs(to - from) > Math.abs(largest.change)) largest = { change: to - from, place }
  }
  return [`${old.length} rows before, ${now.length} now; largest change of net pay `
    + `${largest.change.toFixed(2)} € at a ${by} of ${largest.place} €.`]
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

// Writes a table, which is read by its first column, and, beside it, the versions, dates and assumptions it was computed with; gives what changed, in sentences.
export function writeTable(target, { rows, facts }, columns, net) {
  const metaPath = `${target.replace(/\.csv$/, '')}.meta.json`
  const meta = {
    'modele-social': installedVersion('modele-social'), publicodes: installedVersion('publicodes'), ...facts,
  }
  const sentences = []
  const oldMeta = existsSync(metaPath) ? JSON.parse(readFileSync(metaPath, 'utf8')) : {}
  for (const [name, value] of Object.entries(meta)) {
    if (oldMeta[name] !== value) sentences.push(`${name}: ${oldMeta[name] ?? 'nothing'} before, ${value} now.`)
  }
  const old = existsSync(target) ? parse(readFileSync(target, 'utf8')) : undefined
  sentences.push(...describeChanges(old, rows, columns[0], net))
  const text = [columns, ...rows.map((row) => columns.map((column) => row[column]))]
    .map((cells) => `${cells.join(',')}\n`).join('')
  writeAtomically(target, text)
  writeAtomically(metaPath, `${JSON.stringify(meta, null, 2)}\n`)
  return [...(sentences.length ? sentences : ['Nothing changed.']), `${rows.length} rows written to ${target}.`]
}
