// The options of a source table that say how its watermarks are made, by Flink's names.

import { tryParseDuration } from '../types/duration.ts'
import type { OptionSchema } from '../types/options.ts'
import type { TableDescriptor } from '../types/table-descriptor.ts'
import { MissingOptionError } from './option-errors.ts'

export const WATERMARK_OPTIONS: OptionSchema = [
  {
    name: 'scan.watermark.idle-timeout',
    type: 'duration',
    description:
      'A split that has had nothing for so long holds no watermark back; 0: never. Instead of `table.exec.source.idle-timeout`.',
  },
  {
    name: 'scan.watermark.emit.strategy',
    type: 'enum',
    values: ['on-event', 'on-periodic'],
    default: 'on-periodic',
    description:
      'on-event: after every `scan.watermark.emit.on-event.gap` records of a split. on-periodic: after every record, whatever the interval.',
  },
  {
    name: 'scan.watermark.emit.on-event.gap',
    type: 'int',
    default: '1',
    description: 'With on-event: after how many records of a split its watermark moves.',
  },
  {
    name: 'scan.watermark.alignment.group',
    type: 'string',
    description: 'Sources with the same group wait for each other in event time.',
  },
  {
    name: 'scan.watermark.alignment.max-drift',
    type: 'duration',
    description: 'How far a split may be ahead of the one of its group that is furthest behind.',
  },
  {
    name: 'scan.watermark.alignment.update-interval',
    type: 'duration',
    description: 'Accepted for Flink: who is ahead is looked at before every read.',
  },
]

/** The idle time-out of tables that have none of their own: `table.exec.source.idle-timeout`. */
export function idleTimeoutOf({
  options,
}: {
  readonly options?: ReadonlyMap<string, string>
}): number {
  const given = options?.get('table.exec.source.idle-timeout')
  return given === undefined ? DEFAULT_IDLE_MS : (tryParseDuration(given) ?? DEFAULT_IDLE_MS)
}

const DEFAULT_IDLE_MS = 60_000

/** How a source makes its watermarks. */
export interface WatermarkSettings {
  /** Absent: the program's. 0: never idle. */
  readonly idleTimeoutMs?: number
  /** A split's watermark moves after so many of its records. */
  readonly eventGap: number
  readonly alignment?: { readonly group: string; readonly maxDriftMs: number }
}

/** @throws {MissingOptionError} for a group without a drift, or a drift without a group */
export function watermarkSettingsOf({
  name,
  options,
}: Pick<TableDescriptor, 'name' | 'options'>): WatermarkSettings {
  const duration = (option: string) => {
    const text = options.get(option)
    return text === undefined ? undefined : tryParseDuration(text)
  }
  const idleTimeoutMs = duration('scan.watermark.idle-timeout')
  const isOnEvent = options.get('scan.watermark.emit.strategy')?.toLowerCase() === 'on-event'
  const gap = Number(options.get('scan.watermark.emit.on-event.gap') ?? 1)
  const group = options.get('scan.watermark.alignment.group')
  const maxDriftMs = duration('scan.watermark.alignment.max-drift')
  if ((group === undefined) !== (maxDriftMs === undefined))
    throw new MissingOptionError({
      table: name,
      option: `scan.watermark.alignment.${group === undefined ? 'group' : 'max-drift'}`,
      description: 'alignment takes both a group and how far its members may drift apart.',
    })
  return {
    ...(idleTimeoutMs === undefined ? {} : { idleTimeoutMs }),
    eventGap: isOnEvent ? Math.max(1, gap) : 1,
    ...(group !== undefined && maxDriftMs !== undefined
      ? { alignment: { group, maxDriftMs } }
      : {}),
  }
}
