// Compression of record batches, both ways, with a bound on what comes out.

import zlib from 'node:zlib'
import { compressionsAlgorithms } from '@platformatic/kafka'

export type Compression = 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd'

/** By the lowest three bits of a batch's attributes. */
export const COMPRESSIONS: readonly Compression[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd']

export function compress(bytes: Uint8Array, compression: Compression): Uint8Array {
  switch (compression) {
    case 'none':
      return bytes
    case 'gzip':
      return zlib.gzipSync(bytes)
    case 'zstd':
      return zlib.zstdCompressSync(bytes)
    case 'snappy':
    case 'lz4':
      return compressionsAlgorithms[compression].compressSync(asBuffer(bytes))
  }
}

/** @throws what the library throws on malformed input, or a RangeError when more than `maxBytes` would come out */
export function decompress(
  bytes: Uint8Array,
  compression: Compression,
  maxBytes: number,
): Uint8Array {
  switch (compression) {
    case 'none':
      return bytes
    case 'gzip':
      return zlib.gunzipSync(bytes, { maxOutputLength: maxBytes })
    case 'zstd':
      return zlib.zstdDecompressSync(bytes, { maxOutputLength: maxBytes })
    case 'snappy':
    case 'lz4': {
      const plain = compressionsAlgorithms[compression].decompressSync(asBuffer(bytes))
      if (plain.length > maxBytes)
        throw new RangeError(`more than ${maxBytes} bytes come out of it`)
      return plain
    }
  }
}

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
