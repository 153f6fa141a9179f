// Record batches as bytes: what is written is read again, and damage is told.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MalformedBatchError } from '../../src/kafka-errors.ts'
import { AbortFilter } from '../../src/records/abort-filter.ts'
import { BatchWalker, type WalkSettings } from '../../src/records/batch-walker.ts'
import { BatchWriter, type RecordHeader, stampBatch } from '../../src/records/batch-writer.ts'
import { COMPRESSIONS } from '../../src/records/compression.ts'
import { murmur2, partitionOf } from '../../src/records/partitioner.ts'
import { readHeaders } from '../../src/records/read-headers.ts'
import { RecordFrames } from '../../src/records/record-frames.ts'

const SETTINGS: WalkSettings = {
  place: { topic: 'clicks', partition: 3 },
  verifiesCrc: true,
  maxBatchBytes: 1 << 24,
}

interface Read {
  readonly offset: number
  readonly timestamp: number
  readonly key: string | null
  readonly value: string | null
  readonly headers: readonly (readonly [string, string | null])[]
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const bytesOf = (latin1: string): Uint8Array => new Uint8Array(Buffer.from(latin1, 'latin1'))

function readAll(
  bytes: Uint8Array,
  offset = 0,
  settings: Partial<WalkSettings> = {},
): { readonly records: Read[]; readonly nextOffset: number } {
  const walker = new BatchWalker(bytes, 0, bytes.length, offset, { ...SETTINGS, ...settings })
  const frames = new RecordFrames()
  const records: Read[] = []
  for (let buffer = walker.next(frames); buffer; buffer = walker.next(frames)) {
    const part = (starts: Int32Array, ends: Int32Array, i: number): string | null =>
      (starts[i] as number) < 0 ? null : text((buffer as Uint8Array).subarray(starts[i], ends[i]))
    for (let i = 0; i < frames.count; i++)
      records.push({
        offset: frames.offsets[i] as number,
        timestamp: frames.timestamps[i] as number,
        key: part(frames.keyStarts, frames.keyEnds, i),
        value: part(frames.valueStarts, frames.valueEnds, i),
        headers: [...readHeaders(buffer, frames.headerStarts[i] as number)].map(
          ([n, v]) => [n, v && text(v)] as const,
        ),
      })
  }
  return { records, nextOffset: walker.nextOffset }
}

interface Written {
  readonly key: string | null
  readonly value: string | null
  readonly timestamp: number
  readonly headers: readonly (readonly [string, string | null])[]
}

function batchOf(
  records: readonly Written[],
  compression: (typeof COMPRESSIONS)[number] = 'none',
  baseOffset = 0,
): Uint8Array {
  const writer = new BatchWriter(64)
  for (const { key, value, timestamp, headers } of records)
    writer.append(
      key === null ? undefined : bytesOf(key),
      value === null ? undefined : bytesOf(value),
      timestamp,
      headers.map(([n, v]): RecordHeader => [bytesOf(n), v === null ? null : bytesOf(v)]),
    )
  const batch = stampBatch(writer.finish(compression))
  // As the broker does, which the checksum leaves out.
  new DataView(batch.buffer, batch.byteOffset).setBigInt64(0, BigInt(baseOffset))
  return batch
}

const latin1 = fc.string({ unit: fc.nat(255).map(c => String.fromCharCode(c)), maxLength: 300 })
const name = fc.string({ unit: 'grapheme-ascii', maxLength: 9 })
const header: fc.Arbitrary<[string, string | null]> = fc.tuple(name, fc.option(latin1))
const anyRecord: fc.Arbitrary<Written> = fc.record({
  key: fc.option(latin1),
  value: fc.option(latin1),
  timestamp: fc.integer({ min: 0, max: 4e12 }),
  headers: fc.uniqueArray(header, { maxLength: 3, selector: h => h[0] }),
})

describe.each(COMPRESSIONS)('a record batch (%s)', compression => {
  it('is read as it was written, at any offset', () => {
    fc.assert(
      fc.property(
        fc.array(anyRecord, { minLength: 1, maxLength: 40 }),
        fc.nat(2 ** 40),
        (records, baseOffset) => {
          const { records: read, nextOffset } = readAll(batchOf(records, compression, baseOffset))
          expect(read).toEqual(records.map((r, i) => ({ ...r, offset: baseOffset + i })))
          expect(nextOffset).toBe(baseOffset + records.length)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('tells damage, or is not hurt by it', () => {
    const records = Array.from({ length: 20 }, (_, i) => ({
      key: `k${i}`,
      value: 'value '.repeat(i),
      timestamp: 1e12 + i,
      headers: [['h', 'x']] as const,
    }))
    const batch = batchOf(records, compression)
    const whole = readAll(batch).records
    fc.assert(
      fc.property(
        fc.nat(batch.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        (at, change, verifiesCrc) => {
          const damaged = batch.slice()
          damaged[at] = (damaged[at] as number) ^ change
          try {
            const { records: read } = readAll(damaged, 0, { verifiesCrc })
            // The checksum covers all but the offset, the length and the leader's epoch.
            if (verifiesCrc && at >= 17)
              expect(read.map(r => r.value)).toEqual(whole.map(r => r.value))
          } catch (error) {
            expect(error).toBeInstanceOf(MalformedBatchError)
            expect(error).toMatchObject({ code: 'MR_KAFKA_RECORDS' })
          }
        },
      ),
      { numRuns: 1500 },
    )
  })
})

describe('the walk over record batches', () => {
  const one = (value: string, timestamp = 5) => ({ key: null, value, timestamp, headers: [] })

  it('leaves out records before the offset that was asked for, and a last batch that is cut off', () => {
    const bytes = Buffer.concat([
      batchOf([one('a'), one('b'), one('c')], 'none', 10),
      batchOf([one('d')], 'lz4', 13),
      batchOf([one('e'), one('f')], 'none', 20),
      batchOf([one('g')], 'none', 22).subarray(0, 65),
    ])
    const { records, nextOffset } = readAll(bytes, 11)
    expect(records.map(r => [r.offset, r.value])).toEqual([
      [11, 'b'],
      [12, 'c'],
      [13, 'd'],
      [20, 'e'],
      [21, 'f'],
    ])
    expect(nextOffset).toBe(22)
  })

  it('names topic, partition, offset and reason of a batch that cannot be read', () => {
    const batch = batchOf([one('a')], 'none', 42)
    batch[batch.length - 1] = 9
    expect(() => readAll(batch)).toThrow(
      'The record batch at offset 42 of clicks-3 cannot be read: its checksum is wrong.',
    )
    const old = batchOf([one('a')])
    old[16] = 1
    expect(() => readAll(old)).toThrow('it is of format 1')
  })

  it('does not let a compressed batch grow beyond its bound', () => {
    for (const compression of COMPRESSIONS.slice(1)) {
      const batch = batchOf([one('x'.repeat(200_000))], compression)
      expect(() => readAll(batch, 0, { maxBatchBytes: 10_000 })).toThrow(MalformedBatchError)
    }
  })
})

describe('the abort filter', () => {
  it('lets a producer go on after its marker, whatever fetches its batches come in', () => {
    const filter = new AbortFilter()
    filter.begin([
      { producerId: 1n, firstOffset: 0 },
      { producerId: 1n, firstOffset: 20 },
    ])
    expect(filter.isAborted(1n, 3)).toBe(true)
    expect(filter.isAborted(2n, 4)).toBe(false)
    // The answer ends here; the next one names what is still to come.
    filter.begin([{ producerId: 1n, firstOffset: 20 }])
    expect(filter.isAborted(1n, 8)).toBe(true)
    filter.ended(1n, 9)
    expect(filter.isAborted(1n, 12)).toBe(false)
    expect(filter.isAborted(1n, 21)).toBe(true)
    filter.ended(1n, 22)
    expect(filter.isAborted(1n, 30)).toBe(false)
  })
})

describe('murmur2', () => {
  // Kafka's own test values.
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('of %s is %i', (key, hash) => {
    expect(murmur2(bytesOf(key), key.length)).toBe(hash)
    expect(partitionOf(bytesOf(key), key.length, 7)).toBe((hash & 0x7fffffff) % 7)
  })
})
