// Scalars of Protocol Buffers and values of SQL: how each is read and written.

import type { ByteWriter, DataType, Hybrid, Value } from 'millrace'
import { writeDouble, writeFloat } from '../avro/avro-output.ts'
import type { ProtoInput } from './proto-input.ts'

export interface ProtoScalar {
  readonly wire: 0 | 1 | 2 | 5
  /** What a field without presence is when it is absent. */
  readonly zero: Value
  read(input: ProtoInput): Value
  write(out: ByteWriter, value: Value): void
}

const INTEGERS = new Set(['tinyint', 'smallint', 'int', 'bigint'])

/** Undefined where the column cannot hold the field. */
export function protoScalar(type: string, column: DataType): ProtoScalar | undefined {
  const { kind } = column
  switch (type) {
    case 'bool':
      if (kind !== 'boolean') return undefined
      return scalar(
        0,
        false,
        i => i.varint32() !== 0,
        (o, v) => writeVarint(o, v === true ? 1 : 0),
      )
    case 'int32':
      if (!INTEGERS.has(kind)) return undefined
      return scalar(
        0,
        0,
        i => i.varint32() | 0,
        (o, v) => writeVarint(o, v as Hybrid),
      )
    case 'uint32':
      if (!INTEGERS.has(kind)) return undefined
      return scalar(
        0,
        0,
        kind === 'bigint' ? i => i.varint32() >>> 0 : i => i.varint32() | 0,
        (o, v) => writeVarint(o, Number(v) >>> 0),
      )
    case 'sint32':
      if (!INTEGERS.has(kind)) return undefined
      return scalar(
        0,
        0,
        i => i.zigzag32(),
        (o, v) => {
          const n = Number(v) | 0
          writeVarint(o, ((n << 1) ^ (n >> 31)) >>> 0)
        },
      )
    case 'fixed32':
    case 'sfixed32':
      if (!INTEGERS.has(kind)) return undefined
      return scalar(
        5,
        0,
        type === 'fixed32' && kind === 'bigint' ? i => i.fixed32() >>> 0 : i => i.fixed32(),
        (o, v) => writeFixed32(o, Number(v)),
      )
    case 'int64':
    case 'uint64':
      if (kind !== 'bigint') return undefined
      return scalar(
        0,
        0,
        i => i.varint64(),
        (o, v) => writeVarint(o, v as Hybrid),
      )
    case 'sint64':
      if (kind !== 'bigint') return undefined
      return scalar(
        0,
        0,
        i => i.zigzag64(),
        (o, v) => {
          const n = BigInt(v as Hybrid)
          writeVarint(o, BigInt.asUintN(64, (n << 1n) ^ (n >> 63n)))
        },
      )
    case 'fixed64':
    case 'sfixed64':
      if (kind !== 'bigint') return undefined
      return scalar(
        1,
        0,
        i => i.fixed64(),
        (o, v) => writeFixed64(o, BigInt(v as Hybrid)),
      )
    case 'float':
      if (kind !== 'float' && kind !== 'double') return undefined
      return scalar(
        5,
        0,
        i => i.float(),
        (o, v) => writeFloat(o, v as number),
      )
    case 'double':
      if (kind !== 'double') return undefined
      return scalar(
        1,
        0,
        i => i.double(),
        (o, v) => writeDouble(o, v as number),
      )
    case 'string':
      if (kind !== 'varchar' && kind !== 'char') return undefined
      return scalar(
        2,
        '',
        i => i.string(),
        (o, v) => writeSized(o, Buffer.from(v as string)),
      )
    case 'bytes':
      if (kind !== 'varbinary' && kind !== 'binary') return undefined
      return scalar(
        2,
        new Uint8Array(),
        i => i.bytes(),
        (o, v) => writeSized(o, v as Uint8Array),
      )
    default:
      return undefined
  }
}

/** An enum is its name, or its number. */
export function protoEnum(
  numbers: Readonly<Record<string, number>>,
  names: Readonly<Record<number, string>>,
  column: DataType,
  unknown: (value: Value) => never,
): ProtoScalar | undefined {
  const { kind } = column
  if (INTEGERS.has(kind))
    return scalar(
      0,
      0,
      i => i.varint32() | 0,
      (o, v) => writeVarint(o, v as Hybrid),
    )
  if (kind !== 'varchar' && kind !== 'char') return undefined
  const nameOf = (number: number): string => names[number] ?? String(number)
  return scalar(
    0,
    nameOf(0),
    i => nameOf(i.varint32() | 0),
    (o, v) => {
      const name = v as string
      writeVarint(o, Object.hasOwn(numbers, name) ? (numbers[name] as number) : unknown(v))
    },
  )
}

const scalar = (
  wire: ProtoScalar['wire'],
  zero: Value,
  read: ProtoScalar['read'],
  write: ProtoScalar['write'],
): ProtoScalar => ({ wire, zero, read, write })

/** Negative integers take ten bytes, as those of 64 bits. */
export function writeVarint(out: ByteWriter, value: Hybrid): void {
  if (typeof value === 'number' && value >= 0) {
    let n = value
    while (n > 127) {
      out.byte((n % 128) | 128)
      n = Math.floor(n / 128)
    }
    out.byte(n)
    return
  }
  let n = BigInt.asUintN(64, BigInt(value))
  while (n > 127n) {
    out.byte(Number(n & 127n) | 128)
    n >>= 7n
  }
  out.byte(Number(n))
}

export function writeSized(out: ByteWriter, bytes: Uint8Array): void {
  writeVarint(out, bytes.length)
  out.append(bytes)
}

const scratch = new DataView(new ArrayBuffer(8))
const scratchBytes = new Uint8Array(scratch.buffer)

function writeFixed32(out: ByteWriter, value: number): void {
  scratch.setInt32(0, value | 0, true)
  out.append(scratchBytes.subarray(0, 4))
}

function writeFixed64(out: ByteWriter, value: bigint): void {
  scratch.setBigInt64(0, value, true)
  out.append(scratchBytes)
}
