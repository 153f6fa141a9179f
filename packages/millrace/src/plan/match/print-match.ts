// MATCH_RECOGNIZE in the text of a plan.

import type { MatchNode } from '../node.ts'
import type { MatchExpressions, MatchPart, MatchPattern, MatchVariable } from '../match.ts'
import { printAggregate, printExpression, printSortKey } from '../print-expression.ts'

/** The node in one line. */
export function printMatch({ input, partition, order, definition, measures }: MatchNode): string {
  const names = input.schema.map(c => c.name)
  const { variables, pattern, skip, withinMs } = definition
  const by = partition.map(e => printExpression(e, names)).join(', ')
  const keys = order.map(k => printSortKey(k, names)).join(', ')
  const defined = variables.flatMap(v =>
    v.condition ? [`${v.name} AS ${printColumns(v.condition, variables, names)[0]}`] : [],
  )
  const values = printColumns(measures, variables, names).map(
    (text, i) => `${text} AS ${measures.columns[i]?.name}`,
  )
  return [
    'Match',
    ...(by === '' ? [] : [` partition by ${by}`]),
    ` order by ${keys} pattern (${printPattern(pattern, variables)})`,
    ...(withinMs > 0 ? [` within ${withinMs} ms`] : []),
    ...(defined.length > 0 ? [` define ${defined.join(', ')}`] : []),
    ` skip ${skip.kind.replaceAll('-', ' ')}`,
    ...('variable' in skip ? [` ${variables[skip.variable]?.name}`] : []),
    `: ${values.join(', ')}`,
  ].join('')
}

/** A pattern as it is written. */
export function printPattern(
  pattern: MatchPattern,
  variables: readonly Pick<MatchVariable, 'name'>[],
): string {
  switch (pattern.kind) {
    case 'variable':
      return variables[pattern.variable]?.name ?? ''
    case 'sequence':
      return pattern.items.map(item => printPattern(item, variables)).join(' ')
    case 'repeat': {
      const item = printPattern(pattern.item, variables)
      const text = pattern.item.kind === 'variable' ? item : `(${item})`
      return `${text}${printRange(pattern)}${pattern.greedy ? '' : '?'}`
    }
  }
}

function printRange({ min, max }: Extract<MatchPattern, { kind: 'repeat' }>): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`
  if (min === 0 && max === 1) return '?'
  return min === max ? `{${min}}` : `{${min},${max}}`
}

function printColumns(
  { parts, columns }: MatchExpressions,
  variables: readonly MatchVariable[],
  names: readonly string[],
): readonly string[] {
  const texts = parts.map(part => printPart(part, variables, names))
  return columns.map(c => printExpression(c.expression, texts))
}

function printPart(
  part: MatchPart,
  variables: readonly MatchVariable[],
  names: readonly string[],
): string {
  if (part.kind === 'rowtime') return 'MATCH_ROWTIME()'
  const of = part.variable === undefined ? '' : `${variables[part.variable]?.name}.`
  if (part.kind === 'aggregate') return `${of}${printAggregate(part.call, names)}`
  const value = `${of}${printExpression(part.value, names)}`
  return `${part.kind.toUpperCase()}(${value}${part.offset > 0 ? `, ${part.offset}` : ''})`
}
