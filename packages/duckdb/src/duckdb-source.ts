// Reads tables of DuckDB files: whole, as bounded input, or by key, for look-up joins.

import { resolve } from 'node:path'
import type { DuckDBValue } from '@duckdb/node-api'
import type {
  Column,
  KeyLookup,
  LookupContext,
  Row,
  Source,
  SourceContext,
  SourceFactory,
  Value,
} from 'millrace'
import { quote } from './column-type.ts'
import { exactType, rowReader } from './row-reader.ts'
import { READ_OPTIONS, readTableOptions } from './duckdb-options.ts'
import { openWarehouse, type Warehouse } from './warehouse.ts'

/** Rows of one read. */
const BATCH_ROWS = 2048

/** Tables of DuckDB files; the file may be written to by sinks of the same program. */
export const duckdbSourceFactory: SourceFactory = {
  connector: 'duckdb',
  options: READ_OPTIONS,
  takesFormat: false,
  create: openScan,
  createKeyLookup: openKeyLookup,
}

/** All rows there are when they are read, in the order in which they were written. */
function openScan({ table, baseFolder }: SourceContext): Source {
  const { path, table: name, limits } = readTableOptions(table)
  const { list, read } = rowReader(table.name, table.schema)
  let warehouse: Warehouse | undefined
  return {
    boundedness: 'bounded',
    payload: 'rows',
    discover: async known => (known.has('rows') ? [] : [{ id: 'rows', spec: null }]),
    async open(_split, position) {
      warehouse ??= await openWarehouse(resolve(baseFolder, path), limits)
      const rows = await warehouse.read(`SELECT ${list} FROM ${quote(name)} ORDER BY rowid`)
      let next = typeof position === 'number' ? position : 0
      return {
        async read() {
          if (next >= rows.length) return 'finished'
          const first = next
          next = Math.min(rows.length, first + BATCH_ROWS)
          return {
            kind: 'rows',
            rows: rows.slice(first, next).map(read),
            positionAt: count => first + count,
          }
        },
        wait: async () => {},
        close: async () => {},
      }
    },
    close: async () => warehouse?.close(),
    describe: () => `${name} of ${path}`,
  }
}

async function openKeyLookup({ table, baseFolder, keyColumns }: LookupContext): Promise<KeyLookup> {
  const { path, table: name, limits } = readTableOptions(table)
  const { list, read } = rowReader(table.name, table.schema)
  const columns = keyColumns.map(i => table.schema[i] as Column)
  const types = columns.map(c => exactType(table.name, c.name, c.type))
  const where = columns.map((c, i) => `${quote(c.name)} = CAST($${i + 1} AS ${types[i]?.ddl})`)
  const sql = `SELECT ${list} FROM ${quote(name)} WHERE ${where.join(' AND ')}`
  const warehouse = await openWarehouse(resolve(baseFolder, path), limits)
  return {
    async lookup(key: Row) {
      const values = key.map((v: Value, i) => types[i]?.convert(v) as DuckDBValue)
      return (await warehouse.read(sql, values)).map(read)
    },
    close: () => warehouse.close(),
  }
}
