// `(a, b) OVERLAPS (c, d)`, as `OVERLAPS(a, b, c, d)`; `b` and `d` are ends, or intervals from the start.

import { addMonthsToMs } from '../../types/calendar.ts'
import { type DataType, formatType, isInterval, types } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { problem, strict, typesOf } from '../binding.ts'
import type { ScalarFunction, SessionInfo } from '../function-definition.ts'
import { isTemporal, localMsReader } from './temporal-argument.ts'

export const overlaps: ScalarFunction = {
  kind: 'scalar',
  name: 'OVERLAPS',
  docs: {
    group: 'temporal',
    summary: 'Whether two periods have an instant in common; their ends belong to them.',
    examples: [
      ["(TIME '2:55:00', INTERVAL '1' HOUR) OVERLAPS (TIME '3:30:00', INTERVAL '2' HOUR)", 'TRUE'],
    ],
  },
  resolve(args, session) {
    if (args.length !== 4) return problem('needs two periods: (start, end) OVERLAPS (start, end)')
    const [a, b, c, d] = typesOf(args) as [DataType, DataType, DataType, DataType]
    for (const [i, type] of [a, b, c, d].entries()) {
      if (isTemporal(type) || type.kind === 'null' || (i % 2 === 1 && isInterval(type))) continue
      return problem(
        `needs a date, time or timestamp as argument ${i + 1}, not ${formatType(type)}`,
      )
    }
    const first = periodReader(a, b, session)
    const second = periodReader(c, d, session)
    return strict(args, {
      parameters: [a, b, c, d],
      returns: types.boolean,
      evaluate: (s1: Value, e1: Value, s2: Value, e2: Value) => {
        const [start1, end1] = first(s1, e1)
        const [start2, end2] = second(s2, e2)
        return start1 <= end2 && start2 <= end1
      },
    })
  },
}

function periodReader(
  startType: DataType,
  endType: DataType,
  session: SessionInfo,
): (start: Value, end: Value) => readonly [number, number] {
  const readStart = localMsReader(startType, session)
  const readEnd = localMsReader(endType, session)
  return (start, end) => {
    const from = readStart(start)
    const to =
      endType.kind === 'interval_year'
        ? addMonthsToMs(from, end as number)
        : endType.kind === 'interval_day'
          ? from + (end as number)
          : readEnd(end)
    return from <= to ? [from, to] : [to, from]
  }
}
