// Where a program's dead letters go when topics are named for them: by a table for its own, by the program for all.

import type { TableDescriptor } from '../types/table-descriptor.ts'
import { LETTER_TOPIC } from './dead-letter.ts'

/** A topic, and the table over whose connection it is written. */
export interface LetterPlace {
  readonly table: TableDescriptor
  readonly topic: string
  /** Takes the table's own letters. */
  readonly isOfTable: boolean
  /** Takes those of all that have no other place. */
  readonly isOfProgram: boolean
}

export interface LetterTables {
  readonly read: readonly TableDescriptor[]
  readonly written: readonly TableDescriptor[]
}

/**
 * The places of a program's letters, the program's topic over the connection of the first table that has one.
 *
 * @param options the program's, as by SET
 * @param hasTopics whether a table is in a system that keeps letters
 */
export function letterPlaces(
  { read, written }: LetterTables,
  options: ReadonlyMap<string, string> | undefined,
  hasTopics: (table: TableDescriptor) => boolean,
): readonly LetterPlace[] {
  const ofProgram = options?.get(LETTER_TOPIC)
  const isKeptByDefault = (options?.get('bad-records') ?? 'dead-letter') === 'dead-letter'
  const places: LetterPlace[] = []
  for (const table of read) {
    const own = table.options.get(LETTER_TOPIC)
    const topic = own ?? ofProgram
    if (topic === undefined || !hasTopics(table) || !isKept(table, own, isKeptByDefault)) continue
    const isFirst = own === undefined && !places.some(p => p.isOfProgram)
    places.push({ table, topic, isOfTable: true, isOfProgram: isFirst && isKeptByDefault })
  }
  const isMissing = ofProgram !== undefined && !places.some(p => p.isOfProgram)
  const table = [...read, ...written].find(hasTopics)
  if (isMissing && isKeptByDefault && table)
    places.push({ table, topic: ofProgram, isOfTable: false, isOfProgram: true })
  return places
}

/** Who names a topic for letters wants them there. */
function isKept(table: TableDescriptor, own: string | undefined, byDefault: boolean): boolean {
  const policy = table.options.get('bad-records')
  return policy === undefined ? own !== undefined || byDefault : policy === 'dead-letter'
}
