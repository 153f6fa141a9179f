// Prints names, strings and options, quoted only where the text needs it.

import { shownOption } from '../../types/sensitive-options.ts'
import type { Identifier, Path } from '../ast/expression.ts'
import type { Hint, Option } from '../ast/query.ts'
import { RESERVED } from '../keywords.ts'

const PLAIN = /^[A-Za-z_][A-Za-z0-9_]*$/
/** Words that are free as names, yet begin something else in some places. */
const CONTEXTUAL = new Set(['CATALOG', 'DATETIME', 'DESCRIPTOR', 'FINAL', 'KEY', 'MAP'])

/** A name, in backquotes where it is reserved, has another meaning, or is no plain word. */
export function printName(name: string): string {
  const word = name.toUpperCase()
  if (PLAIN.test(name) && !RESERVED.has(word) && !CONTEXTUAL.has(word)) return name
  return `\`${name.replaceAll('`', '``')}\``
}

export function printIdentifier(identifier: Identifier): string {
  return printName(identifier.name)
}

/** A dotted name. */
export function printPath(path: Path): string {
  return path.map(printIdentifier).join('.')
}

/** Names in parentheses. */
export function printColumns(columns: readonly Identifier[]): string {
  return `(${columns.map(printIdentifier).join(', ')})`
}

export function printString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** `'key' = 'value'` */
export function printOption({ key, value }: Option): string {
  return `${printString(key)} = ${printString(value)}`
}

/** A hint comment with a blank before it, or nothing; no secret is in it. */
export function printHints(hints: readonly Hint[]): string {
  if (hints.length === 0) return ''
  const printed = hints.map(({ name, args, options }) => {
    const inside = [...args.map(printHintArgument), ...options.map(printHintOption)]
    return inside.length > 0 ? `${name}(${inside.join(', ')})` : name
  })
  return ` /*+ ${printed.join(', ')} */`
}

function printHintOption(option: Option): string {
  return printOption({ ...option, value: shownOption(option.key, option.value) })
}

function printHintArgument(text: string): string {
  return PLAIN.test(text) ? text : printString(text)
}
