import { CRASH_FATES, type CrashFate, type DiskFault, SimulatedDisk } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import type { DurableStateBackend } from '../../../src/runner/state/durable-state-backend.ts'
import { backendOn } from './state-fixture.ts'
import { epochOf, expectedAfter, pictureOf } from './state-workload.ts'

const PROGRAM = { name: 'crash' }

interface Life {
  /** Commits whose promise resolved. */
  acknowledged: number
  attempted: number
}

/** Opens, commits up to `until`, folds where told, closes; stops at the first error. */
async function live(
  disk: SimulatedDisk,
  until: number,
  foldAt: readonly number[],
  from = 0,
): Promise<Life> {
  const life: Life = { acknowledged: from, attempted: from }
  const backend = backendOn(disk)
  try {
    const { epoch } = await backend.open(PROGRAM)
    life.acknowledged = life.attempted = epoch
    for (let next = epoch + 1; next <= until; next++) {
      life.attempted = next
      await backend.commit(epochOf(next))
      life.acknowledged = next
      if (foldAt.includes(next)) await backend.fold()
    }
    await backend.close()
  } catch {
    await backend.close().catch(() => {})
  }
  return life
}

/** Opens what is left, checks it against the model, and that the state goes on from there. */
async function check(disk: SimulatedDisk, life: Life, what: string): Promise<void> {
  const first: DurableStateBackend = backendOn(disk)
  const recovered = await first.open(PROGRAM)
  expect(recovered.epoch, what).toBeGreaterThanOrEqual(life.acknowledged)
  expect(recovered.epoch, what).toBeLessThanOrEqual(life.attempted)
  expect(await pictureOf(first, recovered), what).toBe(expectedAfter(recovered.epoch))
  await first.commit(epochOf(recovered.epoch + 1))
  // What recovery promised must survive the next power cut, too.
  disk.crash('lost')
  const second = backendOn(disk)
  const again = await second.open(PROGRAM)
  expect(again.epoch, what).toBe(recovered.epoch + 1)
  expect(await pictureOf(second, again), what).toBe(expectedAfter(again.epoch))
  await second.close()
}

async function crashEverywhere(until: number, foldAt: readonly number[], from: number) {
  const rehearsal = new SimulatedDisk()
  await live(rehearsal, from, foldAt)
  const start = rehearsal.operations.length
  await live(rehearsal, until, foldAt)
  const end = rehearsal.operations.length
  expect(end - start).toBeGreaterThan(8)
  for (let at = start + 1; at <= end; at++)
    for (const kind of ['crash-before', 'crash-after'] as const)
      for (const fate of CRASH_FATES) {
        const disk = new SimulatedDisk()
        await live(disk, from, foldAt)
        disk.fault = { kind, at }
        const life = await live(disk, until, foldAt, from)
        disk.crash(fate)
        await check(disk, life, `${kind} ${at} (${rehearsal.operations[at - 1]}), ${fate}`)
      }
}

describe('a crash', () => {
  it('at each operation of creating the state leaves nothing or the first epoch', async () => {
    await crashEverywhere(1, [], 0)
  })

  it('at each operation of restart and commit leaves the last acknowledged epoch or the one in flight', async () => {
    await crashEverywhere(6, [], 4)
  })

  it('at each operation of a fold loses nothing', async () => {
    await crashEverywhere(8, [5, 7], 4)
  })

  it('at each operation of a merge of runs loses nothing', async () => {
    await crashEverywhere(9, [1, 2, 3, 4, 6, 8, 9], 7)
  })
})

describe('an error of the disk', () => {
  const foldAt = [3, 5]

  it.each(['EIO', 'ENOSPC'])(
    '%s at each operation stops the store, and a restart recovers',
    async code => {
      const rehearsal = new SimulatedDisk()
      await live(rehearsal, 6, foldAt)
      for (let at = 1; at <= rehearsal.operations.length; at++)
        for (const fate of [undefined, ...CRASH_FATES])
          await failAt({ kind: 'error', at, code }, fate)
    },
  )

  async function failAt(fault: DiskFault, fate: CrashFate | undefined): Promise<void> {
    const disk = new SimulatedDisk()
    disk.fault = fault
    const life = await live(disk, 6, foldAt)
    if (fate) disk.crash(fate)
    else disk.kill()
    await check(disk, life, `${JSON.stringify(fault)}, ${fate ?? 'process restart'}`)
  }

  it('poisons: the failed commit says so, and every later call names the cause', async () => {
    const disk = new SimulatedDisk()
    const backend = backendOn(disk)
    await backend.open(PROGRAM)
    disk.fault = { kind: 'error', at: disk.operations.length + 2, code: 'EIO' }
    await expect(backend.commit(epochOf(1))).rejects.toMatchObject({ code: 'MR_STATE_IO' })
    const poisoned = { code: 'MR_STATE_POISONED', message: expect.stringContaining('EIO') }
    const before = disk.operations.length
    await expect(backend.commit(epochOf(1))).rejects.toMatchObject(poisoned)
    await expect(backend.fold()).rejects.toMatchObject(poisoned)
    await expect(backend.readMany('a', [])).rejects.toMatchObject(poisoned)
    await expect(backend.scan('a').next()).rejects.toMatchObject(poisoned)
    expect(disk.operations.length).toBe(before)
  })
})
