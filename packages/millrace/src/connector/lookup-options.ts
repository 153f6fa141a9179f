// The options of tables that are asked for the rows of a key: whether answers are kept, and what happens when asking fails.

import type { OptionSchema } from '../types/options.ts'
import type { TableDescriptor } from '../types/table-descriptor.ts'
import { tryParseDuration } from '../types/duration.ts'
import { InvalidOptionError } from './option-errors.ts'

/** Of tables that are held in memory whole. Flink's names. */
const RELOAD_OPTIONS: OptionSchema = [
  {
    name: 'lookup.full-cache.periodic-reload.interval',
    type: 'duration',
    description:
      'A table that is read whole is read again this often, files only when they have changed; by default as often as `source.monitor-interval` says, else never.',
  },
  {
    name: 'lookup.full-cache.reload-strategy',
    type: 'enum',
    values: ['PERIODIC'],
    default: 'PERIODIC',
    description: 'Accepted for Flink.',
  },
  {
    name: 'lookup.full-cache.periodic-reload.schedule-mode',
    type: 'enum',
    values: ['FIXED_DELAY', 'FIXED_RATE'],
    default: 'FIXED_DELAY',
    description: 'Accepted for Flink: the interval begins when the table has been read.',
  },
]

/** Of tables that cannot be asked for the rows of a key. */
export const FULL_LOOKUP_OPTIONS: OptionSchema = [
  {
    name: 'lookup.cache',
    type: 'enum',
    values: ['FULL'],
    default: 'FULL',
    description: 'Accepted for Flink: look-up joins read the table whole.',
  },
  ...RELOAD_OPTIONS,
]

/** How often a table of look-up joins is read again, ms; undefined: never. */
export function reloadIntervalOf({ options }: TableDescriptor): number | undefined {
  const interval =
    options.get('lookup.full-cache.periodic-reload.interval') ??
    options.get('source.monitor-interval')
  return interval === undefined ? undefined : tryParseDuration(interval)
}

/** Flink's names. */
export const LOOKUP_OPTIONS: OptionSchema = [
  {
    name: 'lookup.cache',
    type: 'enum',
    values: ['NONE', 'PARTIAL', 'FULL'],
    default: 'NONE',
    description:
      'NONE asks for every row; PARTIAL keeps answers; FULL reads the table before the job starts.',
  },
  {
    name: 'lookup.partial-cache.max-rows',
    type: 'bigint',
    description: 'Keys whose answers are kept at most; the one unused for longest goes first.',
  },
  {
    name: 'lookup.partial-cache.expire-after-write',
    type: 'duration',
    description: 'How long an answer is kept.',
  },
  {
    name: 'lookup.partial-cache.expire-after-access',
    type: 'duration',
    description: 'How long an answer is kept that nobody asks for.',
  },
  {
    name: 'lookup.partial-cache.cache-missing-key',
    type: 'boolean',
    default: 'true',
    description: 'Keep that a key has no rows.',
  },
  {
    name: 'lookup.max-retries',
    type: 'int',
    default: '3',
    description: 'How often a failed question is asked again, after 1 s.',
  },
  {
    name: 'lookup.async',
    type: 'boolean',
    default: 'true',
    description: 'Ask for several keys at once; the hint LOOKUP goes over it.',
  },
  ...RELOAD_OPTIONS,
]

export interface PartialCache {
  readonly maxRows?: number
  readonly expireAfterWriteMs?: number
  readonly expireAfterAccessMs?: number
  readonly keepsMisses: boolean
}

export interface LookupSettings {
  /** The table is read whole instead. */
  readonly isFull: boolean
  readonly cache: PartialCache | undefined
  readonly maxRetries: number
  readonly async: boolean
}

/** Reads the options of a table, which have been checked. @throws {InvalidOptionError} for a cache that is told its size but not to be one */
export function lookupSettingsOf({ name, options }: TableDescriptor): LookupSettings {
  const kind = options.get('lookup.cache')?.toUpperCase() ?? 'NONE'
  const partial = [...options.keys()].find(o => o.startsWith('lookup.partial-cache.'))
  if (partial !== undefined && kind !== 'PARTIAL')
    throw new InvalidOptionError({
      table: name,
      option: 'lookup.cache',
      value: kind,
      expected: `PARTIAL, since '${partial}' is set`,
    })
  const ms = (option: string) => tryParseDuration(options.get(option) ?? '')
  const maxRows = options.get('lookup.partial-cache.max-rows')
  const [expireAfterWriteMs, expireAfterAccessMs] = [
    ms('lookup.partial-cache.expire-after-write'),
    ms('lookup.partial-cache.expire-after-access'),
  ]
  const cache: PartialCache | undefined =
    kind === 'PARTIAL'
      ? {
          ...(maxRows !== undefined && { maxRows: Number(maxRows) }),
          ...(expireAfterWriteMs !== undefined && { expireAfterWriteMs }),
          ...(expireAfterAccessMs !== undefined && { expireAfterAccessMs }),
          keepsMisses: options.get('lookup.partial-cache.cache-missing-key') !== 'false',
        }
      : undefined
  return {
    isFull: kind === 'FULL',
    cache,
    maxRetries: Number(options.get('lookup.max-retries') ?? 3),
    async: options.get('lookup.async') !== 'false',
  }
}
