// The format `debezium-json`: `{"before":…,"after":…,"op":"c|r|u|d"}`, perhaps within `payload`.

import type { DecodingFormat } from '../../../format/decoder.ts'
import type { EncodingFormat } from '../../../format/encoder.ts'
import { MillraceError } from '../../../types/errors.ts'
import { JSON_TEXT_OPTIONS } from '../json/json-options.ts'
import { beforeAfterEnvelope } from './before-after.ts'
import { ChangeDecoder } from './change-decoder.ts'
import { createChangeEncoder, insertOrDelete } from './change-encoder.ts'

const OPERATIONS = { c: 'insertion', r: 'insertion', u: 'update', d: 'deletion' } as const

const envelope = (hasSchema: boolean) =>
  beforeAfterEnvelope('op', OPERATIONS, hasSchema ? 'payload' : undefined)

/** Reads and writes what Debezium writes of a database's log. */
export const debeziumJsonFormat: DecodingFormat & EncodingFormat = {
  format: 'debezium-json',
  options: [
    ...JSON_TEXT_OPTIONS,
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
