// Random patterns, definitions and measures of MATCH_RECOGNIZE, of which Flink's rules allow the pattern.

import {
  createAggregateCall,
  createColumn,
  createLogical,
  createMatch,
  type Expression,
  isGreedyLoop,
  type MatchExpressions,
  type MatchPart,
  type MatchPattern,
  type PlanNode,
} from 'millrace'
import type { Choices } from './choices.ts'
import { ascending, call, column, ENVIRONMENT, integer } from './plan-parts.ts'

/** A match over events; which of several matches that end in one row is found does not show in it. */
export function generateMatch(choices: Choices, input: PlanNode): PlanNode {
  const count = 2 + choices.below(3)
  const items: MatchPattern[] = []
  for (let variable = 0; variable < count; variable++) {
    const isLast = variable === count - 1
    const item = quantified(choices, variable)
    const before = items.at(-1)
    const isForbidden =
      item.kind === 'repeat' &&
      ((isLast && isGreedyLoop(item)) ||
        (item.min === 0 && before?.kind === 'repeat' && isGreedyLoop(before)) ||
        (isLast && items.every(i => i.kind === 'repeat' && i.min === 0)))
    items.push(isForbidden ? { kind: 'variable', variable } : item)
  }
  const isExact = items.every(
    i => i.kind === 'variable' || (i.kind === 'repeat' && i.min === i.max),
  )
  const skip = choices.pick([
    { kind: 'past-last-row' } as const,
    { kind: 'to-next-row' } as const,
    ...(isExact ? [{ kind: 'to-last', variable: count - 1 } as const] : []),
  ])
  const showsEnd = isExact || skip.kind === 'past-last-row'
  return createMatch({
    input,
    partition: choices.some(['k']).map(name => column(input, name)),
    order: [ascending(column(input, 'ts')), ascending(column(input, 'id'))],
    definition: {
      variables: items.map((_, i) => {
        const name = `V${i}`
        return choices.oneIn(4) ? { name } : { name, condition: condition(choices, input, i) }
      }),
      pattern: { kind: 'sequence', items },
      skip,
      withinMs: choices.pick([0, 0, 1000, 4000]),
    },
    measures: measures(input, showsEnd),
  })
}

function quantified(choices: Choices, variable: number): MatchPattern {
  const item: MatchPattern = { kind: 'variable', variable }
  const range = choices.pick<readonly [number, number] | undefined>([
    undefined,
    undefined,
    [0, 1],
    [0, Number.POSITIVE_INFINITY],
    [1, Number.POSITIVE_INFINITY],
    [2, 2],
    [1, 3],
    [0, 2],
    [2, Number.POSITIVE_INFINITY],
  ])
  if (!range) return item
  const [min, max] = range
  const isOptional = min === 0 && max === 1
  return { kind: 'repeat', item, min, max, greedy: isOptional || choices.oneIn(2) }
}

/** One expression over the parts that `read` adds. */
function over(
  make: (read: (part: MatchPart, type: Expression['type']) => Expression) => Expression,
) {
  const parts: MatchPart[] = []
  const expression = make((part, type) => createColumn(parts.push(part) - 1, 'part', type))
  return { parts, columns: [{ name: 'condition', expression }] } satisfies MatchExpressions
}

function condition(choices: Choices, input: PlanNode, variable: number): MatchExpressions {
  const n = column(input, 'n')
  const bound = integer(choices.below(5) - 3)
  return over(read => {
    const last = (of: number, offset: number) =>
      read({ kind: 'last', variable: of, offset, value: n }, n.type)
    const here = last(variable, 0)
    const sum = createAggregateCall(ENVIRONMENT, { name: 's', function: 'SUM', args: [n] })
    return choices.pick<() => Expression>([
      () => call('>', here, bound),
      () => call('<=', here, bound),
      () => call('>=', here, last(Math.max(0, variable - 1), 0)),
      () => {
        const before = last(variable, 1)
        return createLogical('or', [call('IS NULL', before), call('<>', here, before)])
      },
      () => call('>=', here, read({ kind: 'first', variable, offset: 0, value: n }, n.type)),
      () => call('<', read({ kind: 'aggregate', variable, call: sum }, sum.type), integer(3)),
    ])()
  })
}

function measures(input: PlanNode, showsEnd: boolean): MatchExpressions {
  const [id, n] = [column(input, 'id'), column(input, 'n')]
  const count = createAggregateCall(ENVIRONMENT, { name: 'c', function: 'COUNT', args: [] })
  const sum = createAggregateCall(ENVIRONMENT, { name: 's', function: 'SUM', args: [n] })
  const all: readonly (readonly [string, MatchPart, Expression['type']])[] = [
    ['first', { kind: 'first', variable: undefined, offset: 0, value: id }, id.type],
    ['last', { kind: 'last', variable: undefined, offset: 0, value: id }, id.type],
    ['rows', { kind: 'aggregate', variable: undefined, call: count }, count.type],
    ['total', { kind: 'aggregate', variable: undefined, call: sum }, sum.type],
  ]
  const kept = showsEnd ? all : all.slice(0, 1)
  return {
    parts: kept.map(([, part]) => part),
    columns: kept.map(([name, , type], i) => ({ name, expression: createColumn(i, name, type) })),
  }
}
