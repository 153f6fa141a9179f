// Generates the accumulators of OVER calls as functions over row arrays.

import type { EvaluationContext } from '../../../functions/function-definition.ts'
import type { AggregateCall } from '../../../plan/expression.ts'
import type { OverAggregates } from '../../../runtime/operators/over/over-frame.ts'
import type { Row } from '../../../types/value.ts'
import { CodeModule } from '../../code/code-module.ts'
import { rowFromArray } from '../../code/emitted-row.ts'
import { Accumulators } from '../accumulators.ts'

/** @param width columns of the input's rows */
export function createOverAggregates(
  calls: readonly AggregateCall[],
  width: number,
  context: EvaluationContext,
): OverAggregates {
  const module = new CodeModule()
  const accumulators = new Accumulators(calls, false)
  const { fields } = accumulators
  const names = fields.map((_, i) => `f${i}`)
  const fresh = module.addFunction('fresh', [], scope =>
    scope.statement(`return { ${fields.map((f, i) => `f${i}: ${f.initial}`).join(', ')} }`),
  )
  const accumulate = module.addFunction('accumulate', ['entry', 'row'], scope => {
    const env = {
      columns: rowFromArray('row', width, '0').columns,
      context: module.constant(context, 'context'),
    }
    accumulators.emitUpdate(scope, 'entry', accumulators.emitInputs(scope, env), false)
  })
  const results = module.addFunction('results', ['entry'], scope =>
    scope.statement(`return [${accumulators.emitResults(scope, 'entry').join(', ')}]`),
  )
  const fieldsOf = module.addFunction('fieldsOf', ['entry'], scope =>
    scope.statement(`return [${names.map(n => `entry.${n}`).join(', ')}]`),
  )
  const restore = module.addFunction('restore', ['fields'], scope =>
    scope.statement(`return { ${names.map((n, i) => `${n}: fields[${i}]`).join(', ')} }`),
  )
  interface Made {
    fresh(): object
    accumulate(accumulator: object, row: Row): void
    results(accumulator: object): Row
    fieldsOf(accumulator: object): Row
    restore(fields: Row): object
  }
  const exported = { fresh, accumulate, results, fieldsOf, restore }
  const list = Object.entries(exported).map(([name, made]) => `${name}: ${made}`)
  const made = module.instantiate<Made>(`{ ${list.join(', ')} }`)
  return { ...made, fieldTypes: fields.map(f => f.type) }
}
