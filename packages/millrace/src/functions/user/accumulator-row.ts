// A user's accumulator in memory: the object that the program changes, seen by the state as a ROW of its fields.
//
// Each change would otherwise read the whole ROW into an object and write it back. So the object is kept, and its fields become
// engine values only when the state asks for them: `row[0]`, `row[1]`, …

import type { RowField } from '../../types/data-type.ts'
import { fromUserValue, toUserRow } from '../../types/user-value.ts'
import type { Row, Value } from '../../types/value.ts'

/** The accumulators of one function: made, and found again behind what the state holds. */
export interface Accumulators {
  /** A ROW over a fresh or given object. */
  wrap(accumulator: object): Value
  /** The object behind a ROW; one that comes from the state is read. */
  unwrap(row: Value): object
}

/** @param name the function's, for messages */
export function createAccumulators(fields: readonly RowField[], name: string): Accumulators {
  const read = toUserRow(fields)
  const writers = fields.map(f => ({
    name: f.name,
    write: fromUserValue(f.type, `${name}.${f.name}`),
  }))
  class AccumulatorRow {
    readonly accumulator: Record<string, unknown>
    constructor(accumulator: object) {
      this.accumulator = accumulator as Record<string, unknown>
    }
    get length(): number {
      return writers.length
    }
  }
  writers.forEach(({ name: field, write }, i) => {
    Object.defineProperty(AccumulatorRow.prototype, i, {
      get(this: AccumulatorRow) {
        return write(this.accumulator[field])
      },
    })
  })
  return {
    wrap: accumulator => new AccumulatorRow(accumulator) as unknown as Value,
    unwrap: row => (row instanceof AccumulatorRow ? row.accumulator : read(row as unknown as Row)),
  }
}
