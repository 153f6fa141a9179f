// The connector `duckdb`, by SQL and from TypeScript.

import type {
  ChangelogMode,
  SinkContext,
  SinkFactory,
  SinkWriter,
  SourceFactory,
  TableDescriptor,
} from 'millrace'
import { DuckDbSink } from './duckdb-sink.ts'
import { duckdbSourceFactory } from './duckdb-source.ts'
import { DUCKDB_OPTIONS, readSinkOptions } from './duckdb-options.ts'

/** Writes tables of DuckDB files: appends rows, or keeps a row per key current. Exactly once. */
export const duckdbSinkFactory: SinkFactory = {
  connector: 'duckdb',
  options: DUCKDB_OPTIONS,
  takesFormat: false,
  accepts(table: TableDescriptor): readonly ChangelogMode[] {
    return table.primaryKey.length > 0 ? ['upsert', 'append'] : ['append', 'upsert']
  },
  guarantee: () => 'exactly-once',
  create: (context: SinkContext): SinkWriter =>
    new DuckDbSink(context, readSinkOptions(context.table)),
}

/** Options of {@link duckdb} beside path and table. */
export interface DuckDbOptions {
  /** At least 1 s, the default. */
  readonly commitInterval?: string
  /** Such as `256 MB`, the default. */
  readonly memoryLimit?: string
  /** By default 1. */
  readonly threads?: number
  /** Of look-up joins, such as `{ 'lookup.cache': 'PARTIAL' }`. */
  readonly options?: Readonly<Record<string, string>>
}

/** What `into()` takes: a connector's name, its options as SQL writes them, and the factories to register. */
export interface DuckDbConnection {
  readonly connector: 'duckdb'
  readonly options: Readonly<Record<string, string>>
  readonly factories: readonly (SourceFactory | SinkFactory)[]
  /** What the sink is called in plans and metrics. */
  readonly name: string
}

/**
 * A table of a DuckDB file. To write into: `delays.into(duckdb('warehouse.duckdb', 'delays_15m'))`. As a source it is read whole, and
 * in look-up joins by key.
 *
 * A table that only grows is appended to; one that changes is kept current by its key. Relative paths are relative to the program.
 */
export function duckdb(path: string, table: string, options: DuckDbOptions = {}): DuckDbConnection {
  const { commitInterval, memoryLimit, threads } = options
  return {
    connector: 'duckdb',
    name: table,
    options: {
      path,
      table,
      ...(commitInterval === undefined ? {} : { 'sink.commit-interval': commitInterval }),
      ...(memoryLimit === undefined ? {} : { 'memory-limit': memoryLimit }),
      ...(threads === undefined ? {} : { threads: `${threads}` }),
      ...options.options,
    },
    factories: [duckdbSourceFactory, duckdbSinkFactory],
  }
}
