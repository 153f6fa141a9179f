// The format `canal-json`: `{"data":[…],"old":[…],"type":"INSERT|UPDATE|DELETE"}`, several rows a record.

import type { DecodingFormat } from '../../../format/decoder.ts'
import type { EncodingFormat } from '../../../format/encoder.ts'
import { DELETE, INSERT, UPDATE_AFTER, UPDATE_BEFORE } from '../../../types/value.ts'
import { patternOption } from '../../../connector/pattern-option.ts'
import { JSON_TEXT_OPTIONS } from '../json/json-options.ts'
import { ChangeDecoder } from './change-decoder.ts'
import { createChangeEncoder, insertOrDelete } from './change-encoder.ts'
import { type Envelope, type Members, type TakeChange, unknownKind } from './envelope.ts'

const DATA = 0
const OLD = 1
const TYPE = 2
const DATABASE = 3
const TABLE = 4

function envelope(options: ReadonlyMap<string, string>): Envelope {
  const isDatabase = patternOption('canal-json.database.include', options.get('database.include'))
  const isTable = patternOption('canal-json.table.include', options.get('table.include'))
  return {
    members: ['data', 'old', 'type', 'database', 'table'],
    read(members, take) {
      if (!isDatabase(members.text(DATABASE)) || !isTable(members.text(TABLE))) return undefined
      const type = members.text(TYPE)
      // A change of the schema has no rows.
      return type === 'CREATE' ? undefined : readRows(members, type, take)
    },
  }
}

function readRows(
  members: Members,
  type: string | undefined,
  take: TakeChange,
): string | undefined {
  if (type !== 'INSERT' && type !== 'UPDATE' && type !== 'DELETE') return unknownKind('type', type)
  const rows = members.elements(members.span(DATA))
  if (rows === undefined) return `the ${type} has no array "data"`
  if (type !== 'UPDATE') {
    for (const row of rows) take(type === 'INSERT' ? INSERT : DELETE, row)
    return undefined
  }
  // An old row names only what has changed.
  const old = members.elements(members.span(OLD))
  if (old?.length !== rows.length) return 'the UPDATE has no "old" for each row of "data"'
  for (const [i, row] of rows.entries()) {
    take(UPDATE_BEFORE, old[i] ?? row, row)
    take(UPDATE_AFTER, row)
  }
  return undefined
}

/** Reads and writes what Canal writes of MySQL's log. */
export const canalJsonFormat: DecodingFormat & EncodingFormat = {
  format: 'canal-json',
  options: [
    ...JSON_TEXT_OPTIONS,
    {
      name: 'database.include',
      type: 'string',
      description: 'A regular expression: only changes of databases that it matches are read.',
    },
    {
      name: 'table.include',
      type: 'string',
      description: 'A regular expression: only changes of tables that it matches are read.',
    },
  ],
  framing: 'lines',
  accepts: () => ['append', 'retract'],
  changelogMode: () => 'retract',
  createDecoder: request => new ChangeDecoder(request, envelope(request.options)),
  createEncoder: (schema, options) =>
    createChangeEncoder(
      schema,
      options,
      insertOrDelete(['{"data":[', '],"type":"INSERT"}'], ['{"data":[', '],"type":"DELETE"}']),
    ),
}
