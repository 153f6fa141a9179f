// The Avro schema by which a table is written: of its columns, or the one that it names.

import type { FormatPlace, OptionSchema, Schema } from 'millrace'
import { SchemaError } from '../client/registry-errors.ts'
import { formatOption } from '../client/registry-settings.ts'
import { ResolutionProblem } from './avro-code.ts'
import { AvroSchemaProblem, type AvroType, parseAvroSchema } from './avro-schema.ts'
import { avroSchemaOf, NoAvroTypeProblem } from './schema-of-columns.ts'

export const TIMESTAMP_OPTION: OptionSchema[number] = {
  name: 'timestamp_mapping.legacy',
  type: 'boolean',
  default: 'true',
  description:
    'TIMESTAMP is written as `timestamp-…`, as Flink had it first; `false`: as `local-timestamp-…`. TIMESTAMP_LTZ is `timestamp-…` either way.',
}

export interface TableSchema {
  readonly text: string
  readonly type: AvroType
  /** Full name of the record. */
  readonly name: string
}

/** @throws {SchemaError} */
export function tableSchemaOf(columns: Schema, place: FormatPlace): TableSchema {
  return orSchemaError(place, () => {
    const isLegacyTimestamp =
      formatOption(place, 'timestamp_mapping.legacy')?.toLowerCase() !== 'false'
    const text = formatOption(place, 'schema') ?? avroSchemaOf(columns, { isLegacyTimestamp })
    const type = parseAvroSchema(text)
    return { text, type, name: type.kind === 'record' ? type.name : type.kind }
  })
}

/** What is wrong with a schema, as an error of the table. */
export function orSchemaError<T>({ table }: FormatPlace, make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (!isAvroProblem(error)) throw error
    throw new SchemaError({ table: table.name, reason: (error as Error).message, cause: error })
  }
}

export const isAvroProblem = (error: unknown): boolean =>
  error instanceof AvroSchemaProblem ||
  error instanceof ResolutionProblem ||
  error instanceof NoAvroTypeProblem
