// What is before the values of records whose schema is in a registry, and how it comes there.

import type { ByteWriter, RecordEncoder, Row, RowKindCode, RuntimePorts } from 'millrace'
import { HEADER_BYTES } from './schema-store.ts'

function writeHeader(out: ByteWriter, id: number): void {
  out.reserve(HEADER_BYTES)
  const { bytes, length } = out
  bytes[length] = 0
  bytes[length + 1] = id >>> 24
  bytes[length + 2] = id >>> 16
  bytes[length + 3] = id >>> 8
  bytes[length + 4] = id
  out.length += HEADER_BYTES
}

/** Puts the id before what is written, once it is agreed on. */
export function registeredEncoder(
  write: (out: ByteWriter, row: Row, kind: RowKindCode) => void,
  agree: (ports: RuntimePorts) => Promise<number>,
): RecordEncoder {
  let id = -1
  const encode: RecordEncoder = (out, kind, row) => {
    writeHeader(out, id)
    write(out, row, kind)
  }
  encode.open = async ports => {
    id = await agree(ports)
  }
  return encode
}
