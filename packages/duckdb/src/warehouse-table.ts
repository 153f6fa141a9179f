// A table of a warehouse: made or checked at the start, then changed by batches, each marked with its epoch in one transaction.
//
//     append:  rows ──appender──► table
//     upsert:  rows ──appender──► staging ──► INSERT OR REPLACE            (the table has the key as its PRIMARY KEY)
//                                         └─► DELETE by key, then INSERT   (it has not: NULLable or nested key columns, a foreign table)
//              keys of deletions ──appender──► staging ──► DELETE by key

import { type DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api'
import type { Row, Schema, Value } from 'millrace'
import { formatType } from 'millrace'
import { type ColumnType, columnTypeOf, quote } from './column-type.ts'
import type { Warehouse } from './warehouse.ts'
import { WarehouseSchemaError, WarehouseTypeError } from './warehouse-errors.ts'

/** Changes of one batch: whole rows, and rows of which only the key columns count. Disjoint by key. */
export interface TableChanges {
  readonly rows: readonly Row[]
  readonly deletions: readonly Row[]
}

interface TableColumn extends ColumnType {
  readonly name: string
  /** Where the value is in our rows. */
  readonly index: number
}

// DuckDB's vectors hold this many values.
const CHUNK_ROWS = 2048

export class WarehouseTable {
  readonly name: string
  readonly #warehouse: Warehouse
  readonly #declared: readonly TableColumn[]
  /** In the order of the table in the file. */
  #columns: readonly TableColumn[]
  readonly #key: readonly TableColumn[]
  readonly #canBeKeyed: boolean
  /** Whether the table in the file holds the key as a constraint. */
  #isKeyed = false

  /** @throws {WarehouseTypeError} when a column's type has no counterpart */
  constructor(warehouse: Warehouse, name: string, schema: Schema, key: readonly number[]) {
    this.#warehouse = warehouse
    this.name = name
    this.#declared = schema.map((column, index) => {
      const type = columnTypeOf(column.type)
      if ('remedy' in type) {
        const { remedy } = type
        throw new WarehouseTypeError({
          table: name,
          column: column.name,
          type: formatType(column.type),
          remedy,
        })
      }
      return { ...type, name: column.name, index }
    })
    this.#columns = this.#declared
    this.#key = key.map(i => this.#declared[i] as TableColumn)
    this.#canBeKeyed =
      key.length > 0 &&
      schema.every(c => !isNested(c.type.kind)) &&
      key.every(i => !(schema[i] as Schema[number]).type.nullable)
  }

  /** Creates the table when it is missing; else checks that its columns are the declared ones, in any order. */
  async open(): Promise<void> {
    await this.#warehouse.transaction(async connection => {
      await connection.run(EPOCHS_DDL)
      await connection.run(`CREATE TABLE IF NOT EXISTS ${quote(this.name)} (${this.#ddl()})`)
      await this.#check(connection)
      if (this.#key.length > 0) await this.#createStaging(connection)
    })
  }

  #ddl(): string {
    const columns = this.#declared.map(c => `${quote(c.name)} ${c.ddl}`)
    if (this.#canBeKeyed) columns.push(`PRIMARY KEY (${list(this.#key)})`)
    return columns.join(', ')
  }

  async #check(connection: DuckDBConnection): Promise<void> {
    const names = this.#declared.map(c => `NULL::${c.ddl}`).join(', ')
    const expected = await connection.run(`SELECT ${names}`)
    const actual = await connection.run(`SELECT * FROM ${quote(this.name)} LIMIT 0`)
    const found = new Map(actual.columnNames().map((n, i) => [n, `${actual.columnType(i)}`]))
    const fail = (column: string, problem: string): never => {
      const { path } = this.#warehouse
      throw new WarehouseSchemaError({ path, table: this.name, column, problem })
    }
    this.#declared.forEach(({ name }, i) => {
      const type = `${expected.columnType(i)}`
      const has = found.get(name)
      if (has === undefined) fail(name, `is missing (${type} is expected)`)
      if (has !== type) fail(name, `is ${has} there and ${type} here`)
    })
    const byName = new Map(this.#declared.map(c => [c.name, c]))
    this.#columns = [...found.keys()].map(
      name => byName.get(name) ?? fail(name, 'exists there but is not declared'),
    )
    this.#isKeyed = await this.#hasKey(connection)
  }

  async #hasKey(connection: DuckDBConnection): Promise<boolean> {
    const reader = await connection.runAndReadAll(
      `SELECT constraint_column_names FROM duckdb_constraints()
       WHERE database_name = current_database() AND table_name = $1 AND constraint_type = 'PRIMARY KEY'`,
      [this.name],
    )
    const columns = reader.getRowsJS()[0]?.[0] as readonly string[] | undefined
    if (!columns || this.#key.length === 0) return false
    const isSame =
      columns.length === this.#key.length && this.#key.every(c => columns.includes(c.name))
    if (isSame) return true
    const { path } = this.#warehouse
    const problem = `is part of another primary key there (${columns.join(', ')})`
    const column = columns.find(n => !this.#key.some(c => c.name === n)) ?? this.#key[0]?.name ?? ''
    throw new WarehouseSchemaError({ path, table: this.name, column, problem })
  }

  async #createStaging(connection: DuckDBConnection): Promise<void> {
    const table = quote(this.name)
    for (const [staging, columns] of [
      [this.#stagedRows, '*'],
      [this.#stagedKeys, list(this.#key)],
    ]) {
      await connection.run(
        `CREATE OR REPLACE TEMP TABLE ${quote(staging as string)} AS SELECT ${columns} FROM ${table} LIMIT 0`,
      )
    }
  }

  get #stagedRows(): string {
    return `_millrace_rows_${this.name}`
  }

  get #stagedKeys(): string {
    return `_millrace_keys_${this.name}`
  }

  /** The newest epoch of this run of the sink that the file holds. */
  async appliedEpoch(sinkId: string, run: string): Promise<number | undefined> {
    return this.#warehouse.transaction(async connection => {
      const reader = await connection.runAndReadAll(
        'SELECT epoch FROM _millrace_epochs WHERE sink_id = $1 AND run = $2',
        [sinkId, run],
      )
      const epoch = reader.getRowsJS()[0]?.[0]
      return epoch === undefined ? undefined : Number(epoch)
    })
  }

  /** Writes a batch and marks it with its epoch, both or neither. */
  async apply(
    changes: TableChanges,
    marker: { readonly sinkId: string; readonly run: string; readonly epoch: number },
    beforeCommit: () => void,
  ): Promise<void> {
    await this.#warehouse.transaction(async connection => {
      if (this.#key.length === 0) await append(connection, this.name, this.#columns, changes.rows)
      else await this.#upsert(connection, changes)
      await connection.run('INSERT OR REPLACE INTO _millrace_epochs VALUES ($1, $2, $3)', [
        marker.sinkId,
        marker.run,
        BigInt(marker.epoch),
      ])
      beforeCommit()
    })
  }

  async #upsert(connection: DuckDBConnection, { rows, deletions }: TableChanges): Promise<void> {
    const table = quote(this.name)
    if (deletions.length > 0) {
      await append(connection, this.#stagedKeys, this.#key, deletions, 'temp')
      await connection.run(this.#deleteMatching(this.#stagedKeys))
      await connection.run(`DELETE FROM ${temporary(this.#stagedKeys)}`)
    }
    if (rows.length === 0) return
    await append(connection, this.#stagedRows, this.#columns, rows, 'temp')
    const staged = temporary(this.#stagedRows)
    if (this.#isKeyed) {
      // Where there is nothing but the key, there is nothing to replace.
      const or = this.#key.length === this.#columns.length ? 'IGNORE' : 'REPLACE'
      await connection.run(`INSERT OR ${or} INTO ${table} SELECT * FROM ${staged}`)
    } else {
      await connection.run(this.#deleteMatching(this.#stagedRows))
      await connection.run(`INSERT INTO ${table} SELECT * FROM ${staged}`)
    }
    await connection.run(`DELETE FROM ${staged}`)
  }

  #deleteMatching(staging: string): string {
    // A key in which NULL may be (a GROUP BY over a NULLable column) matches NULL with NULL.
    const compare = this.#isKeyed ? '=' : 'IS NOT DISTINCT FROM'
    const match = this.#key.map(c => `t.${quote(c.name)} ${compare} s.${quote(c.name)}`)
    return `DELETE FROM ${quote(this.name)} t USING ${temporary(staging)} s WHERE ${match.join(' AND ')}`
  }
}

// `run` tells apart the states that wrote to the file: epochs count from 1 again when a state is started over.
const EPOCHS_DDL = `CREATE TABLE IF NOT EXISTS _millrace_epochs (
  sink_id VARCHAR PRIMARY KEY, run VARCHAR NOT NULL, epoch BIGINT NOT NULL)`

const list = (columns: readonly TableColumn[]): string => columns.map(c => quote(c.name)).join(', ')
const temporary = (name: string): string => `temp.main.${quote(name)}`
const isNested = (kind: string): boolean =>
  kind === 'array' || kind === 'map' || kind === 'multiset' || kind === 'row'

/** Appends rows column by column, a vector at a time: values of fixed size go into typed arrays, not one call each. */
async function append(
  connection: DuckDBConnection,
  table: string,
  columns: readonly TableColumn[],
  rows: readonly Row[],
  catalog?: 'temp',
): Promise<void> {
  const appender = await connection.createAppender(table, 'main', catalog)
  try {
    const types = columns.map((_, i) => appender.columnType(i))
    for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
      const end = Math.min(start + CHUNK_ROWS, rows.length)
      const chunk = DuckDBDataChunk.create(types, end - start)
      for (const [i, { convert, index }] of columns.entries()) {
        const values = []
        for (let r = start; r < end; r++) values.push(convert((rows[r] as Row)[index] as Value))
        chunk.setColumnValues(i, values)
      }
      appender.appendDataChunk(chunk)
    }
    appender.flushSync()
  } finally {
    appender.closeSync()
  }
}
