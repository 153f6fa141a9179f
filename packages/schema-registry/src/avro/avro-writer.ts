// Writes rows as records of an Avro schema: that of the columns, or one that was given.

import {
  type ByteWriter,
  type DataType,
  formatType,
  type Hybrid,
  MillraceError,
  rescaleDecimal,
  type Row,
  type Schema,
  type Value,
} from 'millrace'
import {
  fixedIntegerBytes,
  integerBytes,
  writeBytes,
  writeDouble,
  writeFloat,
  writeLong,
  writeString,
} from './avro-output.ts'
import type { AvroRecord, AvroType } from './avro-schema.ts'
import { ResolutionProblem } from './avro-code.ts'
import { floorDivided, timesFactor } from './scalar-reading.ts'

type Write = (out: ByteWriter, value: Value) => void

/** A value that its schema has no place for. */
export class AvroValueError extends MillraceError {
  constructor(facts: { readonly field: string; readonly reason: string }) {
    super(
      'MR_AVRO_VALUE',
      `A row cannot be written as Avro: column ${facts.field} ${facts.reason}.`,
      {
        remedy: 'Let the query give values that the schema has, or write by another schema.',
      },
    )
  }
}

/** Writes rows of the columns as records. @throws {ResolutionProblem} when columns and fields do not fit */
export function createAvroWriter(
  schema: AvroType,
  columns: Schema,
): (out: ByteWriter, row: Row) => void {
  if (schema.kind !== 'record')
    throw new ResolutionProblem(`it describes no record, but a value of type ${schema.kind}`)
  return recordWriter(schema, columns, '') as (out: ByteWriter, row: Row) => void
}

function recordWriter(
  record: AvroRecord,
  fields: readonly { readonly name: string; readonly type: DataType }[],
  path: string,
): Write {
  const unknown = fields.find(({ name }) => !record.fields.some(f => f.name === name))
  if (unknown) throw new ResolutionProblem(`it has no field for "${path}${unknown.name}"`)
  const places: number[] = []
  const writes: Write[] = []
  for (const { name, type, hasDefault } of record.fields) {
    const place = fields.findIndex(f => f.name === name)
    places.push(place)
    const column = fields[place]
    writes.push(
      column ? writerOf(type, column.type, `${path}${name}`) : absentWriter(type, hasDefault, name),
    )
  }
  return (out, value) => {
    const row = value as Row
    for (let i = 0; i < writes.length; i++)
      (writes[i] as Write)(out, row[places[i] as number] as Value)
  }
}

/** A field that the table does not have: NULL, where the schema lets it be absent. */
function absentWriter(type: AvroType, hasDefault: boolean, name: string): Write {
  const branch = type.kind === 'union' ? type.branches.findIndex(b => b.kind === 'null') : -1
  if (!hasDefault || branch < 0)
    throw new ResolutionProblem(`its field "${name}" is none of the columns and may not be null`)
  return out => writeLong(out, branch)
}

function writerOf(schema: AvroType, type: DataType, path: string): Write {
  if (schema.kind === 'union') return unionWriter(schema.branches, type, path)
  const write = plainWriter(schema, type, path)
  if (!write) throw mismatch(schema, type, path)
  if (!type.nullable) return write
  return (out, value) => {
    if (value === null)
      throw new AvroValueError({ field: `"${path}"`, reason: 'is NULL, which the schema forbids' })
    write(out, value)
  }
}

function unionWriter(branches: readonly AvroType[], type: DataType, path: string): Write {
  const none = branches.findIndex(b => b.kind === 'null')
  let branch = -1
  let write: Write | undefined
  for (const [i, one] of branches.entries())
    if (!write && one.kind !== 'null') {
      write = plainWriter(one, type, path)
      branch = i
    }
  if (!write) throw mismatch({ kind: 'union', branches }, type, path)
  const chosen = write
  return (out, value) => {
    if (value !== null) {
      writeLong(out, branch)
      chosen(out, value)
    } else if (none >= 0) writeLong(out, none)
    else
      throw new AvroValueError({ field: `"${path}"`, reason: 'is NULL, which the schema forbids' })
  }
}

const mismatch = (schema: AvroType, type: DataType, path: string): ResolutionProblem =>
  new ResolutionProblem(`field "${path}" of type ${schema.kind} cannot hold ${formatType(type)}`)

