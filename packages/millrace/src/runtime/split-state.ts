// What a task knows of one split that it reads.

import { MIN_WATERMARK, type Row } from '../types/value.ts'

/** The watermark of one split at one watermark node. */
export class SplitClock {
  watermark = MIN_WATERMARK
  /** With a gap between watermarks: the one to come, and the records since the last. */
  highest = MIN_WATERMARK
  events = 0
}

/** Generated code counts and keeps watermarks here; the reader's side keeps positions. */
export class SplitState {
  readonly sourceId: string
  readonly splitId: string
  /** What people know the split by. */
  readonly label: string
  readonly clocks: readonly SplitClock[]
  /** The only open split of its source: its watermarks are the source's. */
  alone = true
  /** Records read, and of these those that could not be processed. */
  records = 0
  failed = 0
  /** The batch ends behind the present record. */
  paused = false
  /** What all records share, by the columns' positions in the table: partitions, metadata. */
  shared: Row = []

  constructor(
    sourceId: string,
    splitId: string,
    clocks: readonly SplitClock[],
    label: string = splitId,
  ) {
    this.sourceId = sourceId
    this.splitId = splitId
    this.clocks = clocks
    this.label = label
  }

  /** What orders the reading of several splits: the split's progress in event time. */
  get watermark(): number {
    return this.clocks[0]?.watermark ?? MIN_WATERMARK
  }
}
