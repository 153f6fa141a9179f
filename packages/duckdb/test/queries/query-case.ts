// A random query with its tables, from a seed or from the numbers that a seed gave; and its text in both dialects.

import {
  Choices,
  type GeneratedQuery,
  generateQuery,
  generateQueryTable,
  MAX_DISORDER_MS,
  numbersOf,
  type QueryTable,
  type QueryValue,
  withHistory,
} from '@millrace/testing'

export interface QueryCase {
  readonly tables: readonly QueryTable[]
  readonly generated: GeneratedQuery
  /** Views are statements of their own, or stand in WITH. */
  readonly hasViewStatements: boolean
  /** Rows of a batch, and of a read. */
  readonly batchRecords: number
  /** What the query was made of. */
  readonly numbers: readonly number[]
}

/** The case of a seed; `numbers` and `tables` in place of what the seed gives. */
export function createCase(
  seed: number,
  changed: { readonly numbers?: readonly number[]; readonly tables?: readonly QueryTable[] } = {},
): QueryCase {
  const data = new Choices(numbersOf(seed * 2 + 1))
  const maxRows = data.pick([6, 15, 40])
  const tables =
    changed.tables ??
    ['t0', 't1', 't2'].map(name => {
      const table = generateQueryTable(data, name, maxRows)
      return data.oneIn(4) ? withHistory(data, table) : table
    })
  const numbers: number[] = []
  const choices = new Choices(recorded(changed.numbers ?? numbersOf(seed * 2), numbers))
  const hasViewStatements = choices.oneIn(2)
  const batchRecords = choices.pick([1, 1000, 7])
  const generated = generateQuery(choices, tables)
  return { tables, generated, hasViewStatements, batchRecords, numbers }
}

function* recorded(numbers: Iterable<number>, into: number[]): Generator<number> {
  for (const number of numbers) {
    into.push(number)
    yield number
  }
}

/** The script for Millrace; its tables are `replay` tables. */
export function flinkScript({ tables, generated, hasViewStatements }: QueryCase): string {
  const { views, query } = generated
  const ddl = tables.map(({ name, columns, hasKey, changes }) => {
    const list = columns.map(c => `${c.name} ${c.sqlType}`).join(', ')
    const key = hasKey ? ', PRIMARY KEY (id) NOT ENFORCED' : ''
    if (changes)
      return `CREATE TABLE ${name} (${list}${key}) WITH ('connector' = 'lines', 'format' = 'changelog-json');\n`
    const watermark = `, WATERMARK FOR ts AS ts - INTERVAL '${MAX_DISORDER_MS / 1000}' SECOND`
    return `CREATE TABLE ${name} (${list}${key}${watermark}) WITH ('connector' = 'replay');\n`
  })
  if (hasViewStatements) {
    const statements = views.map(v => `CREATE TEMPORARY VIEW ${v.name} AS ${v.query.flink};\n`)
    return [...ddl, ...statements, query.flink].join('')
  }
  const common = views.map(v => `${v.name} AS (${v.query.flink})`)
  return [...ddl, common.length > 0 ? `WITH ${common.join(',\n')}\n` : '', query.flink].join('')
}

/** The query for DuckDB. */
export function duckQuery({ generated }: QueryCase): string {
  const { views, query } = generated
  const common = views.map(v => `${v.name} AS (${v.query.duck})`)
  return `${common.length > 0 ? `WITH ${common.join(',\n')}\n` : ''}${query.duck}`
}

/** The statement that makes a table anew in DuckDB. */
export function duckTable({ name, columns, rows }: QueryTable): string {
  const list = columns.map(c => `${c.name} ${c.sqlType === 'STRING' ? 'VARCHAR' : c.sqlType}`)
  const values = rows.map(
    row => `(${row.map((v, i) => literal(v, columns[i]?.sqlType)).join(', ')})`,
  )
  const types = `CREATE OR REPLACE TABLE ${name} (${list.join(', ').replaceAll('TIMESTAMP(3)', 'TIMESTAMP')});`
  return values.length > 0 ? `${types} INSERT INTO ${name} VALUES ${values.join(', ')};` : types
}

function literal(value: QueryValue, sqlType: string | undefined): string {
  if (value === null) return 'NULL'
  if (sqlType === 'TIMESTAMP(3)') return `make_timestamp(${Number(value) * 1000})`
  return sqlType === 'STRING' ? `'${value}'` : `${value}`
}

/** A change log as its table reads it: a line for each change. */
export function changeLines({ columns, changes = [] }: QueryTable): string {
  const valueOf = (value: QueryValue, sqlType: string | undefined) => {
    if (value === null) return null
    if (sqlType === 'TIMESTAMP(3)')
      return new Date(Number(value)).toISOString().replace('T', ' ').replace('Z', '')
    return sqlType?.startsWith('DECIMAL') ? Number(value) : value
  }
  const lines = changes.map(({ op, row }) => {
    const data = Object.fromEntries(
      columns.map((c, i) => [c.name, valueOf(row[i] ?? null, c.sqlType)]),
    )
    return `${JSON.stringify({ op, data })}\n`
  })
  return lines.join('')
}
