// Tabulates URSSAF's rule base: what a president's pay leaves, what an employee costs.
// Usage: node export.mjs FOLDER
// Nothing is written unless every table can be had.
import * as employee from './employee.mjs'
import * as president from './president.mjs'
import { writeTable } from './tables.mjs'

const TABLES = { president_pay: president, employee_cost: employee }

function main(folder) {
  if (!folder) throw new Error('usage: node export.mjs FOLDER')
  const found = Object.entries(TABLES).map(([name, table]) => [name, table, table.compute()])
  for (const [name, { COLUMNS, NET }, computed] of found) {
    console.log(writeTable(`${folder}/${name}.csv`, computed, COLUMNS, NET).join('\n'))
  }
}

try {
  main(process.argv[2])
} catch (error) {
  // publicodes explains itself, in French, over several lines.
  console.error(`table of pay: ${String(error.message).replace(/\s+/g, ' ').trim()}`)
  process.exit(1)
}