/** Of values that are not NULL; undefined where there is no way. */
function plainWriter(schema: AvroType, type: DataType, path: string): Write | undefined {
  switch (type.kind) {
    case 'boolean':
      return schema.kind === 'boolean' ? (out, v) => out.byte(v === true ? 1 : 0) : undefined
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
      return integerWriter(schema, type.kind === 'bigint')
    case 'float':
      if (schema.kind === 'float') return (out, v) => writeFloat(out, v as number)
      return schema.kind === 'double' ? (out, v) => writeDouble(out, v as number) : undefined
    case 'double':
      return schema.kind === 'double' ? (out, v) => writeDouble(out, v as number) : undefined
    case 'char':
    case 'varchar':
      if (schema.kind === 'string' || schema.kind === 'bytes')
        return (out, v) => writeString(out, v as string)
      return schema.kind === 'enum' ? enumWriter(schema.symbols, path) : undefined
    case 'binary':
    case 'varbinary':
      if (schema.kind === 'bytes') return (out, v) => writeBytes(out, v as Uint8Array)
      return schema.kind === 'fixed' ? fixedWriter(schema.size, path) : undefined
    case 'decimal':
      return decimalWriter(schema, type.scale, path)
    case 'date':
      return schema.kind === 'int' ? (out, v) => writeLong(out, v as number) : undefined
    case 'time':
      if (schema.kind === 'int') return (out, v) => writeLong(out, v as number)
      return schema.kind === 'long' ? (out, v) => writeLong(out, (v as number) * 1000) : undefined
    case 'timestamp':
    case 'timestamp_ltz':
      return schema.kind === 'long' ? timestampWriter(schema, type.precision) : undefined
    case 'array':
      return schema.kind === 'array'
        ? arrayWriter(writerOf(schema.items, type.element, path))
        : undefined
    case 'map':
      return schema.kind === 'map'
        ? mapWriter(writerOf(schema.values, type.value, path), path)
        : undefined
    case 'multiset':
      return schema.kind === 'map'
        ? mapWriter(writerOf(schema.values, { kind: 'int', nullable: false }, path), path)
        : undefined
    case 'row':
      return schema.kind === 'record' ? recordWriter(schema, type.fields, `${path}.`) : undefined
    default:
      return undefined
  }
}

function integerWriter({ kind }: AvroType, isLong: boolean): Write | undefined {
  if (kind === 'long' || (kind === 'int' && !isLong)) return (out, v) => writeLong(out, v as Hybrid)
  if (kind === 'double') return (out, v) => writeDouble(out, Number(v))
  return undefined
}

function enumWriter(symbols: readonly string[], path: string): Write {
  const indexes = new Map(symbols.map((symbol, i) => [symbol, i]))
  return (out, value) => {
    const index = indexes.get(value as string)
    if (index === undefined)
      throw new AvroValueError({
        field: `"${path}"`,
        reason: `is ${JSON.stringify(value)}, none of ${symbols.join(', ')}`,
      })
    writeLong(out, index)
  }
}

function fixedWriter(size: number, path: string): Write {
  return (out, value) => {
    const bytes = value as Uint8Array
    if (bytes.length !== size)
      throw new AvroValueError({
        field: `"${path}"`,
        reason: `has ${bytes.length} bytes, the schema ${size}`,
      })
    out.append(bytes)
  }
}

function decimalWriter(schema: AvroType, scale: number, path: string): Write | undefined {
  if ((schema.kind !== 'bytes' && schema.kind !== 'fixed') || schema.logical?.kind !== 'decimal')
    return undefined
  const { precision, scale: to } = schema.logical
  const size = schema.kind === 'fixed' ? schema.size : undefined
  return (out, value) => {
    const unscaled = rescaleDecimal(value as Hybrid, scale, precision, to)
    const bytes =
      unscaled === null
        ? undefined
        : size === undefined
          ? integerBytes(unscaled)
          : fixedIntegerBytes(unscaled, size)
    if (!bytes)
      throw new AvroValueError({
        field: `"${path}"`,
        reason: `does not fit into decimal(${precision}, ${to})`,
      })
    if (size === undefined) writeBytes(out, bytes)
    else out.append(bytes)
  }
}

function timestampWriter(schema: AvroType & { kind: 'long' }, precision: number): Write {
  const from = precision <= 3 ? 3 : precision <= 6 ? 6 : 9
  const to = schema.logical?.kind === 'timestamp' ? schema.logical.digits : from
  const factor = 10 ** Math.abs(to - from)
  if (to === from) return (out, v) => writeLong(out, v as Hybrid)
  if (to > from) return (out, v) => writeLong(out, timesFactor(v as Hybrid, factor))
  return (out, v) => writeLong(out, floorDivided(v as Hybrid, factor))
}

function arrayWriter(write: Write): Write {
  return (out, value) => {
    const items = value as readonly Value[]
    if (items.length > 0) {
      writeLong(out, items.length)
      for (const item of items) write(out, item)
    }
    out.byte(0)
  }
}

function mapWriter(write: Write, path: string): Write {
  return (out, value) => {
    const map = value as ReadonlyMap<Value, Value>
    if (map.size > 0) {
      writeLong(out, map.size)
      for (const [key, item] of map) {
        if (typeof key !== 'string')
          throw new AvroValueError({ field: `"${path}"`, reason: 'has a NULL key' })
        writeString(out, key)
        write(out, item)
      }
    }
    out.byte(0)
  }
}
