// Puts events into the order of their delivery without a year of them in memory: first apart by time, then each part alone.

import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { files, json, Millrace, t, type Table } from 'millrace'
import { eventColumns } from './tables.ts'

const KINDS = ['departure', 'arrival', 'cancellation'] as const
export type EventKind = (typeof KINDS)[number]

/** An event as it is delivered. */
const columns = { kind: t.string(), ...eventColumns, copy: t.int() }

/** An event with the number of the part that it belongs to. */
export const partColumns = { ...columns, part: t.int() }

const PART_MS = 60 * 24 * 60 * 60_000
/** More than any data set spans here, so that each stretch of time has a file of its own. */
const PARTS = 8

/** Numbers parts, and remembers which there are. */
export class Parts {
  readonly #stretches = new Set<number>()

  /** The part of an event delivered at a time. */
  of(deliveredAtMs: number): number {
    const stretch = Math.floor(deliveredAtMs / PART_MS)
    this.#stretches.add(stretch)
    return stretch % PARTS
  }

  /** All parts with events, in the order of time. @throws {RangeError} when two stretches would share one */
  get inOrder(): readonly number[] {
    const stretches = [...this.#stretches].toSorted((a, b) => a - b)
    const span = (stretches.at(-1) ?? 0) - (stretches[0] ?? 0)
    if (span >= PARTS) throw new RangeError('The flights span more than 16 months.')
    return stretches.map(s => s % PARTS)
  }
}

/** First stage: the events of each part into a file of its own, in no order. */
export function writeParts(events: Table<typeof partColumns>, feed: string): void {
  for (let part = 0; part < PARTS; part++)
    events
      .where(e => e.part.eq(part))
      .drop('part')
      .into(singleFile(partPath(feed, part)))
}

/** Second stage: part by part into one file per kind, in the order of delivery; false: it was stopped before the end. */
export async function sortParts(feed: string, { inOrder }: Parts): Promise<boolean> {
  for (const part of inOrder) {
    const app = new Millrace('flights-delivery', { mode: 'batch' })
    const events = app.table('events', {
      source: files(partPath(feed, part), { format: json() }),
      schema: columns,
    })
    for (const kind of KINDS)
      events
        .where(e => e.kind.eq(kind))
        .drop('kind')
        .orderBy('delivered_at', 'flight_id', 'copy')
        .into(singleFile(sortedPath(feed, kind, part)))
    const { outcome } = await app.run()
    if (outcome === 'stopped') return false
    for (const kind of KINDS)
      await append(sortedPath(feed, kind, part), join(feed, `${kind}s.ndjson`))
    await rm(partPath(feed, part))
  }
  return true
}

const partPath = (feed: string, part: number) => join(feed, `part-${part}.ndjson`)
const sortedPath = (feed: string, kind: EventKind, part: number) =>
  join(feed, `${kind}-${part}.ndjson`)

/** Moves the bytes of a file to the end of another; without rows there is none. */
async function append(path: string, whole: string): Promise<void> {
  if (existsSync(path))
    await pipeline(createReadStream(path), createWriteStream(whole, { flags: 'a' }))
  else await pipeline([], createWriteStream(whole, { flags: 'a' }))
  await rm(path, { force: true })
}

export const singleFile = (path: string) => files(path, { options: { 'sink.single-file': 'true' } })
