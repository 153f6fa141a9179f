// How far reading a split is behind what a system outside holds of it.

/** As of the system's last answer. Numbers are the system's own, such as a log's offsets. */
export interface SplitLag {
  /** Of the next record to be processed. */
  readonly position: number
  /** What may be read ends before it: of a log whose committed records are read, before the first transaction that is open. */
  readonly end: number
  /** Records that may be read and are not processed, at most: what was aborted or compacted away is counted with them. */
  readonly records: number
  /** The time of the next of them, epoch ms; while that has not come yet, of the one before. Absent: neither is known, or nothing is left. */
  readonly nextMs?: number
  /** When the system said so, epoch ms. */
  readonly asOfMs: number
  /** What is there behind `end`, and may not be read yet. */
  readonly held?: HeldRecords
}

export interface HeldRecords {
  /** What is there ends before it. */
  readonly end: number
  /** Since when the end of what may be read has stood still, epoch ms. */
  readonly sinceMs: number
}

/** How old the next record of a split is, ms; 0: nothing is left to read; undefined: it is not known. */
export function lagMs({ records, nextMs }: SplitLag, nowMs: number): number | undefined {
  if (records === 0) return 0
  return nextMs === undefined ? undefined : Math.max(0, nowMs - nextMs)
}
