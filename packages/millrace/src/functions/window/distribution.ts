// NTILE, CUME_DIST, PERCENT_RANK: where a row stands among all rows of its partition.

import { isInteger, notNull, types } from '../../types/data-type.ts'
import { problem } from '../binding.ts'
import type { PositionBinding, PositionFunction } from '../function-definition.ts'

export const ntile: PositionFunction = {
  kind: 'position',
  name: 'NTILE',
  docs: {
    group: 'window',
    summary: 'The number of the row’s part when the partition is cut into `n` parts of equal size.',
  },
  resolve([count, more]) {
    const parts = count?.constant?.value
    if (!count || more || !isInteger(count.type) || typeof parts !== 'number')
      return problem('needs a constant number of parts')
    if (parts < 1) return problem(`cannot cut into ${parts} parts`)
    return {
      parameters: [count.type],
      returns: notNull(types.bigint),
      at({ size }, index) {
        // The first parts are one row larger than the others.
        const small = Math.floor(size / parts)
        const large = size % parts
        const inLarge = large * (small + 1)
        return index < inLarge
          ? Math.floor(index / (small + 1)) + 1
          : large + Math.floor((index - inLarge) / small) + 1
      },
    }
  },
}

export const cumeDist = share(
  'CUME_DIST',
  'The share of rows that are ordered before the row or level with it.',
  ({ size, peersOf }, index) => peersOf(index)[1] / size,
)

export const percentRank = share(
  'PERCENT_RANK',
  'The rank of the row as a share of the highest: `(rank - 1) / (rows - 1)`; 0 for a single row.',
  ({ size, peersOf }, index) => (size === 1 ? 0 : peersOf(index)[0] / (size - 1)),
)

function share(name: string, summary: string, at: PositionBinding['at']): PositionFunction {
  return {
    kind: 'position',
    name,
    docs: { group: 'window', summary },
    resolve: ([first]) =>
      first
        ? problem('takes no arguments')
        : { parameters: [], returns: notNull(types.double), at },
  }
}
