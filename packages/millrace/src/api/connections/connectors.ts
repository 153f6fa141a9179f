// The built-in connectors as functions: files, generator, rows in memory, print, blackhole, callback.

import { MillraceError } from '../../types/errors.ts'
import type { RowKindCode } from '../../types/value.ts'
import type { ConnectorSpec, UserRows } from './connector-spec.ts'
import { givenOptions } from './connector-spec.ts'
import type { FormatSpec } from './format-spec.ts'
import { csv, formatOptions, json } from './format-spec.ts'

export interface FilesOptions {
  /** Absent: told by the name (`.ndjson`, `.jsonl`, `.json`, `.csv`, with or without `.gz`). */
  readonly format?: FormatSpec
  /** Look for new files this often, such as `'10s'`; absent: read what is there, once. */
  readonly monitorInterval?: string
  /** Further options by their names in DDL, such as `'sink.rolling-policy.file-size'`. */
  readonly options?: Readonly<Record<string, string>>
}

/** No format was given, and the file's name does not tell it. */
export class UnknownFileFormatError extends MillraceError {
  constructor(facts: { readonly path: string }) {
    super('MR_OPTION_MISSING', `The format of ${JSON.stringify(facts.path)} is not known.`, {
      remedy: 'Pass one: files(path, { format: json() }).',
    })
  }
}

/** Files, folders and globs; `.gz` is read through. As a sink: exactly-once files in a folder. */
export function files(path: string, options: FilesOptions = {}): ConnectorSpec {
  const format = options.format ?? formatOfName(path)
  if (!format) throw new UnknownFileFormatError({ path })
  return {
    connector: 'filesystem',
    options: {
      path,
      ...formatOptions(format),
      ...givenOptions({ 'source.monitor-interval': options.monitorInterval }),
      ...options.options,
    },
    ...(format.formats && { formats: format.formats }),
  }
}

function formatOfName(path: string): FormatSpec | undefined {
  const name = path.toLowerCase().replace(/\.gz$/, '')
  if (/\.(ndjson|jsonl|json)$/.test(name)) return json()
  return name.endsWith('.csv') ? csv() : undefined
}

/** How the generator makes a column's values. */
export type FieldGenerator =
  | { readonly kind: 'sequence'; readonly start: number; readonly end: number }
  | {
      readonly kind?: 'random'
      readonly min?: number
      readonly max?: number
      /** Of text: characters; of arrays, maps: elements. */
      readonly length?: number
      /** The share of NULLs. */
      readonly nullRate?: number
    }

export interface DatagenOptions {
  readonly rowsPerSecond?: number
  /** Absent: unbounded, unless a sequence ends. */
  readonly numberOfRows?: number
  readonly fields?: Readonly<Record<string, FieldGenerator>>
}

/** Generated rows, as Flink's `datagen`. */
export function datagen(options: DatagenOptions = {}): ConnectorSpec {
  const fields = Object.entries(options.fields ?? {}).flatMap(([name, field]) =>
    Object.entries(givenOptions(fieldOptions(field))).map(([option, value]) => [
      `fields.${name}.${option}`,
      value,
    ]),
  )
  return {
    connector: 'datagen',
    options: {
      ...givenOptions({
        'rows-per-second': options.rowsPerSecond,
        'number-of-rows': options.numberOfRows,
      }),
      ...Object.fromEntries(fields),
    },
  }
}

function fieldOptions(field: FieldGenerator): Record<string, string | number | undefined> {
  if (field.kind === 'sequence') return { ...field }
  const { nullRate, kind, min, max, length } = field
  return { kind, min, max, length, 'null-rate': nullRate }
}

/** Rows of the program: bounded, in order. */
export function memory(rows: readonly object[]): ConnectorSpec {
  const attachment: UserRows = { kind: 'user-rows', rows }
  return { connector: 'memory', options: {}, attachment }
}

/** Prints each change to the terminal. */
export function print(options: { readonly prefix?: string } = {}): ConnectorSpec {
  return { connector: 'print', options: givenOptions({ 'print-identifier': options.prefix }) }
}

/**
 * A table kept in the program's memory: what its page, console and boards show. A table with a key holds a row per key, one that only
 * grows its newest rows.
 *
 * @param name what it is called there
 */
export function live(name: string, options: { readonly maxRows?: number } = {}): ConnectorSpec {
  return { connector: 'live', options: givenOptions({ 'max-rows': options.maxRows }), name }
}

/** Takes everything and keeps nothing; counts as reading every column. */
export const blackhole = (): ConnectorSpec => ({ connector: 'blackhole', options: {} })

/** One change of a table as a program sees it. */
export interface UserChange<R = unknown> {
  /** 0 insert, 1 update-before, 2 update-after, 3 delete. */
  readonly kind: RowKindCode
  readonly row: R
}

/** What `callback` attaches; the rows are converted once the sink's schema is known. */
export interface UserCallback {
  readonly kind: 'user-callback'
  readonly onChange: (change: UserChange) => void | Promise<void>
}

/** Calls a function with each committed change, in order; a promise holds back the next. At least once across restarts. */
export function callback(
  onChange: (change: UserChange<never>) => void | Promise<void>,
): ConnectorSpec {
  const attachment: UserCallback = {
    kind: 'user-callback',
    onChange: onChange as UserCallback['onChange'],
  }
  return { connector: 'memory', options: {}, attachment, name: 'callback' }
}
