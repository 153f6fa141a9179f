// Slices: the non-overlapping pieces that tumbling, hopping and cumulating windows are made of, so that a row is counted once.
//
//   hop(size 10, slide 2):  slices of 2;  the window that ends at E is the slices that end at E-8, E-6, E-4, E-2, E
//   @see Krishnamurthy et al., "On-the-Fly Sharing for Streamed Aggregation", SIGMOD 2006; Flink's slice assigners

import type { WindowSpec } from '../../../plan/node.ts'
import { assertNever } from '../../../types/errors.ts'

/** How windows are cut into slices. All times are in ms of the window's time line (local time for TIMESTAMP_LTZ). */
export interface Slicing {
  readonly sliceMs: number
  readonly offsetMs: number
  /** The ends of all windows that contain the slice ending at `sliceEnd`, ascending. */
  windowEnds(sliceEnd: number): readonly number[]
  /** The end of the last of them: the slice is needed until then. */
  lastWindowEnd(sliceEnd: number): number
  windowStart(windowEnd: number): number
}

/** The end of the slice that holds `time`. */
export function sliceEndOf(time: number, sliceMs: number, offsetMs: number): number {
  return (Math.floor((time - offsetMs) / sliceMs) + 1) * sliceMs + offsetMs
}

export function tumbleSlicing(sizeMs: number, offsetMs: number): Slicing {
  return {
    sliceMs: sizeMs,
    offsetMs,
    windowEnds: end => [end],
    lastWindowEnd: end => end,
    windowStart: end => end - sizeMs,
  }
}

/** Slices are as long as size and slide have in common: the slide, where the size is a multiple of it. */
export function hopSlicing(sizeMs: number, slideMs: number, offsetMs: number): Slicing {
  const sliceMs = greatestCommonDivisor(sizeMs, slideMs)
  /** The end of the last window that starts with the slice ending at `end`, or before it. */
  const lastEnd = (end: number) =>
    Math.floor((end - sliceMs - offsetMs) / slideMs) * slideMs + offsetMs + sizeMs
  return {
    sliceMs,
    offsetMs,
    windowEnds: end => {
      const ends: number[] = []
      for (let e = lastEnd(end); e >= end; e -= slideMs) ends.push(e)
      return ends.reverse()
    },
    lastWindowEnd: lastEnd,
    windowStart: end => end - sizeMs,
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

export function cumulateSlicing(maxSizeMs: number, stepMs: number, offsetMs: number): Slicing {
  const last = (end: number) => sliceEndOf(end - 1, maxSizeMs, offsetMs)
  return {
    sliceMs: stepMs,
    offsetMs,
    windowEnds: end => {
      const ends: number[] = []
      for (let e = end; e <= last(end); e += stepMs) ends.push(e)
      return ends
    },
    lastWindowEnd: last,
    windowStart: end => last(end) - maxSizeMs,
  }
}

/** How the windows of a window TVF are cut; sessions have no slices. */
export function slicingOf(window: Exclude<WindowSpec, { kind: 'session' }>): Slicing {
  switch (window.kind) {
    case 'tumble':
      return tumbleSlicing(window.sizeMs, window.offsetMs)
    case 'hop':
      return hopSlicing(window.sizeMs, window.slideMs, window.offsetMs)
    case 'cumulate':
      return cumulateSlicing(window.maxSizeMs, window.stepMs, window.offsetMs)
    default:
      return assertNever(window)
  }
}
