// SINGLE_VALUE: the value of the only row; what stands around a sub-query that is used as a value.

import { notNull, types, withNullable } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { problem } from '../binding.ts'
import { EvaluationError } from '../evaluation-error.ts'
import type { AggregateFunction } from '../function-definition.ts'

export const singleValue: AggregateFunction = {
  kind: 'aggregate',
  name: 'SINGLE_VALUE',
  docs: {
    group: 'aggregate',
    summary: 'The value of the only row; NULL without one, an error when there are more.',
  },
  resolve(args) {
    const [arg] = args
    if (arg === undefined || args.length !== 1) return problem('needs one argument')
    const type = withNullable(arg.type, true)
    return {
      parameters: [type],
      returns: type,
      skipsNulls: false,
      fields: [
        { name: 'value', type, initial: 'null' },
        { name: 'rows', type: notNull(types.int), initial: '0' },
      ],
      accumulate(scope, [value = '', rows = ''], [x = '']) {
        scope.statement(`if (${rows} > 0) ${scope.constant(refuseSecond, 'refuseSecond')}()`)
        scope.statement(`if (++${rows} === 1) ${value} = ${x}`)
      },
      retract: (scope, [value = '', rows = '']) =>
        scope.statement(`if (--${rows} === 0) ${value} = null`),
      merge(scope, [value = '', rows = ''], [from = '', fromRows = '']) {
        const refuse = scope.constant(refuseSecond, 'refuseSecond')
        scope.statement(`if (${rows} > 0 && ${fromRows} > 0) ${refuse}()`)
        scope.statement(`if (${fromRows} > 0) ${value} = ${from}`)
        scope.statement(`${rows} += ${fromRows}`)
      },
      result: (_, [value = '']) => value,
      evaluate(rows): Value {
        if (rows.length > 1) refuseSecond()
        return rows[0]?.[0] ?? null
      },
    }
  },
}

/** @see Flink's SingleValueAggFunction */
function refuseSecond(): never {
  throw new EvaluationError(
    'a sub-query that stands for a value has more than one row',
    'Limit it to one row, or aggregate it: MAX(…), FIRST_VALUE(…).',
  )
}
