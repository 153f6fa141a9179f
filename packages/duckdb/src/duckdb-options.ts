// The options of tables with `'connector' = 'duckdb'`, read and written.

import {
  durationMs,
  InvalidOptionError,
  MissingOptionError,
  type OptionSchema,
  parseBytes,
  type TableDescriptor,
} from 'millrace'
import { DEFAULT_LIMITS, type WarehouseLimits } from './warehouse.ts'

export const DUCKDB_OPTIONS: OptionSchema = [
  {
    name: 'path',
    type: 'string',
    required: true,
    description: 'The DuckDB file; it is created when it is missing.',
  },
  {
    name: 'table',
    type: 'string',
    description: 'The table in the file; by default the name of this table.',
  },
  {
    name: 'sink.commit-interval',
    type: 'duration',
    default: '1 s',
    description:
      'Committed epochs are written together, one transaction per interval; at least 1 s.',
  },
  {
    name: 'memory-limit',
    type: 'memory',
    default: DEFAULT_LIMITS.memoryLimit,
    description: 'Memory that DuckDB may take for this file; beyond it spills to disk.',
  },
  {
    name: 'threads',
    type: 'int',
    default: `${DEFAULT_LIMITS.threads}`,
    description: 'Threads that DuckDB may take for this file.',
  },
]

/** Of a table that is read. */
export const READ_OPTIONS: OptionSchema = DUCKDB_OPTIONS.filter(o => !o.name.startsWith('sink.'))

export interface DuckDbTableOptions {
  readonly path: string
  readonly table: string
  readonly limits: WarehouseLimits
}

export interface DuckDbSinkOptions extends DuckDbTableOptions {
  readonly commitIntervalMs: number
}

const MIN_COMMIT_INTERVAL_MS = 1_000

/** Reads the options of a table that is written. */
export function readSinkOptions(table: TableDescriptor): DuckDbSinkOptions {
  const option = 'sink.commit-interval'
  const value = optionText(table, option)
  const commitIntervalMs = durationMs(value, option)
  if (commitIntervalMs < MIN_COMMIT_INTERVAL_MS) {
    const expected = 'at least 1 s: every transaction of DuckDB is a disk sync'
    throw new InvalidOptionError({ table: table.name, option, value, expected })
  }
  return { ...readTableOptions(table), commitIntervalMs }
}

const optionText = ({ options }: TableDescriptor, option: string): string =>
  options.get(option) ?? DUCKDB_OPTIONS.find(o => o.name === option)?.default ?? ''

/** Reads the options of a table that say where it is. */
export function readTableOptions(table: TableDescriptor): DuckDbTableOptions {
  const { name, options } = table
  const textOf = (option: string): string => optionText(table, option)
  const invalid = (option: string, expected: string): never => {
    throw new InvalidOptionError({ table: name, option, value: textOf(option), expected })
  }
  const path = textOf('path')
  if (path === '') {
    throw new MissingOptionError({ table: name, option: 'path', description: 'The DuckDB file.' })
  }
  const threads = Number(textOf('threads'))
  if (!Number.isInteger(threads) || threads < 1) invalid('threads', 'at least 1')
  const bytes = parseBytes(textOf('memory-limit'))
  if (bytes === undefined) return invalid('memory-limit', "an amount such as '256 MB'")
  // Flink's units are powers of 1,024; DuckDB writes those as MiB.
  const memoryLimit = `${Math.max(1, Math.floor(bytes / 2 ** 20))}MiB`
  return {
    path,
    table: options.get('table') ?? name,
    limits: { memoryLimit, threads },
  }
}
