// What OVER keeps of a partition: rows that wait or are in frames to come, and how far it has got.

import type { MapKey } from '../../../types/key-text.ts'
import type { Row } from '../../../types/value.ts'
import type { StateRecord } from '../state-table.ts'

/** A row of a partition. */
export interface OverRow extends StateRecord {
  readonly id: number
  readonly keyValues: Row
  readonly mapKey: MapKey
  readonly row: Row
  readonly time: number
  /** It has been answered, and stays for the frames of later rows. */
  isPast: boolean
}

/** What is kept of a partition. */
export interface Partition extends StateRecord {
  readonly keyValues: Row
  readonly mapKey: MapKey
  /** In order; only of bounded frames. */
  readonly past: OverRow[]
  /** Waiting rows by time, in order of arrival. */
  readonly waiting: Map<number, OverRow[]>
  /** Of all rows so far; only of unbounded frames. */
  accumulator: object
  /** Rows up to this time are late: that of the last row answered, or of the last alarm. */
  lastTime: number
  /** Of bounded RANGE frames: times at which to look whether all past rows can go; the last one is when they can. */
  alarms: number[]
}

/** A partition whose next alarm is due. */
export interface Alarm {
  readonly id: number
  readonly partition: Partition
}
