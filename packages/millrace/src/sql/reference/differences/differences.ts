// Every difference from Flink SQL.

import type { Difference } from './difference.ts'
import { lessThanFlink } from './less-than-flink.ts'
import { moreThanFlink } from './more-than-flink.ts'
import { otherAnswers } from './other-answers.ts'

export const differences = { otherAnswers, moreThanFlink, lessThanFlink } as const

/** Those that the page of a statement, clause or function names. */
export function differencesAt(page: string): readonly Difference[] {
  return Object.values(differences)
    .flat()
    .filter(d => d.pages?.includes(page))
}
