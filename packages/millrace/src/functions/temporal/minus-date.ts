// `(a - b) DAY TO SECOND`, `(a - b) MONTH`: the interval between two dates or timestamps, as `MINUS_DATE(unit, a, b)`.

import { monthsBetween } from '../../types/calendar.ts'
import { types } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { problem, strict } from '../binding.ts'
import type { ScalarFunction } from '../function-definition.ts'
import { differenceProblem, localMsReader } from './temporal-argument.ts'
import { timeUnitOf, UNIT_MONTHS } from './time-unit.ts'

/** `MINUS_DATE('UNIT', a, b)`: an INTERVAL MONTH when the unit counts months, else an INTERVAL SECOND(3). */
export const minusDate: ScalarFunction = {
  kind: 'scalar',
  name: 'MINUS_DATE',
  docs: {
    group: 'temporal',
    summary: 'The interval from the second date or timestamp to the first.',
    examples: [["(DATE '2024-03-01' - DATE '2024-02-01') DAY", "INTERVAL '29' DAY"]],
  },
  resolve(args, session) {
    const [unitArg, to, from] = args
    const unit = timeUnitOf(unitArg?.constant?.value)
    if (args.length !== 3 || !unitArg || !to || !from || unit === undefined) {
      return problem('needs a unit of time and two dates or timestamps')
    }
    const reason = differenceProblem(to.type, from.type)
    if (reason !== undefined) return problem(reason)
    const dates = [to, from].filter(a => a.type.kind === 'date' || a.type.kind === 'null')
    if (dates.length === 1) return problem('needs two dates or two timestamps')
    const readTo = localMsReader(to.type, session)
    const readFrom = localMsReader(from.type, session)
    const countsMonths = UNIT_MONTHS[unit] !== undefined
    const difference = countsMonths
      ? (a: Value, b: Value) => monthsBetween(readFrom(b), readTo(a))
      : (a: Value, b: Value) => readTo(a) - readFrom(b)
    return strict(args, {
      parameters: [unitArg.type, to.type, from.type],
      returns: countsMonths ? types.intervalYear() : types.intervalDay(),
      evaluate: (_: string, a: Value, b: Value) => difference(a, b),
      emit: (scope, [, a = '', b = '']) =>
        `${scope.constant(difference, 'difference')}(${a}, ${b})`,
    })
  },
}
