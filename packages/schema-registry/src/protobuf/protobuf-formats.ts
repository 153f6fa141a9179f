// The formats `protobuf` and `protobuf-confluent`: messages by a .proto file that the table names, or that a registry has.
//
// With a registry: the id of the file, the path to the message in it (a count and indexes as zigzag varints; a zero alone stands for the
// first message), the message.

import {
  type ByteWriter,
  type DataType,
  type DecodeRequest,
  type DecodingFormat,
  type EncodingFormat,
  type FormatPlace,
  MissingOptionError,
  type RecordEncoder,
  type RowField,
  type Schema,
  type Value,
} from 'millrace'
import { agreeOnSchema } from '../client/agree-on-schema.ts'
import { SchemaError } from '../client/registry-errors.ts'
import { formatOption, REGISTRY_OPTIONS, registrySettingsOf } from '../client/registry-settings.ts'
import { subjectOf, WRITTEN_OPTIONS } from '../client/subjects.ts'
import { framedPlace } from '../records/framed-place.ts'
import { readsByName, slotCount } from '../records/reads.ts'
import { RecordsBySchema } from '../records/records-by-schema.ts'
import { registeredEncoder } from '../records/registered-encoder.ts'
import { prepareSchemas, schemaStoreOf } from '../records/schema-store.ts'
import { ValueDecoder } from '../records/value-decoder.ts'
import { messageAt, messageOf, parseProtoFile, pathTo, ProtoFileProblem } from './proto-file.ts'
import { ProtoDataProblem, ProtoInput } from './proto-input.ts'
import { protoFileOf } from './proto-of-columns.ts'
import { createSlotReader, type SlotReader } from './slot-reader.ts'
import { messageCodec } from './proto-values.ts'
import { writeVarint } from './proto-scalars.ts'

const CONFLUENT = 'protobuf-confluent'

const MESSAGE_OPTION = {
  name: 'message-name',
  type: 'string',
  description: 'The message of the .proto file; by default its first.',
} as const

/** Reads and writes messages as Confluent's Protobuf serializers do. */
export const protobufConfluentFormat: DecodingFormat & EncodingFormat = {
  format: CONFLUENT,
  options: [...REGISTRY_OPTIONS, ...WRITTEN_OPTIONS, MESSAGE_OPTION],
  framing: 'whole',
  accepts: () => ['append'],
  changelogMode: () => 'append',
  createDecoder: decodeByRegistry,
  prepare: prepareSchemas,
  createEncoder: encodeForRegistry,
}

/** Reads and writes messages of a .proto file. Flink's format of the same name asks for a class of Java instead. */
export const protobufFormat: DecodingFormat & EncodingFormat = {
  format: 'protobuf',
  options: [
    {
      name: 'schema',
      type: 'string',
      required: true,
      description: 'The text of a .proto file.',
    },
    MESSAGE_OPTION,
  ],
  framing: 'whole',
  accepts: () => ['append'],
  changelogMode: () => 'append',
  createDecoder: decodeAlone,
  createEncoder: encodeAlone,
}

const isProblem = (error: unknown): boolean =>
  error instanceof ProtoDataProblem || error instanceof ProtoFileProblem

function decodeByRegistry(request: DecodeRequest): ValueDecoder {
  const place = framedPlace(CONFLUENT, request.place)
  const reads = readsByName(request)
  const values: unknown[] = new Array(slotCount(request.reads)).fill(null)
  const input = new ProtoInput()
  return new ValueDecoder(
    new RecordsBySchema(schemaStoreOf(place), {
      width: values.length,
      values,
      isProblem,
      readerOf({ text, dependencies }) {
        const file = parseProtoFile(text, dependencies)
        const readers = new Map<string, SlotReader>()
        return (bytes, start, end) => {
          input.reset(bytes, start, end)
          const path: number[] = []
          for (let left = input.zigzag32(); left > 0; left--) path.push(input.zigzag32())
          const key = path.join('.')
          let reader = readers.get(key)
          if (!reader) {
            reader = createSlotReader(messageAt(file, path), reads)
            readers.set(key, reader)
          }
          reader(input, end, values)
          return 1
        }
      },
    }),
  )
}

function decodeAlone(request: DecodeRequest): ValueDecoder {
  const place = framedPlace('protobuf', request.place)
  const { message } = fileOf(place)
  const reader = orSchemaError(place, () => createSlotReader(message, readsByName(request)))
  const values: unknown[] = new Array(slotCount(request.reads)).fill(null)
  const input = new ProtoInput()
  const record = {
    values,
    width: values.length,
    problem: '',
    read(bytes: Uint8Array, start: number, end: number): number {
      try {
        input.reset(bytes, start, end)
        reader(input, end, values)
        return 1
      } catch (error) {
        if (!isProblem(error)) throw error
        record.problem = (error as Error).message
        return -1
      }
    },
  }
  return new ValueDecoder(record)
}

function encodeForRegistry(
  schema: Schema,
  _options: ReadonlyMap<string, string>,
  at?: FormatPlace,
): RecordEncoder {
  const place = framedPlace(CONFLUENT, at)
  const { text, file, message } = fileOf(place, schema)
  const path = orSchemaError(place, () => pathTo(file, message))
  const codec = orSchemaError(place, () => messageCodec(message, fieldsOf(schema)))
  const name = message.fullName.slice(1)
  registrySettingsOf(place)
  subjectOf(place, name)
  return registeredEncoder(
    (out, row) => {
      writePath(out, path)
      codec.write(out, row)
    },
    ports => agreeOnSchema(place, { type: 'PROTOBUF', text, references: [] }, name, ports),
  )
}

function encodeAlone(
  schema: Schema,
  _options: ReadonlyMap<string, string>,
  at?: FormatPlace,
): RecordEncoder {
  const place = framedPlace('protobuf', at)
  const { message } = fileOf(place)
  const codec = orSchemaError(place, () => messageCodec(message, fieldsOf(schema)))
  return (out, _kind, row) => codec.write(out, row as Value[])
}

function writePath(out: ByteWriter, path: readonly number[]): void {
  const isFirst = path.length === 1 && path[0] === 0
  for (const n of isFirst ? [0] : [path.length, ...path]) writeVarint(out, n * 2)
}

/** The table's file and message: those that it names, else of its columns. */
function fileOf(place: FormatPlace, columns?: Schema) {
  const given = formatOption(place, 'schema')
  if (given === undefined && !columns)
    throw new MissingOptionError({
      table: place.table.name,
      option: `${place.prefix}schema`,
      description: 'the text of a .proto file.',
    })
  return orSchemaError(place, () => {
    const text = given ?? protoFileOf(columns ?? [])
    const file = parseProtoFile(text)
    return { text, file, message: messageOf(file, formatOption(place, 'message-name')) }
  })
}

const fieldsOf = (schema: Schema): readonly RowField[] =>
  schema.map(({ name, type }: { readonly name: string; readonly type: DataType }) => ({
    name,
    type,
  }))

function orSchemaError<T>({ table }: FormatPlace, make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof ProtoFileProblem)) throw error
    throw new SchemaError({ table: table.name, reason: error.message, cause: error })
  }
}
