// A fixed program over state with a model beside it.

import { DeltaWriter } from '../../../src/state/delta-format.ts'
import { keyGroupOf } from '../../../src/state/key-group.ts'
import type {
  EpochCommit,
  RecoveredState,
  StateBackend,
  StateKey,
} from '../../../src/state/state-backend.ts'

const text = new TextEncoder()

export function keyOf(name: string, slice?: number): StateKey {
  const key = text.encode(name)
  return { keyGroup: keyGroupOf(key), table: 0, slice, key }
}

/** What the epochs up to a given one leave, as text: entries of operator `a`, blobs, outboxes. */
export type Picture = string

/** The n-th epoch of a fixed workload: puts, overwrites, deletions, slices, blobs, outboxes, trims. */
export function epochOf(epoch: number): EpochCommit {
  const delta = new DeltaWriter()
  for (const [name, value, slice] of puts(epoch))
    delta.putBytes(keyOf(name, slice), text.encode(value))
  if (epoch > 2) delta.deleteBytes(keyOf(`only-${epoch - 2}`))
  if (epoch > 3) delta.deleteSlice(0, (epoch - 3) * 1000)
  const bytes = text.encode(`blob of ${epoch}`)
  return {
    epoch,
    deltas: [{ operator: 'a', bytes: delta.take() }],
    blobs: [{ name: `blob-${epoch % 2}`, bytes: epoch % 5 === 0 ? undefined : bytes }],
    outboxes: [{ sink: 's', bytes: text.encode(`out ${epoch}`) }],
    trims: epoch > 1 ? [{ sink: 's', appliedEpoch: epoch - 2 }] : [],
  }
}

/** The same, computed without any backend. */
export function expectedAfter(epochs: number): Picture {
  const entries = new Map<string, string>()
  const blobs = new Map<string, string>()
  let outboxes: number[] = []
  for (let epoch = 1; epoch <= epochs; epoch++) {
    for (const [name, value, slice] of puts(epoch)) entries.set(`${name}@${slice}`, value)
    if (epoch > 2) entries.delete(`only-${epoch - 2}@undefined`)
    if (epoch > 3)
      for (const key of [...entries.keys()])
        if (key.endsWith(`@${(epoch - 3) * 1000}`)) entries.delete(key)
    if (epoch % 5 === 0) blobs.delete(`blob-${epoch % 2}`)
    else blobs.set(`blob-${epoch % 2}`, `blob of ${epoch}`)
    if (epoch > 1) outboxes = outboxes.filter(o => o > epoch - 2)
    outboxes.push(epoch)
  }
  return picture(
    epochs,
    entries,
    blobs,
    outboxes.map(o => `${o}=out ${o}`),
  )
}

/** What a freshly opened backend holds, in the same form. */
export async function pictureOf(
  backend: StateBackend,
  recovered: RecoveredState,
): Promise<Picture> {
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
  const entries = new Map<string, string>()
  for await (const chunk of backend.scan('a'))
    for (const { key, slice, value } of chunk) entries.set(`${decode(key)}@${slice}`, decode(value))
  const blobs = new Map([...recovered.blobs].map(([name, bytes]) => [name, decode(bytes)]))
  const outboxes = recovered.outboxes.map(o => `${o.epoch}=${decode(o.bytes)}`)
  return picture(recovered.epoch, entries, blobs, outboxes)
}

function puts(epoch: number): [name: string, value: string, slice: number | undefined][] {
  const filler = 'x'.repeat(700)
  const hot = Array.from({ length: 6 }, (_, i): [string, string, undefined] => [
    `key-${(epoch * 7 + i * 3) % 17}`,
    `${epoch}.${i} ${filler}`,
    undefined,
  ])
  return [
    ...hot,
    [`only-${epoch}`, `${epoch}`, undefined],
    ['__proto__', `${epoch}`, epoch * 1000],
    [`window-${epoch % 3}`, `${epoch}`, epoch * 1000],
  ]
}

function picture(
  epoch: number,
  entries: ReadonlyMap<string, string>,
  blobs: ReadonlyMap<string, string>,
  outboxes: readonly string[],
): Picture {
  const lines = (map: ReadonlyMap<string, string>) => [...map].map(e => e.join(': ')).toSorted()
  return [`epoch ${epoch}`, ...lines(entries), ...lines(blobs), ...outboxes].join('\n')
}
