// The one place where the API meets SQL: queries as text to plans, row patterns as text to patterns.

import type { MatchPattern, MatchSkip } from '../plan/match.ts'
import type { PlanNode } from '../plan/node.ts'
import { bindAppQuery } from '../sql/bind-app-query.ts'
import { bindPattern, bindSkip, PatternVariables } from '../sql/binder/match/match-pattern.ts'
import { RESERVED } from '../sql/keywords.ts'
import { parsePattern } from '../sql/parse.ts'
import type { AppContext } from './app-context.ts'

/** The plan of a query in Flink SQL. Tables go by the names that the app knows them by. */
export function planQuery(text: string, app: AppContext): PlanNode {
  return bindAppQuery(text, {
    environment: app.environment,
    connectors: app.connectors,
    mode: app.settings.mode ?? 'streaming',
    catalog: app.catalog,
  })
}

/** A row pattern of a text such as `A B+? C{2}`, and where the search goes on. */
export interface PlannedPattern {
  readonly variables: readonly string[]
  readonly pattern: MatchPattern
  readonly skip: MatchSkip
}

/** Where to go on: at a row, or at the first or the last row of a variable. */
export type SkipTo =
  | 'next row'
  | 'past last row'
  | { readonly first: string }
  | { readonly last: string }

/** Outside of SQL text no word is reserved. */
const quoteReserved = (word: string): string =>
  RESERVED.has(word.toUpperCase()) ? `\`${word}\`` : word

/** @throws {MillraceError} with the place in the pattern, for what Flink cannot search for either */
export function planPattern(text: string, skipTo: SkipTo): PlannedPattern {
  const variables = new PatternVariables()
  const parsed = parsePattern(text.replace(/\w+/g, quoteReserved))
  const pattern = bindPattern(parsed, variables)
  const variable = (name: string) => ({ kind: 'identifier', name, span: parsed.span }) as const
  const skip =
    skipTo === 'next row' || skipTo === 'past last row'
      ? ({ kind: skipTo === 'next row' ? 'TO NEXT ROW' : 'PAST LAST ROW' } as const)
      : 'first' in skipTo
        ? ({ kind: 'TO FIRST', variable: variable(skipTo.first) } as const)
        : ({ kind: 'TO LAST', variable: variable(skipTo.last) } as const)
  return { variables: variables.names, pattern, skip: bindSkip(skip, pattern, variables) }
}
