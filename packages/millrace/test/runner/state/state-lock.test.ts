// Who holds the lock of a state folder: the living, the dying and the dead.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockFolder } from '../../../src/runner/state/state-lock.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-lock-'))
})
afterEach(() => rm(folder, { recursive: true }))

const writeOwner = (pid: number) =>
  writeFile(
    join(folder, 'lock'),
    JSON.stringify({ pid, host: hostname(), started: '', token: 't' }),
  )

describe('a lock', () => {
  it('is held by one at a time', async () => {
    const held = await lockFolder(folder)
    await expect(lockFolder(folder)).rejects.toMatchObject({
      code: 'MR_STATE_LOCKED',
      message: `The state in "${folder}" is in use by process ${process.pid}.`,
    })
    await held.release()
    await (await lockFolder(folder)).release()
  })

  it('is waited for while its holder ends', async () => {
    const held = await lockFolder(folder)
    let isTaken = false
    const next = lockFolder(folder).finally(() => {
      isTaken = true
    })
    await sleep(200)
    expect(isTaken).toBe(false)
    await held.release()
    await (await next).release()
  })

  it('is kept by a file that names a living process', async () => {
    await writeOwner(process.ppid)
    await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'MR_STATE_LOCKED' })
  })

  it.runIf(process.platform === 'linux')(
    'is taken over from a process that is dead and not yet waited for',
    async () => {
      // The shell becomes a program that waits for nobody.
      const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 20'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      try {
        const [pid] = await once(parent.stdout, 'data')
        await writeOwner(Number(pid))
        await (await lockFolder(folder)).release()
      } finally {
        parent.kill()
      }
    },
  )

  it('is taken over from a damaged file', async () => {
    await writeFile(join(folder, 'lock'), '{"pid":')
    await (await lockFolder(folder)).release()
  })
})
