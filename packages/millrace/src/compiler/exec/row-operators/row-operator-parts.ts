// Parts that factories of row operators share: where the operator stands, its generated functions, keys and times.

import type { Expression } from '../../../plan/expression.ts'
import { createJoinKey, type JoinKey } from '../../../runtime/operators/joins/join-key.ts'
import type { OperatorPlace } from '../../../runtime/operators/stateful-row-operator.ts'
import { EvaluationError } from '../../../functions/evaluation-error.ts'
import type { DataType } from '../../../types/data-type.ts'
import { InternalError } from '../../../types/errors.ts'
import type { Schema } from '../../../types/schema.ts'
import { toEpochMs } from '../../../types/temporal.ts'
import type { Hybrid, Row } from '../../../types/value.ts'
import { RowFunctions } from '../../code/row-functions.ts'
import type { EquiKey } from '../../nodes/join-exec.ts'
import type { ExecNode } from '../../exec-node.ts'
import type { TaskEmitter } from '../../task-emitter.ts'

export const placeOf = ({ services }: TaskEmitter, node: ExecNode): OperatorPlace => ({
  id: node.id,
  clock: services.clockOf(node),
  timeline: services.timeline,
  ttl: services.ttlOf(node),
})

export const functionsOf = ({ services }: TaskEmitter, node: ExecNode): RowFunctions =>
  new RowFunctions(services.contextOf(node))

/** The schema of a node's input. */
export function inputOf(node: ExecNode, index = 0): ExecNode {
  const input = node.inputs[index]
  if (!input) throw new InternalError(`${node.id} has no input ${index}`)
  return input
}

/** A column of a schema as an expression. */
export function columnOf(schema: Schema, index: number): Expression {
  const { name, type } = schema[index] as Schema[number]
  return { kind: 'column', index, name, type }
}

export const columnTypes = (schema: Schema): readonly DataType[] => schema.map(c => c.type)

/** The key of one side of a join whose rows have `width` columns. */
export function joinKeyOf(
  functions: RowFunctions,
  equi: readonly EquiKey[],
  side: 'left' | 'right',
  width: number,
): JoinKey {
  const expressions: Expression[] = equi.map(k => k[side])
  return createJoinKey(
    expressions.map(e => e.type),
    equi.map(k => k.nullSafe),
    functions.values(expressions, width),
  )
}

/** The key of partitions, where NULLs are equal. */
export function partitionKeyOf(
  functions: RowFunctions,
  partition: readonly Expression[],
  width: number,
): JoinKey {
  const types = partition.map(e => e.type)
  return createJoinKey(
    types,
    types.map(() => true),
    functions.values(partition, width),
  )
}

/** Reads a time column as epoch ms. The time of a row must not be NULL: it concerns that row alone. */
export function timeReader(schema: Schema, column: number): (row: Row) => number {
  const { name, type } = schema[column] as Schema[number]
  return row => {
    const value = row[column] as Hybrid | null
    if (value === null)
      throw new EvaluationError(
        `the event-time column "${name}" is NULL`,
        'Filter such rows out (WHERE … IS NOT NULL), or fill the column.',
      )
    return toEpochMs(value, type)
  }
}
