import { SimulatedDisk } from '@millrace/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DeltaWriter } from '../../../src/state/delta-format.ts'
import type { EpochCommit, StateBackend, StateKey } from '../../../src/state/state-backend.ts'
import { backendOn, FOLDER } from './state-fixture.ts'
import { epochOf, expectedAfter, keyOf, pictureOf } from './state-workload.ts'

const PROGRAM = { name: 'backend' }
const text = new TextEncoder()
const decode = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes)

function commitOf(
  epoch: number,
  change: (delta: DeltaWriter) => void,
  operator = 'a',
): EpochCommit {
  const delta = new DeltaWriter()
  change(delta)
  const deltas = [{ operator, bytes: delta.take() }]
  return { epoch, deltas, blobs: [], outboxes: [], trims: [] }
}

async function opened(disk = new SimulatedDisk()): Promise<StateBackend> {
  const backend = backendOn(disk)
  await backend.open(PROGRAM)
  return backend
}

async function scanned(backend: StateBackend, ...args: Parameters<StateBackend['scan']>) {
  const found: string[] = []
  for await (const chunk of backend.scan(...args))
    for (const { slice, key, value } of chunk)
      found.push(`${decode(key)}${slice === undefined ? '' : `@${slice}`}=${decode(value)}`)
  return found.toSorted()
}

