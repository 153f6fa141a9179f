// State that is replaced by that of another history: whole, or as if there were none.

import { CRASH_FATES, type CrashFate, SimulatedDisk } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import type { OperatorDelta, RecoveredState } from '../../../src/state/state-backend.ts'
import { backendOn } from './state-fixture.ts'
import { epochOf, expectedAfter, pictureOf } from './state-workload.ts'

const PROGRAM = { name: 'backend' }
const OLD = 4
const NEW = 9

async function diskAfter(epochs: number): Promise<SimulatedDisk> {
  const disk = new SimulatedDisk()
  const backend = backendOn(disk, { foldAfterBytes: 600 })
  await backend.open(PROGRAM)
  for (let epoch = 1; epoch <= epochs; epoch++) await backend.commit(epochOf(epoch))
  await backend.close()
  return disk
}

const rest = await (async (): Promise<RecoveredState> => {
  const backend = backendOn(await diskAfter(NEW))
  const recovered = await backend.open(PROGRAM)
  await backend.close()
  return recovered
})()

async function* deltas(): AsyncGenerator<readonly OperatorDelta[]> {
  for (let epoch = 1; epoch <= NEW; epoch++) {
    yield epochOf(epoch).deltas
    yield []
  }
}

async function pictureOn(disk: SimulatedDisk): Promise<string> {
  const backend = backendOn(disk)
  const picture = await pictureOf(backend, await backend.open(PROGRAM))
  await backend.close()
  return picture
}

describe('state that is replaced', () => {
  it('is that of the other history, and goes on behind its last epoch', async () => {
    const disk = await diskAfter(OLD)
    const backend = backendOn(disk)
    await backend.open(PROGRAM)
    const replaced = await backend.replace(deltas(), () => rest)
    expect(await pictureOf(backend, replaced)).toBe(expectedAfter(NEW))
    await backend.commit(epochOf(NEW + 1))
    await backend.close()
    expect(await pictureOn(disk)).toBe(expectedAfter(NEW + 1))
  })

  it('may be older than what it replaces, and may be nothing', async () => {
    const disk = await diskAfter(NEW)
    const backend = backendOn(disk)
    await backend.open(PROGRAM)
    const nothing = { epoch: 0, blobs: new Map(), outboxes: [] }
    await backend.replace((async function* () {})(), () => nothing)
    await backend.commit(epochOf(1))
    await backend.close()
    expect(await pictureOn(disk)).toBe(expectedAfter(1))
  })

  it('counts as nothing when what replaces it cannot be had to its end', async () => {
    const disk = await diskAfter(OLD)
    const backend = backendOn(disk)
    await backend.open(PROGRAM)
    const broken = async function* () {
      yield epochOf(1).deltas
      throw new Error('the changelog is gone')
    }
    await expect(backend.replace(broken(), () => rest)).rejects.toThrow()
    await backend.close()
    expect(await pictureOn(disk)).toBe(expectedAfter(0))
  })

  it.each(CRASH_FATES)('is old, nothing or new after a crash at any place: %s', async fate => {
    const seen = new Set<string>()
    for (let n = 1; ; n++) {
      const { disk, isDone } = await crashAt(n, fate)
      const picture = await pictureOn(disk)
      expect([expectedAfter(OLD), expectedAfter(0), expectedAfter(NEW)]).toContain(picture)
      seen.add(picture)
      if (isDone) break
    }
    expect(seen.size).toBe(3)
  })
})

/** Replaces state, and crashes before its n-th operation on the disk. */
async function crashAt(n: number, fate: CrashFate) {
  const disk = await diskAfter(OLD)
  const backend = backendOn(disk)
  await backend.open(PROGRAM)
  disk.fault = { kind: 'crash-before', at: disk.operations.length + n }
  const isDone = await backend
    .replace(deltas(), () => rest)
    .then(
      () => true,
      () => false,
    )
  disk.crash(fate)
  return { disk, isDone }
}
