// `(a, b) OVERLAPS (c, d)`, as `OVERLAPS(a, b, c, d)`; `b` and `d` are ends, or intervals from the start.

import { addMonthsToMs } from '../../types/calendar.ts'
import {
  type DataType,
  formatType,
  isInterval,
  types,
  withNullable,
} from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { anyNullable, problem, typesOf } from '../binding.ts'
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
      const isLocal = isTemporal(type) && type.kind !== 'timestamp_ltz'
      if (isLocal || type.kind === 'null' || (i % 2 === 1 && isInterval(type))) continue
      return problem(
        `needs a date, time or timestamp as argument ${i + 1}, not ${formatType(type)}`,
      )
    }
    const first = periodReader(a, b, session)
    const second = periodReader(c, d, session)
    return {
      parameters: [a, b, c, d],
      returns: withNullable(types.boolean, anyNullable(args)),
      nulls: 'own',
      evaluate: (s1: Value, e1: Value, s2: Value, e2: Value) => {
        const [start1, end1] = first(s1, e1)
        const [start2, end2] = second(s2, e2)
        return and(isUpTo(start2, end1), isUpTo(start1, end2))
      },
    }
  },
}

/** An instant in local ms. */
type Instant = number | null

/** Reads a period as its earlier and its later end. With a NULL among them, the second stands for both, as in Calcite. */
function periodReader(
  startType: DataType,
  endType: DataType,
  session: SessionInfo,
): (start: Value, end: Value) => readonly [Instant, Instant] {
  const readStart = localMsReader(startType, session)
  const readEnd = endReader(endType, session)
  return (start, end) => {
    const from = start === null ? null : readStart(start)
    const to = end === null ? null : readEnd(from, end)
    return isUpTo(from, to) === true ? [from, to] : [to, from]
  }
}

function endReader(type: DataType, session: SessionInfo): (from: Instant, end: Value) => Instant {
  const read = localMsReader(type, session)
  switch (type.kind) {
    case 'interval_year':
      return (from, end) => (from === null ? null : addMonthsToMs(from, end as number))
    case 'interval_day':
      return (from, end) => (from === null ? null : from + (end as number))
    default:
      return (_, end) => read(end)
  }
}

function isUpTo(a: Instant, b: Instant): boolean | null {
  return a === null || b === null ? null : a <= b
}

function and(a: boolean | null, b: boolean | null): boolean | null {
  if (a === false || b === false) return false
  return a === null || b === null ? null : true
}
