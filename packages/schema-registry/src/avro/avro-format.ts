// The format `avro`: records in Avro's binary encoding by the schema of the table, which readers and writers must both know.

import type {
  DecodeRequest,
  DecodingFormat,
  EncodingFormat,
  FormatPlace,
  RecordEncoder,
  Schema,
} from 'millrace'
import { framedPlace } from '../records/framed-place.ts'
import { readsByName, slotCount } from '../records/reads.ts'
import { ValueDecoder } from '../records/value-decoder.ts'
import { generateAvroReader } from './avro-code.ts'
import { AvroDataProblem, AvroInput } from './avro-input.ts'
import { createAvroWriter } from './avro-writer.ts'
import { orSchemaError, tableSchemaOf, TIMESTAMP_OPTION } from './table-schema.ts'

/** Reads and writes records as Flink's format of the same name does. */
export const avroFormat: DecodingFormat & EncodingFormat = {
  format: 'avro',
  options: [
    {
      name: 'schema',
      type: 'string',
      description: 'The schema of the records, in place of the one of the columns.',
    },
    TIMESTAMP_OPTION,
  ],
  framing: 'whole',
  accepts: () => ['append'],
  changelogMode: () => 'append',
  createDecoder,
  createEncoder,
}

function createDecoder(request: DecodeRequest): ValueDecoder {
  const place = framedPlace('avro', request.place)
  const { type } = tableSchemaOf(request.schema, place)
  const { read } = orSchemaError(place, () => generateAvroReader(type, readsByName(request)))
  const values: unknown[] = new Array(slotCount(request.reads)).fill(null)
  const input = new AvroInput()
  const record = {
    values,
    width: values.length,
    problem: '',
    read(bytes: Uint8Array, start: number, end: number): number {
      input.reset(bytes, start, end)
      try {
        read(input, values)
        return 1
      } catch (error) {
        if (!(error instanceof AvroDataProblem)) throw error
        record.problem = error.message
        return -1
      }
    },
  }
  return new ValueDecoder(record)
}

function createEncoder(
  schema: Schema,
  _options: ReadonlyMap<string, string>,
  at?: FormatPlace,
): RecordEncoder {
  const place = framedPlace('avro', at)
  const { type } = tableSchemaOf(schema, place)
  const write = orSchemaError(place, () => createAvroWriter(type, schema))
  return (out, _kind, row) => write(out, row)
}
