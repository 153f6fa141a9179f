// Rows on their way between threads, as bytes.
//
//     batch = entry*
//     entry = 0x00 f64 watermark             the sender's watermark has moved
//           | 0x01 u8 kind, row              a change; judged by the watermarks before it

import type { ValueCodec } from '../../state/value-codec.ts'
import { BinaryReader } from '../../state/binary-reader.ts'
import { BinaryWriter } from '../../state/binary-writer.ts'
import type { Row, RowKindCode, Value } from '../../types/value.ts'
import { MIN_WATERMARK } from '../../types/value.ts'

const WATERMARK = 0
const CHANGE = 1

export class RowStreamWriter {
  readonly #codec: ValueCodec
  readonly #out = new BinaryWriter(1 << 16)
  #watermark = MIN_WATERMARK

  constructor(codec: ValueCodec) {
    this.#codec = codec
  }

  get byteLength(): number {
    return this.#out.length
  }

  watermark(watermark: number): void {
    if (watermark <= this.#watermark) return
    this.#watermark = watermark
    this.#out.u8(WATERMARK)
    this.#out.f64(watermark)
  }

  change(kind: RowKindCode, row: Row): void {
    this.#out.u8(CHANGE)
    this.#out.u8(kind)
    this.#codec.write(this.#out, row as Value)
  }

  take(): Uint8Array {
    return this.#out.take()
  }
}

/** Calls back for each entry of a batch, in order. */
export function readRowStream(
  bytes: Uint8Array,
  codec: ValueCodec,
  onWatermark: (watermark: number) => void,
  onChange: (kind: RowKindCode, row: Row) => void,
): void {
  const reader = new BinaryReader(bytes)
  while (reader.remaining > 0)
    if (reader.u8() === WATERMARK) onWatermark(reader.f64())
    else {
      const kind = reader.u8() as RowKindCode
      onChange(kind, codec.read(reader) as Row)
    }
}
