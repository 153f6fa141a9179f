// Texts of what keeps a job from going on.

import type { SourceTrouble } from '../../connector/source-trouble.ts'

/** A sentence of the facts, then what to do about them. */
export function told(troubles: readonly SourceTrouble[], otherwise: string): string {
  const clause = troubles.map(t => t.fact).join('; ') || otherwise
  const sentence = `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`
  return [sentence, ...troubles.flatMap(t => t.remedy ?? [])].join(' ')
}

export const counted = (records: number): string =>
  `${records.toLocaleString('en-US')} record${records === 1 ? '' : 's'}`

export const seconds = (ms: number): number => Math.round(ms / 1000)
