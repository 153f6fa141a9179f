// Prints MATCH_RECOGNIZE (…) and its row patterns.

import { assertNever } from '../../types/errors.ts'
import type { MatchRecognize, Pattern } from '../ast/query.ts'
import { printExpression, printExpressions } from './print-expression.ts'
import { printColumns, printIdentifier } from './print-name.ts'
import { printOrderBy } from './print-query.ts'

/** The clause, without its input and its alias. */
export function printMatchRecognize(match: MatchRecognize): string {
  const parts: string[] = []
  if (match.partitionBy.length > 0)
    parts.push(`PARTITION BY ${printExpressions(match.partitionBy)}`)
  if (match.orderBy.length > 0) parts.push(printOrderBy(match.orderBy))
  if (match.measures.length > 0) {
    const measures = match.measures.map(
      ({ expression, name }) => `${printExpression(expression)} AS ${printIdentifier(name)}`,
    )
    parts.push(`MEASURES ${measures.join(', ')}`)
  }
  parts.push(match.rowsPerMatch === 'ALL' ? 'ALL ROWS PER MATCH' : 'ONE ROW PER MATCH')
  if (match.afterMatch) {
    const { afterMatch } = match
    const variable = 'variable' in afterMatch ? ` ${printIdentifier(afterMatch.variable)}` : ''
    parts.push(`AFTER MATCH SKIP ${afterMatch.kind}${variable}`)
  }
  parts.push(`PATTERN (${printPattern(match.pattern)})`)
  if (match.within) parts.push(`WITHIN ${printExpression(match.within)}`)
  if (match.subsets.length > 0) {
    const subsets = match.subsets.map(
      ({ name, variables }) => `${printIdentifier(name)} = ${printColumns(variables)}`,
    )
    parts.push(`SUBSET ${subsets.join(', ')}`)
  }
  if (match.define.length > 0) {
    const define = match.define.map(
      ({ variable, condition }) => `${printIdentifier(variable)} AS ${printExpression(condition)}`,
    )
    parts.push(`DEFINE ${define.join(', ')}`)
  }
  return `MATCH_RECOGNIZE (${parts.join(' ')})`
}

function printPattern(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'variable':
      return printIdentifier(pattern.name)
    case 'sequence':
      return pattern.items
        .map(item => group(item, item.kind === 'variable' || item.kind === 'repeat'))
        .join(' ')
    case 'alternation':
      return pattern.items.map(item => group(item, item.kind !== 'alternation')).join(' | ')
    case 'repeat':
      return group(pattern.item, pattern.item.kind === 'variable') + printQuantifier(pattern)
    default:
      return assertNever(pattern)
  }
}

function group(pattern: Pattern, isPlain: boolean): string {
  return isPlain ? printPattern(pattern) : `(${printPattern(pattern)})`
}

function printQuantifier({ min, max, greedy }: Extract<Pattern, { kind: 'repeat' }>): string {
  const reluctant = greedy ? '' : '?'
  if (min === 0 && max === 1) return `?${reluctant}`
  if (max === undefined && min < 2) return `${min === 0 ? '*' : '+'}${reluctant}`
  const range = min === max ? `${min}` : `${min},${max ?? ''}`
  return `{${range}}${reluctant}`
}
