import { SimulatedDisk } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import { backendOn, FOLDER } from './state-fixture.ts'
import { epochOf, expectedAfter, pictureOf } from './state-workload.ts'

const PROGRAM = { name: 'damage' }
const REFUSED = /MR_STATE_(CORRUPT|INCOMPATIBLE)/

/** Five epochs, the first three folded, left by a clean stop or by kill -9. */
async function written(end: 'closed' | 'killed'): Promise<SimulatedDisk> {
  const disk = new SimulatedDisk()
  const backend = backendOn(disk)
  await backend.open(PROGRAM)
  for (let epoch = 1; epoch <= 5; epoch++) {
    await backend.commit(epochOf(epoch))
    if (epoch === 3) await backend.fold()
  }
  if (end === 'closed') await backend.close()
  else disk.kill()
  return disk
}

/** Opens and reads everything: the picture, or the code of the error. */
async function readAll(disk: SimulatedDisk): Promise<string> {
  const backend = backendOn(disk)
  try {
    return await pictureOf(backend, await backend.open(PROGRAM))
  } catch (error) {
    return `${(error as { code?: string }).code}: ${(error as Error).message}`
  }
}

describe('damage to state files', () => {
  it.each(['closed', 'killed'] as const)(
    'a flipped bit anywhere is refused or harmless, never read as state (store %s)',
    async end => {
      const names = await (await written(end)).list(FOLDER)
      let refused = 0
      for (const name of names) {
        const path = `${FOLDER}/${name}`
        const { size = 0 } = (await (await written(end)).info(path)) ?? {}
        for (let at = 0; at < size; at += 13) {
          const disk = await written(end)
          disk.damage(path, bytes => {
            bytes[at] = (bytes[at] as number) ^ (1 << (at % 8))
            return bytes
          })
          const result = await readAll(disk)
          if (REFUSED.test(result)) refused++
          else expect(result, `${name} at ${at}`).toBe(expectedAfter(5))
        }
      }
      expect(refused).toBeGreaterThan(500)
    },
  )

  it('names the log segment and the offset', async () => {
    const disk = await written('killed')
    disk.damage(`${FOLDER}/log-0000000002`, bytes => {
      bytes[200] = (bytes[200] as number) ^ 1
      return bytes
    })
    expect(await readAll(disk)).toMatch(
      /MR_STATE_CORRUPT: .*log-0000000002" is damaged at offset 24/,
    )
  })

  it('a last record cut short is dropped, and the rest goes on', async () => {
    const disk = await written('killed')
    const path = `${FOLDER}/log-0000000002`
    const { size = 0 } = (await disk.info(path)) ?? {}
    for (const cut of [1, 15, 16, 17, 600, 2000]) {
      const torn = await written('killed')
      torn.damage(path, bytes => bytes.slice(0, size - cut))
      expect(await readAll(torn), `${cut} bytes less`).toBe(expectedAfter(4))
    }
  })

  it('a missing commit before others is refused', async () => {
    const disk = await written('killed')
    const backend = backendOn(disk)
    await backend.open(PROGRAM)
    await backend.commit(epochOf(6))
    disk.kill()
    await disk.remove(`${FOLDER}/log-0000000002`)
    expect(await readAll(disk)).toMatch(/MR_STATE_CORRUPT: .*is missing from the log/)
  })

  it('a missing run is refused', async () => {
    const disk = await written('closed')
    await disk.remove(`${FOLDER}/run-0000000001`)
    expect(await readAll(disk)).toMatch(/MR_STATE_IO/)
  })
})
