// How far a job has come in event time and in its input.

import type { SourceInput } from '../runtime/source-input.ts'

/** The watermark of the source that has given the most records; a sparse one may be far ahead of it. */
export function eventTimeReached(inputs: readonly SourceInput[]): number | undefined {
  let most: { readonly records: number; readonly reached: number } | undefined
  for (const { recordsRead: records, compiled } of inputs)
    for (const { watermark: reached } of compiled.watermarks)
      if (Number.isFinite(reached) && (!most || records > most.records)) most = { records, reached }
  return most?.reached
}

/** The watermark of the source that is furthest behind: results wait for it. Idle and finished sources do not count. */
export function watermarkBehind(inputs: readonly SourceInput[]): number | undefined {
  const waiting = inputs
    .flatMap(i => i.compiled.watermarks)
    .filter(w => !w.idle && Number.isFinite(w.watermark))
    .map(w => w.watermark)
  return waiting.length > 0 ? Math.min(...waiting) : undefined
}

/** The share of bounded input that has been read, 0 to 1; undefined when some source cannot tell. */
export function progressOf(inputs: readonly SourceInput[]): number | undefined {
  const shares = inputs.map(i => (i.isFinished ? 1 : i.source.progress?.()))
  const known = shares.filter(s => s !== undefined)
  return known.length < shares.length || known.length === 0
    ? undefined
    : known.reduce((sum, s) => sum + s, 0) / known.length
}
