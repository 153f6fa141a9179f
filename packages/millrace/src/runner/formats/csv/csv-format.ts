// The format `csv`: one record a line, as Flink reads and writes it, with an optional header.

import type { DecodingFormat } from '../../../format/decoder.ts'
import type { EncodingFormat } from '../../../format/encoder.ts'
import { CsvDecoder } from './csv-decoder.ts'
import { createCsvEncoder, csvHeader } from './csv-encoder.ts'
import { CSV_OPTIONS } from './csv-options.ts'

/** Reads and writes CSV. */
export const csvFormat: DecodingFormat & EncodingFormat = {
  format: 'csv',
  options: CSV_OPTIONS,
  framing: 'lines',
  accepts: () => ['append'],
  changelogMode: () => 'append',
  createDecoder: request => new CsvDecoder(request),
  createEncoder: createCsvEncoder,
  header: csvHeader,
}
