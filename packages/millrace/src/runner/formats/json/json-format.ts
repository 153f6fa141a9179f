// The format `json`: one object a line, as Flink reads and writes it.

import type { DecodingFormat } from '../../../format/decoder.ts'
import type { EncodingFormat } from '../../../format/encoder.ts'
import { JsonDecoder } from './json-decoder.ts'
import { createJsonEncoder } from './json-encoder.ts'
import { JSON_OPTIONS } from './json-options.ts'

/** Reads and writes JSON lines. */
export const jsonFormat: DecodingFormat & EncodingFormat = {
  format: 'json',
  options: JSON_OPTIONS,
  framing: 'lines',
  accepts: () => ['append'],
  changelogMode: () => 'append',
  createDecoder: request => new JsonDecoder(request),
  createEncoder: createJsonEncoder,
}
