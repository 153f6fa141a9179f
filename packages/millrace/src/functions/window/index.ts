// The functions over positions.

import type { PositionFunction } from '../function-definition.ts'
import { cumeDist, ntile, percentRank } from './distribution.ts'
import { lag, lead } from './lag-lead.ts'

export const positionFunctions: readonly PositionFunction[] = [
  lag,
  lead,
  ntile,
  cumeDist,
  percentRank,
]
