// Formats of files and messages: JSON lines, CSV, raw.

import type { DecodingFormat } from '../../format/decoder.ts'
import type { EncodingFormat } from '../../format/encoder.ts'
import type { Secret } from '../../types/secret.ts'
import { givenOptions } from './connector-spec.ts'

/** A format with its options, without their prefix. */
export interface FormatSpec {
  readonly format: string
  readonly options: Readonly<Record<string, string | Secret>>
  /** What reads and writes it, for formats of other packages; registered when a table of it is made. */
  readonly formats?: readonly (DecodingFormat & EncodingFormat)[]
}

export interface JsonOptions {
  /** Drops records that cannot be decoded instead of what the run's policy says. */
  readonly ignoreParseErrors?: boolean
  readonly failOnMissingField?: boolean
  /** How timestamps are written: `SQL` (`2020-01-01 00:00:00`, the default) or `ISO-8601`. */
  readonly timestampFormat?: 'SQL' | 'ISO-8601'
  /** Further options by their names in DDL, without `json.`. */
  readonly options?: Readonly<Record<string, string>>
}

/** One JSON object a line. */
export function json(options: JsonOptions = {}): FormatSpec {
  return {
    format: 'json',
    options: {
      ...options.options,
      ...givenOptions({
        'ignore-parse-errors': options.ignoreParseErrors,
        'fail-on-missing-field': options.failOnMissingField,
        'timestamp-format.standard': options.timestampFormat,
      }),
    },
  }
}

export interface CsvOptions {
  /** Default: a comma. */
  readonly delimiter?: string
  /** Text that stands for NULL. */
  readonly nullLiteral?: string
  readonly ignoreParseErrors?: boolean
  readonly allowComments?: boolean
  /** Further options by their names in DDL, without `csv.`. */
  readonly options?: Readonly<Record<string, string>>
}

/** Comma-separated values, columns in the schema's order. */
export function csv(options: CsvOptions = {}): FormatSpec {
  return {
    format: 'csv',
    options: {
      ...options.options,
      ...givenOptions({
        'field-delimiter': options.delimiter,
        'null-literal': options.nullLiteral,
        'ignore-parse-errors': options.ignoreParseErrors,
        'allow-comments': options.allowComments,
      }),
    },
  }
}

/** The bytes themselves, in a table of one column. */
export function raw(options: Readonly<Record<string, string>> = {}): FormatSpec {
  return { format: 'raw', options }
}

/** A format's options as a table's: `format`, `json.ignore-parse-errors`, … */
export function formatOptions({ format, options }: FormatSpec): Record<string, string | Secret> {
  const prefixed = Object.entries(options).map(([name, value]) => [`${format}.${name}`, value])
  return { format, ...Object.fromEntries(prefixed) }
}
