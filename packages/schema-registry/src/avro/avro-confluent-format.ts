// The format `avro-confluent`: the id of the writer's schema, then Avro's binary encoding.

import type {
  DecodeRequest,
  DecodingFormat,
  EncodingFormat,
  FormatPlace,
  RecordEncoder,
  Schema,
} from 'millrace'
import { agreeOnSchema } from '../client/agree-on-schema.ts'
import type { ResolvedSchema } from '../client/registry-client.ts'
import { REGISTRY_OPTIONS, registrySettingsOf } from '../client/registry-settings.ts'
import { subjectOf, WRITTEN_OPTIONS } from '../client/subjects.ts'
import { framedPlace } from '../records/framed-place.ts'
import { readsByName, slotCount } from '../records/reads.ts'
import { RecordsBySchema } from '../records/records-by-schema.ts'
import { registeredEncoder } from '../records/registered-encoder.ts'
import { prepareSchemas, schemaStoreOf } from '../records/schema-store.ts'
import { ValueDecoder } from '../records/value-decoder.ts'
import { generateAvroReader } from './avro-code.ts'
import { AvroDataProblem, AvroInput } from './avro-input.ts'
import { type AvroType, parseAvroSchema } from './avro-schema.ts'
import { createAvroWriter } from './avro-writer.ts'
import { isAvroProblem, orSchemaError, tableSchemaOf, TIMESTAMP_OPTION } from './table-schema.ts'

export const AVRO_CONFLUENT_OPTIONS = [...REGISTRY_OPTIONS, ...WRITTEN_OPTIONS, TIMESTAMP_OPTION]

/** Reads and writes what Confluent's Avro serializers do, and Flink's format of the same name. */
export const avroConfluentFormat: DecodingFormat & EncodingFormat = {
  format: 'avro-confluent',
  options: AVRO_CONFLUENT_OPTIONS,
  framing: 'whole',
  accepts: () => ['append'],
  changelogMode: () => 'append',
  createDecoder,
  prepare: prepareSchemas,
  createEncoder,
}

function createDecoder(request: DecodeRequest): ValueDecoder {
  const place = framedPlace('avro-confluent', request.place)
  const reads = readsByName(request)
  const values: unknown[] = new Array(slotCount(request.reads)).fill(null)
  const input = new AvroInput()
  return new ValueDecoder(
    new RecordsBySchema(schemaStoreOf(place), {
      width: values.length,
      values,
      readerOf(schema) {
        const { read } = generateAvroReader(writerSchemaOf(schema), reads)
        return (bytes, start, end) => {
          input.reset(bytes, start, end)
          read(input, values)
          return 1
        }
      },
      isProblem: error => error instanceof AvroDataProblem || isAvroProblem(error),
    }),
  )
}

/** The schema of the registry, with those that it names. */
export function writerSchemaOf({ text, dependencies }: ResolvedSchema): AvroType {
  return parseAvroSchema(
    text,
    dependencies.map(d => d.text),
  )
}

function createEncoder(
  schema: Schema,
  _options: ReadonlyMap<string, string>,
  at?: FormatPlace,
): RecordEncoder {
  const place = framedPlace('avro-confluent', at)
  const { text, type, name } = tableSchemaOf(schema, place)
  const writeRow = orSchemaError(place, () => createAvroWriter(type, schema))
  registrySettingsOf(place)
  subjectOf(place, name)
  return registeredEncoder(writeRow, ports =>
    agreeOnSchema(place, { type: 'AVRO', text, references: [] }, name, ports),
  )
}
