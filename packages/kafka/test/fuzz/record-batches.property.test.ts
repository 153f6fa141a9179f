// Bytes that are no record batches, or damaged ones: always an error with its place, or what still makes sense; never anything else.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { PartitionQueue } from '../../src/client/partition-queue.ts'
import { MalformedBatchError } from '../../src/kafka-errors.ts'
import { AbortFilter } from '../../src/records/abort-filter.ts'
import { BatchWalker } from '../../src/records/batch-walker.ts'
import { BatchWriter, stampBatch } from '../../src/records/batch-writer.ts'
import { type Compression, COMPRESSIONS } from '../../src/records/compression.ts'
import { readHeaders } from '../../src/records/read-headers.ts'
import { RecordFrames } from '../../src/records/record-frames.ts'

const place = { topic: 'clicks', partition: 3 }
const RUNS = { numRuns: 1_500 }
/** Their decoders keep the memory of what they could not decode, and become slower by it. */
const IN_WASM = ['snappy', 'lz4'] as const
const OTHERS = COMPRESSIONS.filter(c => c !== 'snappy' && c !== 'lz4')
const encoder = new TextEncoder()

const batchOf = (compressions: readonly Compression[]) =>
  fc
    .record({
      compression: fc.constantFrom(...compressions),
      values: fc.array(fc.option(fc.string()), { minLength: 1, maxLength: 20 }),
      headers: fc.array(fc.tuple(fc.string(), fc.option(fc.string())), { maxLength: 3 }),
      isTransactional: fc.boolean(),
    })
    .map(({ compression, values, headers, isTransactional }) => {
      const writer = new BatchWriter()
      for (const [i, value] of values.entries())
        writer.append(
          encoder.encode(`k${i}`),
          value === null ? undefined : encoder.encode(value),
          1_000 + i,
          headers.map(([n, v]) => [encoder.encode(n), v === null ? null : encoder.encode(v)]),
        )
      return stampBatch(writer.finish(compression), {
        id: 7n,
        epoch: 0,
        sequence: 0,
        isTransactional,
      })
    })

const batch = batchOf(OTHERS)

/** Some bits of some batches are others; sealed anew, so that the checksum does not tell. */
const damagedOf = (compressions: readonly Compression[]) =>
  fc
    .record({
      batches: fc.array(batchOf(compressions), { minLength: 1, maxLength: 3 }),
      flips: fc.array(fc.tuple(fc.nat(), fc.nat({ max: 7 })), { minLength: 1, maxLength: 6 }),
      cut: fc.option(fc.nat()),
      isSealed: fc.boolean(),
    })
    .map(({ batches, flips, cut, isSealed }) => {
      const bytes = Buffer.concat(batches)
      for (const [at, bit] of flips) bytes[at % bytes.length]! ^= 1 << bit
      if (isSealed) seal(bytes)
      return cut === null ? bytes : bytes.subarray(0, cut % (bytes.length + 1))
    })

const damaged = damagedOf(OTHERS)

/** Gives the first batch the checksum that it should have, if it is one at all. */
function seal(bytes: Buffer): void {
  const end = 12 + bytes.readInt32BE(8)
  if (end < 61 || end > bytes.length) return
  const [id, epoch, sequence] = [
    bytes.readBigInt64BE(43),
    bytes.readInt16BE(51),
    bytes.readInt32BE(53),
  ]
  const isTransactional = (bytes.readInt16BE(21) & 0x10) !== 0
  stampBatch(bytes.subarray(0, end), { id, epoch, sequence, isTransactional })
}

function walk(bytes: Uint8Array, verifiesCrc: boolean, isCommittedOnly: boolean): void {
  const aborts = isCommittedOnly ? new AbortFilter() : undefined
  aborts?.begin([{ producerId: 7n, firstOffset: 3 }])
  const walker = new BatchWalker(bytes, 0, bytes.length, 0, {
    place,
    aborts,
    verifiesCrc,
    maxBatchBytes: 1 << 20,
  })
  const frames = new RecordFrames()
  let from = 0
  try {
    for (let buffer = walker.next(frames); buffer; buffer = walker.next(frames)) {
      expect(walker.nextOffset).toBeGreaterThanOrEqual(from)
      from = walker.nextOffset
      for (let i = 0; i < frames.count; i++) {
        for (const [starts, ends] of [
          [frames.keyStarts, frames.keyEnds],
          [frames.valueStarts, frames.valueEnds],
        ] as const) {
          const [start, end] = [starts[i] as number, ends[i] as number]
          if (start >= 0 && !(start <= end && end <= buffer.length))
            throw new Error(`record ${i} lies at ${start} to ${end} of ${buffer.length}`)
        }
        readHeaders(buffer, frames.headerStarts[i] as number)
      }
    }
  } catch (error) {
    if (!(error instanceof MalformedBatchError)) throw error
    expect(error.message).toMatch(/offset -?\d+ of clicks-3 cannot be read: ./)
  }
}

it('headers whose names have lengths below zero come to an end', () => {
  // Two headers; the length of the first name is -2.
  expect([...readHeaders(new Uint8Array([4, 3, 65, 66]), 0).keys()]).toEqual([''])
})

it('batches that are damaged are read, or refused with their place', () => {
  fc.assert(fc.property(damaged, fc.boolean(), fc.boolean(), walk), RUNS)
})

it.each(IN_WASM)('batches in %s that are damaged, too', compression => {
  fc.assert(fc.property(damagedOf([compression]), fc.boolean(), fc.boolean(), walk), {
    numRuns: 150,
  })
})

it('bytes that are nothing are refused with their place', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), fc.boolean(), walk), RUNS)
})

it('a flipped bit behind the header of a checksum is always noticed', () => {
  fc.assert(
    fc.property(batch, fc.nat(), fc.nat({ max: 7 }), (bytes, at, bit) => {
      bytes[17 + (at % (bytes.length - 17))]! ^= 1 << bit
      const settings = { place, verifiesCrc: true, maxBatchBytes: 1 << 20 }
      const walker = new BatchWalker(bytes, 0, bytes.length, 0, settings)
      expect(() => walker.next(new RecordFrames())).toThrow(MalformedBatchError)
    }),
    RUNS,
  )
})

it('what is fetched is cut into whole batches, whatever it is', () => {
  fc.assert(
    fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 400 })), bytes => {
      const queue = new PartitionQueue(place, 0, '', () => {})
      queue.put(
        {
          ...place,
          errorCode: 0,
          highWatermark: 9,
          lastStableOffset: 9,
          logStartOffset: 0,
          aborted: [],
          divergesAt: undefined,
          preferredReplica: -1,
          bytes,
          start: 0,
          end: bytes.length,
        },
        0,
        1,
      )
      expect(queue.bufferedBytes).toBeLessThanOrEqual(bytes.length)
      expect(queue.fetchOffset).toBeGreaterThanOrEqual(0)
      expect(queue.take()?.end ?? 0).toBeLessThanOrEqual(bytes.length)
    }),
    RUNS,
  )
})
