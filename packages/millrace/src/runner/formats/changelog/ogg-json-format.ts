// The format `ogg-json`: `{"before":…,"after":…,"op_type":"I|U|D"}`.

import type { DecodingFormat } from '../../../format/decoder.ts'
import type { EncodingFormat } from '../../../format/encoder.ts'
import { DELETE, INSERT, UPDATE_AFTER, UPDATE_BEFORE } from '../../../types/value.ts'
import { ChangeDecoder } from './change-decoder.ts'
import { createChangeEncoder, insertOrDelete } from './change-encoder.ts'
import { COMMON_OPTIONS, type Envelope, isAbsent, lacksImage, unknownKind } from './envelope.ts'

const BEFORE = 0
const AFTER = 1
const TYPE = 2

const ENVELOPE: Envelope = {
  members: ['before', 'after', 'op_type'],
  read(members, take) {
    const before = members.span(BEFORE)
    const after = members.span(AFTER)
    const type = members.text(TYPE)
    switch (type) {
      case 'I':
        if (isAbsent(after)) return lacksImage('after', 'insertion')
        take(INSERT, after)
        return undefined
      case 'U':
        if (isAbsent(before)) return lacksImage('before', 'update')
        if (isAbsent(after)) return lacksImage('after', 'update')
        take(UPDATE_BEFORE, before)
        take(UPDATE_AFTER, after)
        return undefined
      case 'D':
        if (isAbsent(before)) return lacksImage('before', 'deletion')
        take(DELETE, before)
        return undefined
      default:
        return unknownKind('op_type', type)
    }
  },
}

/** Reads and writes what Oracle GoldenGate writes of a database's log. */
export const oggJsonFormat: DecodingFormat & EncodingFormat = {
  format: 'ogg-json',
  options: COMMON_OPTIONS,
  framing: 'lines',
  accepts: () => ['append', 'retract'],
  changelogMode: () => 'retract',
  createDecoder: request => new ChangeDecoder(request, ENVELOPE),
  createEncoder: (schema, options) =>
    createChangeEncoder(
      schema,
      options,
      insertOrDelete(
        ['{"before":null,"after":', ',"op_type":"I"}'],
        ['{"before":', ',"after":null,"op_type":"D"}'],
      ),
    ),
}
