// Fields of messages and columns: what reads the one into the other, and what writes it back.

import protobuf from 'protobufjs'
import {
  ByteWriter,
  type DataType,
  formatType,
  type Hybrid,
  MillraceError,
  type Row,
  type RowField,
  type Value,
} from 'millrace'
import { floorDivided, timesFactor } from '../avro/scalar-reading.ts'
import { ProtoFileProblem } from './proto-file.ts'
import { ProtoDataProblem, type ProtoInput } from './proto-input.ts'
import {
  type ProtoScalar,
  protoEnum,
  protoScalar,
  writeSized,
  writeVarint,
} from './proto-scalars.ts'

/** A value that its message has no place for. */
export class ProtoValueError extends MillraceError {
  constructor(facts: { readonly field: string; readonly reason: string }) {
    super(
      'MR_PROTOBUF_VALUE',
      `A row cannot be written as a message: field "${facts.field}" ${facts.reason}.`,
      {
        remedy: 'Let the query give values that the message has, or write another message.',
      },
    )
  }
}

/** A field as a column has it. */
export interface ProtoField {
  /** Of the tag, without the wire type. */
  readonly id: number
  /** A fresh value of a record without the field. */
  absent(): Value
  /** Reads a value of a wire type into what the record has of the field so far. */
  read(input: ProtoInput, wire: number, before: Value): Value
  /** Writes tag and value; nothing for NULL, nor for what an absent field is. */
  write(out: ByteWriter, value: Value): void
}

/** @throws {ProtoFileProblem} where the column cannot hold the field */
export function protoField(field: protobuf.Field, type: DataType): ProtoField {
  if (field instanceof protobuf.MapField) return mapField(field, type)
  if (field.repeated) return repeatedField(field, type)
  const scalar = elementOf(field, type)
  if (!scalar) throw mismatch(field, type)
  const { id } = field
  const hasPresence = field.hasPresence || field.partOf != null || scalar.zero === null
  const absent = (): Value => (hasPresence ? null : scalar.zero)
  return {
    id,
    absent,
    read(input, wire, before) {
      if (wire === scalar.wire) return scalar.read(input)
      input.skip(wire)
      return before
    },
    write(out, value) {
      if (value === null || (!hasPresence && isZero(value))) return
      writeVarint(out, id * 8 + scalar.wire)
      scalar.write(out, value)
    },
  }
}

const isZero = (value: Value): boolean =>
  value === 0 ||
  value === '' ||
  value === false ||
  (value instanceof Uint8Array && value.length === 0)

const mismatch = (field: protobuf.FieldBase, type: DataType): ProtoFileProblem =>
  new ProtoFileProblem(
    `field "${field.name}" of type ${field.repeated ? 'repeated ' : ''}${field.type} cannot be ${formatType(type)}`,
  )

function repeatedField(field: protobuf.Field, type: DataType): ProtoField {
  const element = type.kind === 'array' ? elementOf(field, type.element) : undefined
  if (!element) throw mismatch(field, type)
  const { id, packed } = field
  const own = new ByteWriter()
  return {
    id,
    absent: () => [],
    read(input, wire, before) {
      const items = before as Value[]
      if (wire === 2 && element.wire !== 2)
        for (const end = input.length(); input.at < end; ) items.push(element.read(input))
      else if (wire === element.wire) items.push(element.read(input))
      else input.skip(wire)
      return items
    },
    write(out, value) {
      const items = (value ?? []) as readonly Value[]
      if (items.includes(null))
        throw new ProtoValueError({ field: field.name, reason: 'has a NULL element' })
      if (packed && element.wire !== 2) {
        if (items.length === 0) return
        own.length = 0
        for (const item of items) element.write(own, item)
        writeVarint(out, id * 8 + 2)
        writeSized(out, own.bytes.subarray(0, own.length))
      } else
        for (const item of items) {
          writeVarint(out, id * 8 + element.wire)
          element.write(out, item)
        }
    },
  }
}

function mapField(field: protobuf.MapField, type: DataType): ProtoField {
  const key = type.kind === 'map' ? protoScalar(field.keyType, type.key) : undefined
  const item = type.kind === 'map' ? elementOf(field, type.value) : undefined
  if (!key || !item) throw mismatch(field, type)
  const { id } = field
  const own = new ByteWriter()
  return {
    id,
    absent: () => new Map(),
    read(input, wire, before) {
      if (wire !== 2) {
        input.skip(wire)
        return before
      }
      let [name, value] = [key.zero, item.zero]
      for (const end = input.length(); input.at < end; ) {
        const tag = input.varint32()
        if (tag === 8 + key.wire) name = key.read(input)
        else if (tag === 16 + item.wire) value = item.read(input)
        else input.skip(tag & 7)
      }
      ;(before as Map<Value, Value>).set(name, value)
      return before
    },
    write(out, value) {
      for (const [name, one] of (value ?? new Map()) as ReadonlyMap<Value, Value>) {
        if (name === null || one === null)
          throw new ProtoValueError({ field: field.name, reason: 'has a NULL key or value' })
        own.length = 0
        own.byte(8 + key.wire)
        key.write(own, name)
        own.byte(16 + item.wire)
        item.write(own, one)
        const entry = own.bytes.slice(0, own.length)
        writeVarint(out, id * 8 + 2)
        writeSized(out, entry)
      }
    },
  }
}

