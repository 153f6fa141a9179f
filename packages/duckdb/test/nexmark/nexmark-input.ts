// What the Nexmark queries read: events out of order within bounds, and a lookup file.

import { writeFileSync } from 'node:fs'
import { NexmarkGenerator } from '../../../../bench/src/nexmark/nexmark-generator.ts'

const SEED = 22
/** 100 s of event time per 100,000 events: ten windows of most queries. */
const STEP_US = 1000
/** Events change places within blocks of half a second, an eighth of the watermark's delay. */
const BLOCK = 500

/** Writes `count` events as JSON lines. */
export function writeEvents(path: string, count: number): void {
  const generator = new NexmarkGenerator(SEED, STEP_US)
  const lines: string[] = []
  for (let from = 0; from < count; from += BLOCK) {
    const size = Math.min(BLOCK, count - from)
    const block = Array.from({ length: size }, (_, i) => generator.next(from + i))
    // 7 has no factor in common with the size of a block: each line goes to a place of its own.
    for (let i = 0; i < size; i++) lines.push(block[(i * 7) % size] as string)
  }
  writeFileSync(path, lines.join(''))
}

/** Writes a value for each key below 10,000 that is a multiple of 3. */
export function writeSide(path: string): void {
  const keys = Array.from({ length: 3334 }, (_, i) => 3 * i)
  writeFileSync(path, keys.map(key => `${key},value of ${key}\n`).join(''))
}
