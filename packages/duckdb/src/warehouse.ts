// One DuckDB file, opened once in the process and shared by all its sinks and readers.

import { resolve } from 'node:path'
import {
  type DuckDBConnection,
  DuckDBInstance,
  DuckDBTimestampTZValue,
  type DuckDBValue,
} from '@duckdb/node-api'
import { InvalidOptionError } from 'millrace'
import { type PlainValue, plainValue } from './plain-value.ts'
import { openingError } from './warehouse-errors.ts'

/** How much of the machine DuckDB may take. The first opening of a file in a process decides. */
export interface WarehouseLimits {
  /** As DuckDB writes it, such as `256MiB`; it spills to disk beyond. */
  readonly memoryLimit: string
  readonly threads: number
}

export const DEFAULT_LIMITS: WarehouseLimits = { memoryLimit: '256MiB', threads: 1 }

/** A row of a result, by column name. */
export type PlainRow = { readonly [column: string]: PlainValue }

/** An open warehouse file. Close what you opened: the last one closes the file. */
export interface Warehouse {
  readonly path: string
  /** Runs a query in a read-only transaction; sees what is committed, and waits for no writer. */
  query(sql: string): Promise<PlainRow[]>
  /** The same as rows of DuckDB's own values, with values for `$1`, `$2`, … */
  read(sql: string, values?: readonly DuckDBValue[]): Promise<DuckDBValue[][]>
  /** Runs `work` in one transaction on the connection that all writers take turns on. */
  transaction<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/**
 * Opens a DuckDB file, or joins the one that this process has open already.
 *
 * @throws {WarehouseLockedError} when another process has it
 * @throws {WarehouseOpenError} when it cannot be opened or created
 */
export async function openWarehouse(path: string, limits?: WarehouseLimits): Promise<Warehouse> {
  const absolute = resolve(path)
  let shared = open.get(absolute)
  if (!shared) {
    shared = new SharedWarehouse(absolute, limits ?? DEFAULT_LIMITS)
    open.set(absolute, shared)
  } else if (limits) shared.expect(limits)
  return shared.join()
}

// Files that are open in this process, by absolute path. An opening that failed or a closed file is not in it.
const open = new Map<string, SharedWarehouse>()

class SharedWarehouse {
  readonly path: string
  readonly #limits: WarehouseLimits
  readonly #ready: Promise<{ instance: DuckDBInstance; writer: DuckDBConnection }>
  #users = 0
  #turn: Promise<unknown> = Promise.resolve()

  constructor(path: string, limits: WarehouseLimits) {
    this.path = path
    this.#limits = limits
    // A file that is being closed is waited for: DuckDB must not have it open twice.
    this.#ready = (closing.get(path) ?? Promise.resolve()).then(() => this.#open())
    this.#ready.catch(() => {
      if (open.get(path) === this) open.delete(path)
    })
  }

  expect(limits: WarehouseLimits): void {
    for (const [option, value, other] of [
      ['memory-limit', limits.memoryLimit, this.#limits.memoryLimit],
      ['threads', `${limits.threads}`, `${this.#limits.threads}`],
    ] as const) {
      if (value !== other) {
        const expected = `'${other}', as for the other tables of ${this.path}`
        throw new InvalidOptionError({ table: this.path, option, value, expected })
      }
    }
  }

  async join(): Promise<Warehouse> {
    this.#users++
    await this.#ready
    let isClosed = false
    return {
      path: this.path,
      query: sql => this.#query(sql),
      read: (sql, values = []) => this.#read(sql, values),
      transaction: work => this.#transaction(work),
      close: async () => {
        if (isClosed) return
        isClosed = true
        await this.#leave()
      },
    }
  }

  async #open(): Promise<{ instance: DuckDBInstance; writer: DuckDBConnection }> {
    try {
      const instance = await DuckDBInstance.create(this.path, {
        memory_limit: this.#limits.memoryLimit,
        threads: `${this.#limits.threads}`,
        preserve_insertion_order: 'false',
      })
      // Results print TIMESTAMPTZ in UTC, wherever they are read.
      DuckDBTimestampTZValue.timezoneOffsetInMinutes = 0
      return { instance, writer: await instance.connect() }
    } catch (error) {
      throw openingError(this.path, error)
    }
  }

  async #query(sql: string): Promise<PlainRow[]> {
    const { instance } = await this.#ready
    const connection = await instance.connect()
    try {
      await connection.run('BEGIN TRANSACTION READ ONLY')
      const reader = await connection.runAndReadAll(sql)
      const names = reader.deduplicatedColumnNames()
      return reader
        .getRows()
        .map(row =>
          Object.fromEntries(row.map((value, i) => [names[i] as string, plainValue(value)])),
        )
    } finally {
      connection.closeSync()
    }
  }

  async #read(sql: string, values: readonly DuckDBValue[]): Promise<DuckDBValue[][]> {
    const { instance } = await this.#ready
    const connection = await instance.connect()
    try {
      const reader = await connection.runAndReadAll(sql, [...values])
      return reader.getRows()
    } finally {
      connection.closeSync()
    }
  }

  #transaction<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const result = this.#turn.then(async () => {
      const { writer } = await this.#ready
      await writer.run('BEGIN TRANSACTION')
      try {
        const value = await work(writer)
        await writer.run('COMMIT')
        return value
      } catch (error) {
        // A failed COMMIT has ended the transaction already; the first error is the one to report.
        await writer.run('ROLLBACK').catch(() => {})
        throw error
      }
    })
    this.#turn = result.catch(() => {})
    return result
  }

  async #leave(): Promise<void> {
    if (--this.#users > 0) return
    if (open.get(this.path) === this) open.delete(this.path)
    const closed = this.#close()
    closing.set(this.path, closed)
    await closed
    if (closing.get(this.path) === closed) closing.delete(this.path)
  }

  async #close(): Promise<void> {
    await this.#turn
    const { instance, writer } = await this.#ready
    writer.closeSync()
    instance.closeSync()
  }
}

const closing = new Map<string, Promise<void>>()
