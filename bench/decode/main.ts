// How fast records are decoded: the projecting decoder next to JSON.parse, in one run on one core.
//   npx node bench/decode/main.ts [events]

import { CodeModule } from '../../packages/millrace/src/compiler/code/code-module.ts'
import type { DecodingFormat, ReadTree } from '../../packages/millrace/src/format/decoder.ts'
import { csvFormat } from '../../packages/millrace/src/runner/formats/csv/csv-format.ts'
import { jsonFormat } from '../../packages/millrace/src/runner/formats/json/json-format.ts'
import { types as t } from '../../packages/millrace/src/types/data-type.ts'
import type { DataType } from '../../packages/millrace/src/types/data-type.ts'
import type { Schema } from '../../packages/millrace/src/types/schema.ts'
import { bidLines } from './bid-lines.ts'

const bid = [
  { name: 'auction', type: t.bigint },
  { name: 'bidder', type: t.bigint },
  { name: 'price', type: t.bigint },
  { name: 'channel', type: t.string },
  { name: 'url', type: t.string },
  { name: 'dateTime', type: t.timestamp(3) },
  { name: 'extra', type: t.string },
]
const schema: Schema = [
  { name: 'event_type', type: t.int },
  { name: 'bid', type: t.row(bid) },
]

/** A pipeline that adds up what it reads of each record, so that nothing is optimised away. */
function pipeline(
  format: DecodingFormat,
  of: Schema,
  reads: (ReadTree | undefined)[],
  slots: number,
) {
  const module = new CodeModule()
  const run = module.addFunction('run', ['bytes', 'end'], scope => {
    scope.statement('let position = 0\nlet sum = 0')
    scope.block('while (position < end) ', inner => {
      const names = { bytes: 'bytes', position: 'position', end: 'end' }
      const decoder = format.createDecoder({ schema: of, reads, options: new Map() })
      decoder.emitRecord(
        inner,
        names,
        reason => `throw new Error(${reason})`,
        record => {
          for (let slot = 0; slot < slots; slot++) {
            const value = record.value(inner, slot)
            inner.statement(
              `if (${value} !== null) sum += typeof ${value} === 'number' ? ${value} : ${value}.length`,
            )
          }
        },
      )
    })
    scope.statement('return sum')
  })
  return module.instantiate<(bytes: Uint8Array, end: number) => number>(run)
}

function bidReads(names: readonly string[]): (ReadTree | undefined)[] {
  const fields = new Map<string, ReadTree>()
  names.forEach((name, slot) => {
    const type = bid.find(f => f.name === name)?.type as DataType
    fields.set(name, { kind: 'whole', slot, type })
  })
  return [undefined, { kind: 'fields', fields }]
}

/** JSON.parse over lines cut from the same bytes. */
function parseAll(bytes: Uint8Array, end: number): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, end)
  let sum = 0
  for (let at = 0; at < end; ) {
    const stop = buffer.indexOf(10, at)
    const { bid } = JSON.parse(buffer.latin1Slice(at, stop)) as {
      bid: { auction: number; price: number }
    }
    sum += bid.auction + bid.price
    at = stop + 1
  }
  return sum
}

function measure(
  name: string,
  run: () => number,
  events: number,
  bytes: number,
  base?: number,
): number {
  for (let i = 0; i < 3; i++) run()
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < 7; i++) {
    const start = performance.now()
    run()
    best = Math.min(best, performance.now() - start)
  }
  const perSecond = (events / best) * 1000
  const ratio = base ? `${(perSecond / base).toFixed(1)} x JSON.parse` : ''
  console.log(
    `${name.padEnd(36)} ${(perSecond / 1e6).toFixed(2).padStart(6)} M/s ${(bytes / best / 1000).toFixed(0).padStart(6)} MB/s  ${ratio}`,
  )
  return perSecond
}

const events = Number(process.argv[2] ?? 100_000)
const lines = bidLines(events)
console.log(`${events} bids of ${Math.round(lines.length / events)} bytes`)
const all = bid.map(f => f.name)
const base = measure('JSON.parse', () => parseAll(lines, lines.length), events, lines.length)
for (const [name, names] of [
  ['json, walk alone', []],
  ['json, 2 of 10 fields (bigint)', ['auction', 'price']],
  ['json, 3 fields (with timestamp)', ['auction', 'price', 'dateTime']],
  ['json, 2 fields (strings)', ['channel', 'url']],
  ['json, all 7 fields of the bid', all],
] as const) {
  const run = pipeline(jsonFormat, schema, bidReads(names), names.length)
  measure(name, () => run(lines, lines.length), events, lines.length, base)
}

const rows = Buffer.from(lines)
  .toString()
  .trim()
  .split('\n')
  .map(line => (JSON.parse(line) as { bid: Record<string, unknown> }).bid)
const csv = Buffer.from(`${rows.map(r => all.map(n => r[n]).join(',')).join('\n')}\n`)
for (const [name, names] of [
  ['csv, 2 of 7 fields (bigint)', ['auction', 'price']],
  ['csv, all 7 fields', all],
] as const) {
  const reads = bid.map((f): ReadTree | undefined => {
    const slot = (names as readonly string[]).indexOf(f.name)
    return slot < 0 ? undefined : { kind: 'whole', slot, type: f.type }
  })
  const run = pipeline(csvFormat, bid, reads, names.length)
  measure(name, () => run(csv, csv.length), events, csv.length)
}
