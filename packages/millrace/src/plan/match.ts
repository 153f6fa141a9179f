// What MATCH_RECOGNIZE looks for: patterns over rows, and expressions over the rows that a match has taken.

import type { AggregateCall, Expression, NamedExpression } from './expression.ts'

/** A row pattern. What alternation and groups need later is one more kind each; the automaton is made kind by kind. */
export type MatchPattern =
  /** One row, of which the definition of `variable` holds; the position in {@link MatchDefinition.variables}. */
  | { readonly kind: 'variable'; readonly variable: number }
  /** Rows one directly after the other. */
  | { readonly kind: 'sequence'; readonly items: readonly MatchPattern[] }
  | {
      readonly kind: 'repeat'
      readonly item: MatchPattern
      readonly min: number
      /** `+Infinity`: any number. */
      readonly max: number
      readonly greedy: boolean
    }

/**
 * A value that a match gives: of its first or last row of a variable, of all such rows, or of the match as a whole.
 *
 * `variable` undefined: rows of any variable.
 */
export type MatchPart =
  | {
      readonly kind: 'first' | 'last'
      readonly variable: number | undefined
      /** Rows on from the first, or back from the last. */
      readonly offset: number
      /** Over the columns of the input; NULL where there is no such row. */
      readonly value: Expression
    }
  | {
      readonly kind: 'aggregate'
      readonly variable: number | undefined
      readonly call: AggregateCall
    }
  /** The time of the last row, epoch ms. */
  | { readonly kind: 'rowtime' }

/** Expressions over a match: their columns are the positions of `parts`. */
export interface MatchExpressions {
  readonly parts: readonly MatchPart[]
  readonly columns: readonly NamedExpression[]
}

/** Where the search goes on after a match. */
export type MatchSkip =
  | { readonly kind: 'past-last-row' | 'to-next-row' }
  | { readonly kind: 'to-first' | 'to-last'; readonly variable: number }

export interface MatchVariable {
  readonly name: string
  /** One column, a condition; the row at hand is the last one of this variable. Absent: any row will do. */
  readonly condition?: MatchExpressions
}

/** The search itself, apart from whose rows are searched. */
export interface MatchDefinition {
  readonly variables: readonly MatchVariable[]
  readonly pattern: MatchPattern
  readonly skip: MatchSkip
  /** A match must end less than this long after it began; 0: whenever. */
  readonly withinMs: number
}

/** The parts with their expressions over the input mapped. */
export function mapMatchParts(
  expressions: MatchExpressions,
  map: (part: MatchPart) => MatchPart,
): MatchExpressions {
  const parts = expressions.parts.map(map)
  const isSame = parts.every((part, i) => part === expressions.parts[i])
  return isSame ? expressions : { ...expressions, parts }
}

/** The definition with the parts of all its conditions mapped. */
export function mapMatchConditions(
  definition: MatchDefinition,
  map: (expressions: MatchExpressions) => MatchExpressions,
): MatchDefinition {
  const variables = definition.variables.map(variable => {
    const condition = variable.condition && map(variable.condition)
    return condition && condition !== variable.condition ? { ...variable, condition } : variable
  })
  const isSame = variables.every((variable, i) => variable === definition.variables[i])
  return isSame ? definition : { ...definition, variables }
}

/** A pattern as its quantified variables, in order: groups are not among what it can hold yet. */
export function quantifiedVariables(
  pattern: MatchPattern,
): readonly { readonly variable: number; readonly repeat: MatchRepeat | undefined }[] {
  switch (pattern.kind) {
    case 'variable':
      return [{ variable: pattern.variable, repeat: undefined }]
    case 'sequence':
      return pattern.items.flatMap(quantifiedVariables)
    case 'repeat':
      return quantifiedVariables(pattern.item).map(v => ({ ...v, repeat: pattern }))
  }
}

export type MatchRepeat = Extract<MatchPattern, { readonly kind: 'repeat' }>

/** Whether the quantifier keeps rows from the variable behind it. Optional ones and exact counts do not. */
export function isGreedyLoop(repeat: MatchRepeat | undefined): boolean {
  if (!repeat?.greedy) return false
  return !(repeat.min === 0 && repeat.max === 1) && repeat.min !== repeat.max
}
