// Operators that drive a clock of their own: their rows wait for answers from outside, or time itself moves them.

import type { ExecNode } from '../exec-node.ts'

export const drivesClock = ({ kind }: ExecNode): boolean =>
  kind === 'async-call' || kind === 'key-lookup-join' || kind === 'processing-clock'
