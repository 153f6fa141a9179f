// The Avro schema of a table's columns, as Flink derives it.

import { type DataType, formatType, type Schema } from 'millrace'

/** A type that Avro has no place for. */
export class NoAvroTypeProblem extends Error {
  override readonly name = 'NoAvroTypeProblem'
}

export interface ColumnsSchemaOptions {
  /** Both kinds of timestamps are `timestamp-…`, as Flink had it first; else TIMESTAMP is `local-timestamp-…`. */
  readonly isLegacyTimestamp: boolean
}

type Json = string | readonly Json[] | { readonly [name: string]: unknown }

/** The full name that Flink gives to the records of tables. */
export const RECORD_NAME = 'org.apache.flink.avro.generated.record'

/** A record of the columns. @throws {NoAvroTypeProblem} */
export function avroSchemaOf(schema: Schema, options: ColumnsSchemaOptions): string {
  return JSON.stringify(recordOf(schema, RECORD_NAME, options))
}

function recordOf(
  fields: readonly { readonly name: string; readonly type: DataType }[],
  fullName: string,
  options: ColumnsSchemaOptions,
): Json {
  const dot = fullName.lastIndexOf('.')
  return {
    type: 'record',
    name: fullName.slice(dot + 1),
    namespace: fullName.slice(0, dot),
    fields: fields.map(({ name, type }) => ({
      name: checkedName(name),
      type: typeOf(type, `${fullName}_${name}`, options),
      ...(type.nullable && { default: null }),
    })),
  }
}

const checkedName = (name: string): string => {
  if (/^[A-Za-z_]\w*$/.test(name)) return name
  throw new NoAvroTypeProblem(`"${name}" is no name in Avro, which has letters, digits and _`)
}

function typeOf(type: DataType, name: string, options: ColumnsSchemaOptions): Json {
  const plain = plainTypeOf(type, name, options)
  return type.nullable && plain !== 'null' ? ['null', plain] : plain
}

function plainTypeOf(type: DataType, name: string, options: ColumnsSchemaOptions): Json {
  switch (type.kind) {
    case 'null':
    case 'boolean':
    case 'float':
    case 'double':
    case 'int':
      return type.kind
    case 'tinyint':
    case 'smallint':
      return 'int'
    case 'bigint':
      return 'long'
    case 'char':
    case 'varchar':
      return 'string'
    case 'binary':
    case 'varbinary':
      return 'bytes'
    case 'decimal':
      return {
        type: 'bytes',
        logicalType: 'decimal',
        precision: type.precision,
        scale: type.scale,
      }
    case 'date':
      return { type: 'int', logicalType: 'date' }
    case 'time':
      return { type: 'int', logicalType: 'time-millis' }
    case 'timestamp':
    case 'timestamp_ltz': {
      if (type.precision > 6) break
      const unit = type.precision <= 3 ? 'millis' : 'micros'
      const isLocal = type.kind === 'timestamp' && !options.isLegacyTimestamp
      return { type: 'long', logicalType: `${isLocal ? 'local-' : ''}timestamp-${unit}` }
    }
    case 'array':
      return { type: 'array', items: typeOf(type.element, name, options) }
    case 'map':
      if (type.key.kind !== 'varchar' && type.key.kind !== 'char') break
      return { type: 'map', values: typeOf(type.value, name, options) }
    case 'multiset':
      if (type.element.kind !== 'varchar' && type.element.kind !== 'char') break
      return { type: 'map', values: 'int' }
    case 'row':
      return recordOf(type.fields, name, options)
    default:
  }
  throw new NoAvroTypeProblem(`Avro has no type for ${formatType(type)}`)
}
