// The format `ogg-json`: `{"before":…,"after":…,"op_type":"I|U|D"}`.

import type { DecodingFormat } from '../../../format/decoder.ts'
import type { EncodingFormat } from '../../../format/encoder.ts'
import { JSON_TEXT_OPTIONS } from '../json/json-options.ts'
import { beforeAfterEnvelope } from './before-after.ts'
import { ChangeDecoder } from './change-decoder.ts'
import { createChangeEncoder, insertOrDelete } from './change-encoder.ts'

const ENVELOPE = beforeAfterEnvelope('op_type', { I: 'insertion', U: 'update', D: 'deletion' })

/** Reads and writes what Oracle GoldenGate writes of a database's log. */
export const oggJsonFormat: DecodingFormat & EncodingFormat = {
  format: 'ogg-json',
  options: JSON_TEXT_OPTIONS,
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
