// Makes the operator of MATCH_RECOGNIZE: its automaton, and its conditions and measures as generated functions.

import type { MatchExpressions, MatchPart } from '../../../plan/match.ts'
import { createLiteral } from '../../../plan/create-expression.ts'
import type { Expression } from '../../../plan/expression.ts'
import { createAutomaton } from '../../../runtime/operators/match/automaton.ts'
import { MatchOperator } from '../../../runtime/operators/match/match-operator.ts'
import type { MatchValue } from '../../../runtime/operators/match/match-values.ts'
import { notNull, types } from '../../../types/data-type.ts'
import type { Row, Value } from '../../../types/value.ts'
import type { MatchExec } from '../../nodes/order-exec.ts'
import type { TaskEmitter } from '../../task-emitter.ts'
import { createOverAggregates } from './over-aggregates.ts'
import {
  columnTypes,
  functionsOf,
  inputOf,
  partitionKeyOf,
  placeOf,
  timeReader,
} from './row-operator-parts.ts'

export function makeMatch(emitter: TaskEmitter, node: MatchExec): MatchOperator {
  const { schema } = inputOf(node)
  const width = schema.length
  const functions = functionsOf(emitter, node)
  const context = emitter.services.contextOf(node)
  const [first, ...further] = node.order
  // The binder takes plain columns as times only.
  const time = first?.expression.kind === 'column' ? first.expression.index : 0

  const valueOf = (value: Expression): ((row: Row) => Value) => {
    if (value.kind === 'column') return row => row[value.index] as Value
    const read = functions.values([value], width)
    return row => read(row)[0] as Value
  }
  const compile = (part: MatchPart): MatchValue => {
    if (part.kind === 'rowtime') return part
    const { variable } = part
    if (part.kind === 'aggregate')
      return { ...part, variable, aggregates: createOverAggregates([part.call], width, context) }
    return { ...part, variable, valueOf: valueOf(part.value) }
  }
  const conditionOf = ({ parts, columns }: MatchExpressions) => {
    const condition = columns[0]?.expression ?? createLiteral(true, notNull(types.boolean))
    const holds = functions.condition(condition, parts.length, 0)
    return { values: parts.map(compile), holds: (values: Row) => holds(values, []) }
  }
  const { variables, skip, withinMs, pattern } = node.definition
  const { parts, columns } = node.measures
  return new MatchOperator({
    place: placeOf(emitter, node),
    key: partitionKeyOf(functions, node.partition, width),
    rowTypes: columnTypes(schema),
    time: node.time,
    timeOf: timeReader(schema, time),
    further:
      further.length === 0
        ? undefined
        : {
            orderOf: functions.values(
              further.map(k => k.expression),
              width,
            ),
            compare: functions.sortValues(further),
          },
    automaton: createAutomaton(pattern),
    definition: { skip, withinMs },
    variableNames: variables.map(v => v.name),
    conditions: variables.map(v => v.condition && conditionOf(v.condition)),
    measures: {
      values: parts.map(compile),
      resultOf: functions.values(
        columns.map(c => c.expression),
        parts.length,
      ),
    },
  })
}
