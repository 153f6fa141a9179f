// How tiles write numbers, and how grave they are.

import type { BoardNumber, BoardTone } from '@millrace/server'
import type { TileRow } from './tile-rows.ts'

/** `12.5 min`, or a dash where there is no number. */
export function numberText(row: TileRow, { column, unit, decimals = 0 }: BoardNumber): string {
  const value = row.number(column)
  if (!Number.isFinite(value)) return '–'
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  // Without the minus of what rounds to zero.
  const text = value.toLocaleString('en-US', { ...digits, signDisplay: 'negative' })
  return `${text}${unit ? `\u202f${unit}` : ''}`
}

export const titleOf = ({ title, column }: BoardNumber): string =>
  title ?? column.replaceAll('_', ' ')

export type Tone = 'good' | 'warn' | 'bad'

export function toneOf(row: TileRow, tone: BoardTone | undefined): Tone {
  const value = tone ? row.number(tone.column) : Number.NaN
  if (!tone || !(value >= tone.warn)) return 'good'
  return value >= tone.bad ? 'bad' : 'warn'
}
