// The sink `live`: a table kept in the memory of the program, for its page, its console and its boards.

import { InvalidOptionError } from '../../../connector/option-errors.ts'
import type { SinkFactory } from '../../../connector/sink.ts'
import type { TableDescriptor } from '../../../types/table-descriptor.ts'
import { LiveWriter } from './live-writer.ts'

const DEFAULT_MAX_ROWS = 10_000
const MOST_ROWS = 1_000_000

/**
 * Keeps the rows of a table as of the last commit. A table with a key holds a row per key, one that only grows its newest rows; with a
 * state folder they are there again after a restart.
 */
export const liveSink: SinkFactory = {
  connector: 'live',
  options: [
    {
      name: 'max-rows',
      type: 'int',
      default: String(DEFAULT_MAX_ROWS),
      description:
        'Rows that are held at most; beyond, those that were changed longest ago leave. From 1 to 1000000.',
    },
  ],
  takesFormat: false,
  accepts: table =>
    table.primaryKey.length > 0 ? ['upsert', 'append'] : ['append', 'upsert', 'retract'],
  guarantee: () => 'exactly-once',
  create: context => new LiveWriter(context, maxRowsOf(context.table)),
}

function maxRowsOf({ name, options }: TableDescriptor): number {
  const value = options.get('max-rows') ?? String(DEFAULT_MAX_ROWS)
  const rows = Number(value)
  if (rows >= 1 && rows <= MOST_ROWS) return rows
  const expected = `a number of rows from 1 to ${MOST_ROWS}`
  throw new InvalidOptionError({ table: name, option: 'max-rows', value, expected })
}
