// The format `debezium-avro-confluent`: changes of a database as Debezium writes them, in Avro with a registry.

import {
  type DataType,
  DELETE,
  type DecodeRequest,
  type DecodingFormat,
  type EncodingFormat,
  type FormatPlace,
  INSERT,
  type ReadTree,
  type RecordEncoder,
  type RowKindCode,
  type Schema,
  types,
  UPDATE_AFTER,
  UPDATE_BEFORE,
} from 'millrace'
import { AVRO_CONFLUENT_OPTIONS, writerSchemaOf } from '../avro/avro-confluent-format.ts'
import { type FieldReads, generateAvroReader, type RecordReads } from '../avro/avro-code.ts'
import { AvroDataProblem, AvroInput } from '../avro/avro-input.ts'
import { createAvroWriter } from '../avro/avro-writer.ts'
import { isAvroProblem, orSchemaError, tableSchemaOf } from '../avro/table-schema.ts'
import { agreeOnSchema } from '../client/agree-on-schema.ts'
import { registrySettingsOf } from '../client/registry-settings.ts'
import { subjectOf } from '../client/subjects.ts'
import { framedPlace } from '../records/framed-place.ts'
import { readsByName, slotCount } from '../records/reads.ts'
import { RecordsBySchema } from '../records/records-by-schema.ts'
import { registeredEncoder } from '../records/registered-encoder.ts'
import { prepareSchemas, schemaStoreOf } from '../records/schema-store.ts'
import { ValueDecoder } from '../records/value-decoder.ts'

const FORMAT = 'debezium-avro-confluent'

/** Reads and writes changes as Flink's format of the same name does. */
export const debeziumAvroFormat: DecodingFormat & EncodingFormat = {
  format: FORMAT,
  options: AVRO_CONFLUENT_OPTIONS,
  framing: 'whole',
  accepts: () => ['append', 'retract'],
  changelogMode: () => 'retract',
  createDecoder,
  prepare: prepareSchemas,
  createEncoder,
}

type Change = readonly [kind: RowKindCode, image: 'before' | 'after']

/** What an operation says of the row. */
const CHANGES: Readonly<Record<string, readonly Change[]>> = {
  c: [[INSERT, 'after']],
  r: [[INSERT, 'after']],
  u: [
    [UPDATE_BEFORE, 'before'],
    [UPDATE_AFTER, 'after'],
  ],
  d: [[DELETE, 'before']],
}

function createDecoder(request: DecodeRequest): ValueDecoder {
  const place = framedPlace(FORMAT, request.place)
  const columns = readsByName(request)
  const width = slotCount(request.reads)
  // Both images lie one behind the other, then the operation and whether the images are there.
  const [op, hasBefore, hasAfter] = [2 * width, 2 * width + 1, 2 * width + 2]
  const reads = new Map<string, RecordReads | ReadTree>([
    ['before', imageReads(columns, 0, hasBefore)],
    ['after', imageReads(columns, width, hasAfter)],
    ['op', { kind: 'whole', slot: op, type: types.string }],
  ])
  const found: unknown[] = new Array(2 * width + 3).fill(null)
  const values: unknown[] = new Array(2 * width).fill(null)
  const kinds: RowKindCode[] = [INSERT, INSERT]
  const input = new AvroInput()
  const take = (): number => {
    const operation = String(found[op])
    const changes = Object.hasOwn(CHANGES, operation) ? CHANGES[operation] : undefined
    if (!changes)
      throw new AvroDataProblem(`"op" is ${JSON.stringify(found[op])}, none of c, r, u, d`)
    for (const [i, [kind, image]] of changes.entries()) {
      const isBefore = image === 'before'
      if (found[isBefore ? hasBefore : hasAfter] !== true)
        throw new AvroDataProblem(
          `"${image}" of "op" ${operation} is missing${isBefore ? ': the database must log whole rows (REPLICA IDENTITY FULL in PostgreSQL)' : ''}`,
        )
      kinds[i] = kind
      const from = isBefore ? 0 : width
      for (let slot = 0; slot < width; slot++) values[i * width + slot] = found[from + slot]
    }
    return changes.length
  }
  return new ValueDecoder(
    new RecordsBySchema(schemaStoreOf(place), {
      width,
      values,
      kinds,
      readerOf(schema) {
        const { read } = generateAvroReader(writerSchemaOf(schema), reads)
        return (bytes, start, end) => {
          input.reset(bytes, start, end)
          read(input, found)
          return take()
        }
      },
      isProblem: error => error instanceof AvroDataProblem || isAvroProblem(error),
    }),
  )
}

/** What is read of the columns, in slots of an image's own. */
function imageReads(columns: FieldReads, offset: number, presence: number): RecordReads {
  return {
    kind: 'fields',
    fields: new Map([...columns].map(([name, tree]) => [name, shifted(tree as ReadTree, offset)])),
    presence,
  }
}

function shifted(tree: ReadTree, offset: number): ReadTree {
  if (tree.kind === 'whole') return { ...tree, slot: tree.slot + offset }
  const fields = [...tree.fields].map(([name, own]) => [name, shifted(own, offset)] as const)
  return { kind: 'fields', fields: new Map(fields) }
}

function createEncoder(
  schema: Schema,
  _options: ReadonlyMap<string, string>,
  at?: FormatPlace,
): RecordEncoder {
  const place = framedPlace(FORMAT, at)
  const image: DataType = types.row(schema.map(({ name, type }) => ({ name, type })))
  const envelope: Schema = [
    { name: 'before', type: image },
    { name: 'after', type: image },
    { name: 'op', type: types.string },
  ]
  const { text, type, name } = tableSchemaOf(envelope, place)
  const write = orSchemaError(place, () => createAvroWriter(type, envelope))
  registrySettingsOf(place)
  subjectOf(place, name)
  return registeredEncoder(
    (out, row, kind) => {
      const isGone = kind === DELETE || kind === UPDATE_BEFORE
      write(out, isGone ? [row, null, 'd'] : [null, row, 'c'])
    },
    ports => agreeOnSchema(place, { type: 'AVRO', text, references: [] }, name, ports),
  )
}
