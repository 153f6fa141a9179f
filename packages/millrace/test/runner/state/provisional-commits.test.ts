// Commits that something outside decides on: undone or kept by a recovery, folded only once they hold.

import { CRASH_FATES, SimulatedDisk } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import type { StateBackend } from '../../../src/state/state-backend.ts'
import { backendOn, FOLDER } from './state-fixture.ts'
import { epochOf, expectedAfter, pictureOf } from './state-workload.ts'

const PROGRAM = { name: 'backend' }

/** A backend with epochs 1 to `epochs` provisional, all but the last confirmed, and then no more: a crash. */
async function afterCrash(
  epochs: number,
  { confirmsLast = false, foldAfterBytes = 1 << 20 } = {},
): Promise<SimulatedDisk> {
  const disk = new SimulatedDisk()
  const backend = backendOn(disk, { foldAfterBytes })
  await backend.open(PROGRAM, async () => true)
  for (let epoch = 1; epoch <= epochs; epoch++) {
    await backend.commit({ ...epochOf(epoch), isProvisional: true })
    if (epoch < epochs || confirmsLast) backend.confirm(epoch)
  }
  disk.kill()
  return disk
}

async function picture(
  disk: SimulatedDisk,
  holds: boolean | ((epoch: number) => boolean),
): Promise<{ text: string; asked: readonly [number, boolean][]; backend: StateBackend }> {
  const asked: [number, boolean][] = []
  const backend = backendOn(disk)
  const recovered = await backend.open(PROGRAM, async ({ epoch }, mayBeUndone) => {
    asked.push([epoch, mayBeUndone])
    return typeof holds === 'boolean' ? holds : holds(epoch)
  })
  return { text: await pictureOf(backend, recovered), asked, backend }
}

describe('a provisional commit', () => {
  it.each([1, 2, 7])('of epoch %i is cut off when it does not hold', async epoch => {
    const disk = await afterCrash(epoch)
    const { text, asked } = await picture(disk, false)
    expect(asked).toEqual([[epoch, true]])
    expect(text).toBe(expectedAfter(epoch - 1))
  })

  it('stays when it holds', async () => {
    const { text } = await picture(await afterCrash(4), true)
    expect(text).toBe(expectedAfter(4))
  })

  it('that was cut off is never seen again, and another takes its place', async () => {
    const disk = await afterCrash(3)
    const { backend } = await picture(disk, false)
    await backend.commit({ ...epochOf(3), isProvisional: true })
    disk.kill()
    const again = await picture(disk, true)
    expect(again.asked).toEqual([[3, true]])
    expect(again.text).toBe(expectedAfter(3))
  })

  it('can be cut off after several recoveries that kept the one before', async () => {
    const disk = await afterCrash(2)
    await picture(disk, true)
    disk.kill()
    const second = await picture(disk, true)
    expect(second.asked).toEqual([[2, false]])
    await second.backend.commit({ ...epochOf(3), isProvisional: true })
    disk.kill()
    const third = await picture(disk, false)
    expect(third.asked).toEqual([[3, true]])
    expect(third.text).toBe(expectedAfter(2))
  })

  it('is known to hold after a clean end', async () => {
    const disk = new SimulatedDisk()
    const backend = backendOn(disk)
    await backend.open(PROGRAM, async () => true)
    await backend.commit({ ...epochOf(1), isProvisional: true })
    backend.confirm(1)
    await backend.close()
    expect((await picture(disk, true)).asked).toEqual([[1, false]])
  })

  it('is not known to hold after an end before the decision, and closing does not wait for one', async () => {
    const disk = new SimulatedDisk()
    const backend = backendOn(disk)
    await backend.open(PROGRAM, async () => true)
    await backend.commit({ ...epochOf(1), isProvisional: true })
    const folding = backend.fold().catch(() => 'not folded')
    await backend.close()
    expect(await folding).toBe('not folded')
    const { text, asked } = await picture(disk, false)
    expect(asked).toEqual([[1, true]])
    expect(text).toBe(expectedAfter(0))
  })

  it('is folded and copied only once it holds', async () => {
    const disk = new SimulatedDisk()
    const backend = backendOn(disk)
    await backend.open(PROGRAM, async () => true)
    await backend.commit({ ...epochOf(1), isProvisional: true })
    let done = 0
    const work = [backend.fold(), backend.snapshot('/copy')].map(p => p.then(() => done++))
    for (let turn = 0; turn < 50; turn++) await Promise.resolve()
    expect(done).toBe(0)
    expect((await disk.list(FOLDER)).some(name => name.startsWith('run'))).toBe(false)
    backend.confirm(1)
    await Promise.all(work)
    expect((await disk.list(FOLDER)).some(name => name.startsWith('run'))).toBe(true)
  })

  it('is undone after folds of all before it', async () => {
    const disk = await afterCrash(9, { foldAfterBytes: 1 })
    const { text } = await picture(disk, false)
    expect(text).toBe(expectedAfter(8))
  })

  it.each(CRASH_FATES)(
    'leaves the folder whole when it is cut off and a crash comes, wherever (%s)',
    async fate => {
      let crashes = 0
      for (const kind of ['crash-before', 'crash-after'] as const)
        for (let at = 1; ; at++) {
          const disk = await afterCrash(3)
          disk.crash('kept')
          disk.fault = { kind, at: disk.operations.length + at }
          const isWhole = await picture(disk, epoch => epoch < 3).then(
            () => true,
            () => false,
          )
          disk.fault = undefined
          disk.crash(fate)
          const { text } = await picture(disk, epoch => epoch < 3)
          expect(text, `${kind} operation ${at}`).toBe(expectedAfter(2))
          if (isWhole) break
          crashes++
        }
      expect(crashes).toBeGreaterThan(8)
    },
  )
})