describe('the durable state backend', () => {
  it('starts empty at epoch 0', async () => {
    const recovered = await backendOn(new SimulatedDisk()).open(PROGRAM)
    expect(recovered).toMatchObject({ epoch: 0, operators: [], outboxes: [], discardedBytes: 0 })
    expect(recovered.blobs.size).toBe(0)
  })

  it('gives back after a restart what was committed, folded or not', async () => {
    const disk = new SimulatedDisk()
    const backend = await opened(disk)
    for (let epoch = 1; epoch <= 12; epoch++) {
      await backend.commit(epochOf(epoch))
      if (epoch % 3 === 0) await backend.fold()
    }
    await backend.close()
    const again = backendOn(disk)
    const recovered = await again.open(PROGRAM)
    expect(await pictureOf(again, recovered)).toBe(expectedAfter(12))
    expect(recovered.operators).toEqual(['a'])
  })

  it('looks up keys in the log and in the base, the newest value winning', async () => {
    const backend = await opened()
    await backend.commit(
      commitOf(1, d => {
        for (const name of ['old', 'overwritten', 'deleted', '__proto__'])
          d.putBytes(keyOf(name), text.encode('1'))
        d.putBytes(keyOf('sliced', 1000), text.encode('1'))
      }),
    )
    await backend.fold()
    const names = ['deleted', 'old', 'none', '__proto__', 'overwritten', 'old']
    const keys: StateKey[] = [...names.map(n => keyOf(n)), keyOf('sliced', 1000)]
    const read = async () => (await backend.readMany('a', keys)).map(decode)
    expect(await read()).toEqual(['1', '1', undefined, '1', '1', '1', '1'])
    await backend.commit(
      commitOf(2, d => {
        d.putBytes(keyOf('overwritten'), text.encode('2'))
        d.deleteBytes(keyOf('deleted'))
        d.deleteSlice(0, 1000)
      }),
    )
    const after = [undefined, '1', undefined, '1', '2', '1', undefined]
    expect(await read()).toEqual(after)
    await backend.fold()
    expect(await read()).toEqual(after)
    expect(await backend.readMany('other', keys)).toEqual(keys.map(() => undefined))
  })

  it('deletes a slice in all key groups, of its table only, and takes later puts into it', async () => {
    const backend = await opened()
    const names = Array.from({ length: 200 }, (_, i) => `k${i}`)
    await backend.commit(
      commitOf(1, d => {
        for (const name of names) d.putBytes(keyOf(name, 1000), text.encode('x'))
        d.putBytes({ ...keyOf('kept', 1000), table: 1 }, text.encode('x'))
        d.putBytes(keyOf('kept', 2000), text.encode('x'))
      }),
    )
    await backend.fold()
    const again = (d: DeltaWriter) => {
      d.deleteSlice(0, 1000)
      d.putBytes(keyOf('again', 1000), text.encode('y'))
    }
    await backend.commit(commitOf(2, again))
    const left = ['again@1000=y', 'kept@1000=x', 'kept@2000=x']
    expect(await scanned(backend, 'a')).toEqual(left)
    await backend.fold()
    expect(await scanned(backend, 'a')).toEqual(left)
  })

  it('drops all state of an operator and leaves the others', async () => {
    const backend = await opened()
    await backend.commit(commitOf(1, d => d.putBytes(keyOf('x'), text.encode('1'))))
    await backend.commit(commitOf(2, d => d.putBytes(keyOf('x'), text.encode('1')), 'b'))
    await backend.fold()
    await backend.commit(commitOf(3, d => d.deleteAll()))
    expect(await scanned(backend, 'a')).toEqual([])
    await backend.fold()
    expect(await scanned(backend, 'a')).toEqual([])
    expect(await scanned(backend, 'b')).toEqual(['x=1'])
    expect(await backend.readMany('a', [keyOf('x')])).toEqual([undefined])
  })

  it('scans a key group, a table, a slice or a key prefix alone', async () => {
    const backend = await opened()
    const key = (table: number, slice: number | undefined, name: string): StateKey => ({
      keyGroup: 5,
      table,
      slice,
      key: text.encode(name),
    })
    const put = (d: DeltaWriter) => {
      d.putBytes(key(0, undefined, 'ab'), text.encode('1'))
      d.putBytes(key(0, undefined, 'b'), text.encode('2'))
      d.putBytes(key(0, -1000, 'ab'), text.encode('3'))
      d.putBytes(key(1, undefined, 'ab'), text.encode('4'))
      d.putBytes({ ...key(0, undefined, 'ab'), keyGroup: 6 }, text.encode('5'))
    }
    await backend.commit(commitOf(1, put))
    for (const isFolded of [false, true]) {
      if (isFolded) await backend.fold()
      expect(await scanned(backend, 'a', { keyGroup: 5 })).toHaveLength(4)
      expect(await scanned(backend, 'a', { keyGroup: 5, table: 1 })).toEqual(['ab=4'])
      const slice = { keyGroup: 5, table: 0, slice: -1000 }
      expect(await scanned(backend, 'a', slice)).toEqual(['ab@-1000=3'])
      const keyPrefix = text.encode('a')
      expect(await scanned(backend, 'a', { keyGroup: 5, table: 0, keyPrefix })).toEqual(['ab=1'])
    }
  })

  it('commits in the order of the calls, and a scan sees the commits before its start', async () => {
    const backend = await opened()
    const commits = [1, 2, 3].map(e =>
      backend.commit(commitOf(e, d => d.putBytes(keyOf('n'), text.encode(`${e}`)))),
    )
    await commits[0]
    await Promise.all(commits)
    const scan = backend.scan('a')[Symbol.asyncIterator]()
    const first = scan.next()
    await backend.commit(commitOf(4, d => d.putBytes(keyOf('n'), text.encode('4'))))
    await backend.fold()
    const { value } = await first
    expect(decode(value?.[0]?.value)).toBe('3')
    expect(await scanned(backend, 'a')).toEqual(['n=4'])
  })

  it('folds by itself when the log has grown, and keeps the number of base files small', async () => {
    const backend = backendOn(new SimulatedDisk(), { foldAfterBytes: 20_000 })
    await backend.open(PROGRAM)
    for (let epoch = 1; epoch <= 100; epoch++) await backend.commit(epochOf(epoch))
    await backend.fold()
    expect(backend.stats()).toMatchObject({ epoch: 100, isFolding: false })
    expect(backend.stats().logBytes).toBeLessThan(20_000)
    expect(backend.stats().baseFiles).toBeLessThan(4)
    await backend.close()
  })

  it('leaves no file behind that the manifest does not name', async () => {
    const disk = new SimulatedDisk()
    const backend = await opened(disk)
    for (let epoch = 1; epoch <= 9; epoch++) {
      await backend.commit(epochOf(epoch))
      await backend.fold()
    }
    const runs = (await disk.list(FOLDER)).filter(n => n.startsWith('run-'))
    expect(runs).toHaveLength(backend.stats().baseFiles)
    expect((await disk.list(FOLDER)).filter(n => n.startsWith('log-'))).toHaveLength(1)
  })

  it('copies itself into a folder that opens with the same state', async () => {
    const disk = new SimulatedDisk()
    const backend = await opened(disk)
    for (let epoch = 1; epoch <= 5; epoch++) {
      await backend.commit(epochOf(epoch))
      if (epoch === 3) await backend.fold()
    }
    await backend.snapshot('/copy')
    await backend.commit(epochOf(6))
    disk.crash('lost')
    const copy = backendOn(disk, { folder: '/copy' })
    expect(await pictureOf(copy, await copy.open(PROGRAM))).toBe(expectedAfter(5))
  })

  it('refuses the state of another program and names both', async () => {
    const disk = new SimulatedDisk()
    await (await opened(disk)).close()
    await expect(backendOn(disk).open({ name: 'other' })).rejects.toMatchObject({
      code: 'MR_STATE_INCOMPATIBLE',
      message: expect.stringMatching(/"backend".*"other"/),
    })
  })

  it('agrees with a plain map over random changes, folds and restarts', async () => {
    const name = fc.constantFrom('a', 'b', 'c', '__proto__', 'd')
    const slice = fc.constantFrom(undefined, 0, 1000)
    const change = fc.oneof(
      fc.record({ kind: fc.constant('put' as const), name, slice, value: fc.string() }),
      fc.record({ kind: fc.constant('delete' as const), name, slice }),
      fc.record({ kind: fc.constant('slice' as const), slice: fc.constantFrom(0, 1000) }),
      fc.constant({ kind: 'all' as const }),
    )
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.array(change, { maxLength: 6 }) },
      fc.constantFrom('fold' as const, 'restart' as const),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 24 }), async steps => {
        const disk = new SimulatedDisk()
        let backend = await opened(disk)
        const model = new Map<string, string>()
        let epoch = 0
        for (const next of steps) {
          if (next === 'fold') await backend.fold()
          else if (next === 'restart') {
            await backend.close()
            backend = await opened(disk)
          } else {
            const apply = (delta: DeltaWriter) => {
              for (const c of next) {
                if (c.kind === 'put') {
                  delta.putBytes(keyOf(c.name, c.slice), text.encode(c.value))
                  model.set(`${c.name}${c.slice === undefined ? '' : `@${c.slice}`}`, c.value)
                } else if (c.kind === 'delete') {
                  delta.deleteBytes(keyOf(c.name, c.slice))
                  model.delete(`${c.name}${c.slice === undefined ? '' : `@${c.slice}`}`)
                } else if (c.kind === 'slice') {
                  delta.deleteSlice(0, c.slice)
                  for (const k of [...model.keys()]) if (k.endsWith(`@${c.slice}`)) model.delete(k)
                } else {
                  delta.deleteAll()
                  model.clear()
                }
              }
            }
            await backend.commit(commitOf(++epoch, apply))
          }
          const expected = [...model].map(([k, v]) => `${k}=${decode(text.encode(v))}`).toSorted()
          expect(await scanned(backend, 'a')).toEqual(expected)
          const places = ['a', 'b', '__proto__'].flatMap(n => [
            keyOf(n),
            keyOf(n, 0),
            keyOf(n, 1000),
          ])
          const values = (await backend.readMany('a', places)).map(decode)
          const wanted = ['a', 'b', '__proto__'].flatMap(n =>
            [n, `${n}@0`, `${n}@1000`].map(k => model.get(k)),
          )
          expect(values).toEqual(wanted)
        }
        await backend.close()
      }),
      { numRuns: 150 },
    )
  })
})