/** One value of a field: a scalar, an enum, a message. */
function elementOf(field: protobuf.FieldBase, type: DataType): ProtoScalar | undefined {
  const { resolvedType } = field
  if (resolvedType instanceof protobuf.Enum)
    return protoEnum(resolvedType.values, resolvedType.valuesById, type, value => {
      throw new ProtoValueError({
        field: field.name,
        reason: `is ${JSON.stringify(value)}, none of ${Object.keys(resolvedType.values).join(', ')}`,
      })
    })
  if (!(resolvedType instanceof protobuf.Type)) return protoScalar(field.type, type)
  if (type.kind === 'row') return rowElement(resolvedType, type.fields)
  const name = resolvedType.fullName
  if (
    name === '.google.protobuf.Timestamp' &&
    (type.kind === 'timestamp' || type.kind === 'timestamp_ltz')
  )
    return timestampElement(resolvedType, type.precision)
  const value = /^\.google\.protobuf\.\w+Value$/.test(name)
    ? resolvedType.fields['value']
    : undefined
  return value && wrapperElement(resolvedType, value.name, type)
}

function rowElement(message: protobuf.Type, fields: readonly RowField[]): ProtoScalar {
  const codec = messageCodec(message, fields)
  const own = new ByteWriter()
  return {
    wire: 2,
    zero: null,
    read: input => codec.read(input, input.length()),
    write(out, value) {
      // A message may hold itself no deeper than its columns do: each level has a buffer of its own.
      own.length = 0
      codec.write(own, value as Row)
      writeSized(out, own.bytes.subarray(0, own.length))
    },
  }
}

function wrapperElement(message: protobuf.Type, name: string, type: DataType): ProtoScalar {
  const row = rowElement(message, [{ name, type }])
  return {
    ...row,
    read: input => (row.read(input) as Row)[0] as Value,
    write: (out, value) => row.write(out, [value]),
  }
}

const NANOS = 1_000_000_000

function timestampElement(message: protobuf.Type, precision: number): ProtoScalar {
  const row = rowElement(message, [
    { name: 'seconds', type: { kind: 'bigint', nullable: false } },
    { name: 'nanos', type: { kind: 'int', nullable: false } },
  ])
  const unit = precision <= 3 ? 1_000 : precision <= 6 ? 1_000_000 : NANOS
  return {
    ...row,
    read(input) {
      const [seconds, nanos] = row.read(input) as [Hybrid, number]
      const rest = Math.floor(nanos / (NANOS / unit))
      if (unit === NANOS) {
        const whole = timesFactor(seconds, NANOS)
        return timesFactor(typeof whole === 'number' ? whole + rest : whole + BigInt(rest), 1)
      }
      return Number(seconds) * unit + rest
    },
    write(out, value) {
      const seconds = floorDivided(value as Hybrid, unit)
      const rest = Number(BigInt(value as Hybrid) - BigInt(seconds) * BigInt(unit))
      row.write(out, [seconds, rest * (NANOS / unit)])
    },
  }
}

export interface MessageCodec {
  read(input: ProtoInput, end: number): Row
  write(out: ByteWriter, row: Row): void
}

/** Reads and writes messages as rows of their fields. @throws {ProtoFileProblem} */
export function messageCodec(message: protobuf.Type, fields: readonly RowField[]): MessageCodec {
  const own = fields.map(({ name, type }) => {
    const field = message.fields[name]
    if (!field) throw new ProtoFileProblem(`message "${message.name}" has no field "${name}"`)
    return protoField(field.resolve(), type)
  })
  const places = new Map(own.map(({ id }, place) => [id, place]))
  const required = fields.flatMap(({ type }, place) => (type.nullable ? [] : [place]))
  return {
    read(input, end) {
      const row = own.map(field => field.absent())
      while (input.at < end) {
        const tag = input.varint32()
        const place = places.get(tag >>> 3)
        if (place === undefined) input.skip(tag & 7)
        else row[place] = (own[place] as ProtoField).read(input, tag & 7, row[place] as Value)
      }
      if (input.at > end) throw new ProtoDataProblem('a message ends in the middle of a value')
      for (const place of required)
        if (row[place] === null)
          throw new ProtoDataProblem(
            `it has no "${fields[place]?.name}", and the column is NOT NULL`,
          )
      return row
    },
    write(out, row) {
      for (let i = 0; i < own.length; i++) (own[i] as ProtoField).write(out, row[i] as Value)
    },
  }
}
