// The format `maxwell-json`: `{"data":{…},"old":{…},"type":"insert|update|delete"}`.

import type { DecodingFormat } from '../../../format/decoder.ts'
import type { EncodingFormat } from '../../../format/encoder.ts'
import { DELETE, INSERT, UPDATE_AFTER, UPDATE_BEFORE } from '../../../types/value.ts'
import { JSON_TEXT_OPTIONS } from '../json/json-options.ts'
import { ChangeDecoder } from './change-decoder.ts'
import { createChangeEncoder, insertOrDelete } from './change-encoder.ts'
import { type Envelope, isAbsent, lacksImage, unknownKind } from './envelope.ts'

const DATA = 0
const OLD = 1
const TYPE = 2

const ENVELOPE: Envelope = {
  members: ['data', 'old', 'type'],
  read(members, take) {
    const type = members.text(TYPE)
    const data = members.span(DATA)
    if (type !== 'insert' && type !== 'update' && type !== 'delete')
      return unknownKind('type', type)
    if (isAbsent(data)) return lacksImage('data', type)
    if (type === 'update') {
      // The old row names only what has changed.
      const old = members.span(OLD)
      if (isAbsent(old)) return lacksImage('old', type)
      take(UPDATE_BEFORE, old, data)
      take(UPDATE_AFTER, data)
    } else take(type === 'insert' ? INSERT : DELETE, data)
    return undefined
  },
}

/** Reads and writes what Maxwell writes of MySQL's log. */
export const maxwellJsonFormat: DecodingFormat & EncodingFormat = {
  format: 'maxwell-json',
  options: JSON_TEXT_OPTIONS,
  framing: 'lines',
  accepts: () => ['append', 'retract'],
  changelogMode: () => 'retract',
  createDecoder: request => new ChangeDecoder(request, ENVELOPE),
  createEncoder: (schema, options) =>
    createChangeEncoder(
      schema,
      options,
      insertOrDelete(['{"data":', ',"type":"insert"}'], ['{"data":', ',"type":"delete"}']),
    ),
}
