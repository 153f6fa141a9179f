// The format `debezium-json`: `{"before":…,"after":…,"op":"c|r|u|d"}`, perhaps within `payload`.

import type { DecodingFormat } from '../../../format/decoder.ts'
import type { EncodingFormat } from '../../../format/encoder.ts'
import { MillraceError } from '../../../types/errors.ts'
import { DELETE, INSERT, UPDATE_AFTER, UPDATE_BEFORE } from '../../../types/value.ts'
import { ChangeDecoder } from './change-decoder.ts'
import { createChangeEncoder, insertOrDelete } from './change-encoder.ts'
import { COMMON_OPTIONS, type Envelope, isAbsent, lacksImage, unknownKind } from './envelope.ts'

const BEFORE = 0
const AFTER = 1
const OP = 2

function envelope(hasSchema: boolean): Envelope {
  return {
    members: ['before', 'after', 'op'],
    ...(hasSchema && { within: 'payload' }),
    read(members, take) {
      const before = members.span(BEFORE)
      const after = members.span(AFTER)
      const op = members.text(OP)
      switch (op) {
        case 'c':
        case 'r':
          if (isAbsent(after)) return lacksImage('after', 'insertion')
          take(INSERT, after)
          return undefined
        case 'u':
          if (isAbsent(before)) return lacksImage('before', 'update')
          if (isAbsent(after)) return lacksImage('after', 'update')
          take(UPDATE_BEFORE, before)
          take(UPDATE_AFTER, after)
          return undefined
        case 'd':
          if (isAbsent(before)) return lacksImage('before', 'deletion')
          take(DELETE, before)
          return undefined
        default:
          return unknownKind('op', op)
      }
    },
  }
}

/** Reads and writes what Debezium writes of a database's log. */
export const debeziumJsonFormat: DecodingFormat & EncodingFormat = {
  format: 'debezium-json',
  options: [
    ...COMMON_OPTIONS,
    {
      name: 'schema-include',
      type: 'boolean',
      default: 'false',
      description: 'Records hold their schema, and the change within `payload`. Reading only.',
    },
  ],
  framing: 'lines',
  accepts: () => ['append', 'retract'],
  changelogMode: () => 'retract',
  createDecoder: request => new ChangeDecoder(request, envelope(includesSchema(request.options))),
  createEncoder(schema, options) {
    if (includesSchema(options))
      throw new MillraceError(
        'MR_OPTION_INVALID',
        'debezium-json.schema-include is for reading only',
        { remedy: 'Leave it out, or set it to false.' },
      )
    return createChangeEncoder(
      schema,
      options,
      insertOrDelete(
        ['{"before":null,"after":', ',"op":"c"}'],
        ['{"before":', ',"after":null,"op":"d"}'],
      ),
    )
  },
}

const includesSchema = (options: ReadonlyMap<string, string>): boolean =>
  options.get('schema-include')?.toLowerCase() === 'true'
