// Errors of names, arguments and types in expressions, whichever way the program was written.

import { insteadOf, SYNTAX_FUNCTIONS } from '../functions/other-names.ts'
import type { SourceSpan } from '../types/errors.ts'
import { MillraceError } from '../types/errors.ts'
import { listNames, proposal } from '../types/unknown-name.ts'

/** ` at 3:12` when there is a place in SQL text. */
const place = (at: SourceSpan | undefined): string => (at ? ` at ${at.line}:${at.column}` : '')

/** No column of that name. */
export class UnknownColumnError extends MillraceError {
  constructor(facts: {
    readonly column: string
    readonly available: readonly string[]
    /** The table, when only one is meant. */
    readonly table?: string | undefined
    readonly at?: SourceSpan | undefined
  }) {
    const of = facts.table === undefined ? '' : ` of table "${facts.table}"`
    super(
      'MR_SQL_UNKNOWN_COLUMN',
      `Unknown column "${facts.column}"${of}${place(facts.at)}. Available: ${listNames(facts.available)}.${proposal(facts.column, facts.available)}`,
      { at: facts.at, remedy: 'Name one of the available columns.' },
    )
  }
}

/** No function of that name. */
export class UnknownFunctionError extends MillraceError {
  constructor(facts: {
    readonly name: string
    readonly known: readonly string[]
    readonly at?: SourceSpan | undefined
  }) {
    const name = facts.name.toUpperCase()
    const instead = insteadOf(name)
    const near = instead ? '' : proposal(name, [...facts.known, ...SYNTAX_FUNCTIONS])
    super('MR_SQL_UNKNOWN_FUNCTION', `Unknown function ${name}${place(facts.at)}.${near}`, {
      at: facts.at,
      remedy: instead ?? 'Use a built-in function, or register your own.',
    })
  }
}

/** A function cannot take these arguments. */
export class InvalidArgumentsError extends MillraceError {
  readonly functionName: string

  constructor(facts: {
    readonly name: string
    /** A phrase such as `needs a STRING as argument 2, not INT`. */
    readonly problem: string
    readonly remedy?: string | undefined
    readonly at?: SourceSpan | undefined
  }) {
    super('MR_SQL_ARGUMENTS', `${facts.name} ${facts.problem}${place(facts.at)}.`, {
      at: facts.at,
      remedy: facts.remedy ?? 'Pass arguments of the types that it takes, or cast them.',
    })
    this.functionName = facts.name
  }
}

/** A value of one type stands where another is needed. */
export class InvalidTypeError extends MillraceError {
  constructor(facts: { readonly problem: string; readonly at?: SourceSpan | undefined }) {
    const text = facts.problem.charAt(0).toUpperCase() + facts.problem.slice(1)
    super('MR_SQL_TYPE', `${text}${place(facts.at)}.`, {
      at: facts.at,
      remedy: 'Cast the value, or use another column.',
    })
  }
}
