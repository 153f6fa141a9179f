// UNNEST: one row per element of a collection.

import { evaluateExpression, type PlanNode, type Row, type Value } from 'millrace'
import { EVALUATION } from './evaluation.ts'
import type { Evaluation, Relation } from './evaluate-plan.ts'

type UnnestPlan = Extract<PlanNode, { kind: 'unnest' }>

export function evaluateUnnest(evaluation: Evaluation, node: UnnestPlan): Relation {
  const input = evaluation.evaluate(node.input)
  const rows = input.rows.flatMap(({ row, at }) => {
    const elements = elementsOf(node, row)
    const width = node.schema.length - row.length
    if (elements.length === 0 && node.join === 'left')
      return [{ row: [...row, ...new Array<null>(width).fill(null)], at }]
    return elements.map((values, i) => ({
      row: [...row, ...values, ...(node.withOrdinality ? [i + 1] : [])],
      at,
    }))
  })
  return { ...input, rows }
}

function elementsOf(node: UnnestPlan, row: Row): readonly Row[] {
  const collection = evaluateExpression(node.collection, row, EVALUATION)
  const { type } = node.collection
  if (collection === null) return []
  if (type.kind === 'map') return [...(collection as ReadonlyMap<Value, Value>)].map(e => [...e])
  const element = type.kind === 'array' || type.kind === 'multiset' ? type.element : undefined
  const items: readonly Value[] =
    type.kind === 'multiset'
      ? [...(collection as ReadonlyMap<Value, number>)].flatMap(([item, n]) =>
          new Array<Value>(n).fill(item),
        )
      : (collection as readonly Value[])
  if (element?.kind !== 'row') return items.map(item => [item])
  return items.map(item =>
    item === null
      ? new Array<null>(element.fields.length).fill(null)
      : [...(item as readonly Value[])],
  )
}
