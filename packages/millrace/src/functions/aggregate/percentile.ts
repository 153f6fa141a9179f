// PERCENTILE: exact, interpolated between the two nearest values.

import type { DataType } from '../../types/data-type.ts'
import { formatType, isInteger, isNumeric, types } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { problem } from '../binding.ts'
import type { AggregateFunction } from '../function-definition.ts'
import { storeValues } from './stored-values.ts'

export const percentile: AggregateFunction = {
  kind: 'aggregate',
  name: 'PERCENTILE',
  docs: {
    group: 'aggregate',
    summary:
      'The value below which the given part of all values lies, interpolated; for an ARRAY of parts an ARRAY of values.',
  },
  resolve(args) {
    const [value, part] = args
    if (value === undefined || part === undefined || args.length !== 2)
      return problem('needs a value and a part of one')
    if (!isNumeric(value.type)) return problem(`needs a number, not ${formatType(value.type)}`)
    const parts = partsOf(part.type, part.constant?.value)
    if (parts === undefined)
      return problem('needs a constant part from 0 to 1, or an ARRAY of them')
    const many = part.type.kind === 'array'
    const finish = (values: readonly Value[]): Value => {
      if (values.length === 0) return null
      const sorted = Float64Array.from(values as number[]).sort()
      const found = parts.map(p => interpolate(sorted, p))
      return many ? found : (found[0] ?? null)
    }
    return {
      ...storeValues(types.double),
      parameters: [types.double, part.type],
      returns: many ? types.array(types.double) : types.double,
      skipsNulls: true,
      result: (scope, [values = '']) => `${scope.constant(finish, 'percentile')}(${values})`,
      evaluate: rows => finish(rows.map(([x = null]) => x)),
    }
  },
}

/** The parts as numbers; a DECIMAL constant is its unscaled value. */
function partsOf(type: DataType, value: Value | undefined): number[] | undefined {
  if (type.kind === 'array' && Array.isArray(value)) {
    const parts = value.map((v: Value) => partsOf(type.element, v)?.[0])
    return parts.every(p => p !== undefined) ? parts : undefined
  }
  if (typeof value !== 'number') return undefined
  const part = type.kind === 'decimal' ? value / 10 ** type.scale : value
  const isPart = type.kind === 'decimal' || type.kind === 'double' || isInteger(type)
  return isPart && part >= 0 && part <= 1 ? [part] : undefined
}

function interpolate(sorted: Float64Array, part: number): number {
  const position = (sorted.length - 1) * part
  const below = sorted[Math.floor(position)] as number
  const above = sorted[Math.ceil(position)] as number
  return below + (above - below) * (position - Math.floor(position))
}
