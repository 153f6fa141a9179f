// The connector `lookup`: a table that the program answers for, row by row, such as from a web service or a database of its own.

import type { KeyLookup, LookupContext } from '../../connector/lookup.ts'
import type { SourceFactory } from '../../connector/source.ts'
import { MillraceError } from '../../types/errors.ts'
import type { Column } from '../../types/schema.ts'
import { fromUserRow, toUserRow } from '../../types/user-value.ts'
import { type ConnectorSpec, givenOptions } from './connector-spec.ts'

/** A row, several, or none. */
export type LookupAnswer = object | readonly object[] | null | undefined

/**
 * Finds the rows of a key: an object with the columns that the join compares. Several calls may be under way; `signal` aborts when
 * nobody waits any more.
 */
export type LookupFunction<K extends object> = (
  key: K,
  signal: AbortSignal,
) => LookupAnswer | Promise<LookupAnswer>

export interface LookupOptions {
  /** Keeps answers; absent: every row asks. */
  readonly cache?: {
    /** Keys at most. */
    readonly maxRows?: number
    /** Such as `'10 min'`. */
    readonly expireAfterWrite?: string
    readonly expireAfterAccess?: string
    /** Keep that a key has no rows; by default true. */
    readonly keepMisses?: boolean
  }
  /** Ask for several keys at once; by default true. */
  readonly async?: boolean
  /** How often a failed call is made again, after 1 s; by default 3. */
  readonly maxRetries?: number
}

/** A table that is there for look-up joins only was to be read. */
export class OnlyLookedUpError extends MillraceError {
  constructor(facts: { readonly table: string }) {
    super('MR_PLAN_INVALID', `Table "${facts.table}" can only be looked up, not read.`, {
      remedy: 'Join it with lookupJoin(), or in SQL with FOR SYSTEM_TIME AS OF a processing time.',
    })
  }
}

/** A table for look-up joins: `lookup(async ({ id }: { id: bigint }) => await db.customer(id))`. */
export function lookup<K extends object>(
  get: LookupFunction<K>,
  options: LookupOptions = {},
): ConnectorSpec {
  const { cache, async, maxRetries } = options
  return {
    connector: 'lookup',
    options: givenOptions({
      'lookup.cache': cache && 'PARTIAL',
      'lookup.partial-cache.max-rows': cache?.maxRows,
      'lookup.partial-cache.expire-after-write': cache?.expireAfterWrite,
      'lookup.partial-cache.expire-after-access': cache?.expireAfterAccess,
      'lookup.partial-cache.cache-missing-key': cache?.keepMisses,
      'lookup.async': async,
      'lookup.max-retries': maxRetries,
    }),
    attachment: get,
    factories: [lookupSource],
  }
}

/** Asks the function that is attached to a table. */
export const lookupSource: SourceFactory = {
  connector: 'lookup',
  options: [],
  takesFormat: false,
  create: ({ table }) => {
    throw new OnlyLookedUpError({ table: table.name })
  },
  createKeyLookup: async context => openLookup(context),
}

function openLookup({ table, keyColumns }: LookupContext): KeyLookup {
  const get = table.attachment as LookupFunction<object>
  const keyOf = toUserRow(keyColumns.map(i => table.schema[i] as Column))
  const toRow = fromUserRow(table.schema)
  return {
    async lookup(key, signal) {
      const answer = await get(keyOf(key), signal)
      if (answer === null || answer === undefined) return []
      return (Array.isArray(answer) ? answer : [answer]).map(toRow)
    },
  }
}
