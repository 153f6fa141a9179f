// The options of the CSV format, by Flink's names, and what they come to.

import { MillraceError } from '../../../types/errors.ts'
import type { OptionSchema } from '../../../types/options.ts'

export const CSV_OPTIONS: OptionSchema = [
  {
    name: 'field-delimiter',
    type: 'char',
    default: ',',
    description: 'Between fields; `\\t` is a tab.',
  },
  {
    name: 'disable-quote-character',
    type: 'boolean',
    default: 'false',
    description: 'Quotes are ordinary characters; a newline always ends a record.',
  },
  {
    name: 'quote-character',
    type: 'char',
    default: '"',
    description: 'Around fields; doubled within them.',
  },
  {
    name: 'allow-comments',
    type: 'boolean',
    default: 'false',
    description: 'Lines that start with `#` are left out.',
  },
  {
    name: 'ignore-parse-errors',
    type: 'boolean',
    default: 'false',
    description:
      'Values that cannot be read are NULL and malformed records are left out, without a report.',
  },
  {
    name: 'array-element-delimiter',
    type: 'string',
    default: ';',
    description: 'Between the elements of an ARRAY or the fields of a ROW.',
  },
  {
    name: 'escape-character',
    type: 'char',
    description: 'Takes its meaning from the character behind it.',
  },
  {
    name: 'null-literal',
    type: 'string',
    description: 'The text of NULL; when written, empty by default.',
  },
  {
    name: 'write-bigdecimal-in-scientific-notation',
    type: 'boolean',
    default: 'false',
    description: 'Accepted for Flink; decimals are written plainly.',
  },
  {
    name: 'header',
    type: 'boolean',
    default: 'false',
    description:
      'Files begin with a line of column names: read, it says which field is which column; written, it is the first line. Not in Flink.',
  },
]

export interface CsvSettings {
  readonly delimiter: number
  /** -1: no quotes. */
  readonly quote: number
  /** -1: none. */
  readonly escape: number
  readonly allowsComments: boolean
  readonly ignoreParseErrors: boolean
  readonly elementDelimiter: string
  readonly nullLiteral: string | undefined
  readonly hasHeader: boolean
}

/** @throws {MillraceError} `MR_OPTION_INVALID` for characters beyond ASCII or used twice */
export function csvSettings(options: ReadonlyMap<string, string>): CsvSettings {
  const isOn = (name: string): boolean => options.get(name)?.toLowerCase() === 'true'
  const settings: CsvSettings = {
    delimiter: charCode(options, 'field-delimiter', ','),
    quote: isOn('disable-quote-character') ? -1 : charCode(options, 'quote-character', '"'),
    escape: options.has('escape-character') ? charCode(options, 'escape-character', '\\') : -1,
    allowsComments: isOn('allow-comments'),
    ignoreParseErrors: isOn('ignore-parse-errors'),
    elementDelimiter: options.get('array-element-delimiter') ?? ';',
    nullLiteral: options.get('null-literal'),
    hasHeader: isOn('header'),
  }
  if (settings.delimiter === settings.quote || settings.delimiter === settings.escape)
    throw invalid('field-delimiter', 'is also the quote or escape character')
  return settings
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\t': '\t',
  '\\n': '\n',
  '\\r': '\r',
  '\\\\': '\\',
}

function charCode(options: ReadonlyMap<string, string>, name: string, otherwise: string): number {
  const text = options.get(name) ?? otherwise
  const unicode = /^\\u([0-9a-f]{4})$/i.exec(text)
  const char = unicode
    ? String.fromCharCode(Number.parseInt(unicode[1] as string, 16))
    : (ESCAPES[text] ?? text)
  const code = char.charCodeAt(0)
  if (char.length !== 1 || code > 127 || code === 10)
    throw invalid(name, 'must be one ASCII character, and no newline')
  return code
}

function invalid(name: string, problem: string): MillraceError {
  return new MillraceError('MR_OPTION_INVALID', `csv.${name} ${problem}`, {
    remedy: 'Choose another character.',
  })
}
