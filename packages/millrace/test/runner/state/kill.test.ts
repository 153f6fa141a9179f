import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nodePorts } from '../../../src/runner/node-ports.ts'
import { createStateBackend } from '../../../src/runner/state/create-state-backend.ts'
import { expectedAfter, pictureOf } from './state-workload.ts'

const CHILD = fileURLToPath(new URL('kill-child.ts', import.meta.url))

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-kill-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

interface Death {
  readonly signal: NodeJS.Signals | null
  /** The last epoch that the process reported durable (or found at its start). */
  readonly durable: number
  readonly output: string
}

/** Runs the child until it ends; `onLine` may kill it. */
function run(
  until: number,
  failpoint: string | undefined,
  executor: 'here' | 'worker' = 'here',
  onLine: (line: string, kill: () => void) => void = () => {},
): Promise<Death> {
  const environment = { ...process.env, ...(failpoint ? { MILLRACE_FAILPOINT: failpoint } : {}) }
  const child = spawn(process.execPath, [CHILD, folder, String(until), executor], {
    env: environment,
  })
  let output = ''
  const take = (data: Buffer) => {
    output += data.toString()
    onLine(output, () => child.kill('SIGKILL'))
  }
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  return new Promise(resolve => {
    child.on('close', (_, signal) => {
      const epochs = [...output.matchAll(/(?:open|durable) (\d+)/g)].map(m => Number(m[1]))
      resolve({ signal, durable: epochs.at(-1) ?? 0, output })
    })
  })
}

async function recovered(): Promise<number> {
  const backend = createStateBackend(folder, nodePorts())
  const state = await backend.open({ name: 'kill' })
  expect(await pictureOf(backend, state)).toBe(expectedAfter(state.epoch))
  await backend.close()
  return state.epoch
}

describe('kill -9', () => {
  it.each([
    ['state.commit.before-write:4', 0],
    ['state.commit.before-sync:4', 1],
    ['state.commit.after-sync:4', 1],
    ['state.fold.before-manifest', undefined],
    ['state.fold.after-manifest', undefined],
  ])('at %s loses no durable epoch', async (failpoint, inFlight) => {
    const death = await run(20, failpoint)
    expect(death.signal, death.output).toBe('SIGKILL')
    const epoch = await recovered()
    if (inFlight === undefined) expect(epoch).toBeGreaterThanOrEqual(death.durable)
    else expect(epoch).toBe(death.durable + inFlight)
    const next = await run(epoch + 3, undefined)
    expect(next.output).toContain(`open ${epoch}\n`)
    expect(await recovered()).toBe(epoch + 3)
  })

  it('in the middle of commits and folds in a thread, again and again, loses no durable epoch', async () => {
    let epoch = 0
    for (let round = 1; round <= 5; round++) {
      const until = epoch + 3 * round
      const death = await run(10_000, undefined, 'worker', (output, kill) => {
        if (output.includes(`durable ${until}\n`)) kill()
      })
      expect(death.signal, death.output).toBe('SIGKILL')
      epoch = await recovered()
      expect(epoch).toBeGreaterThanOrEqual(death.durable)
    }
  })
})

describe('the lock', () => {
  it('keeps a second process out, names the first one, and is free at once after kill -9', async () => {
    let locked: unknown
    const first = run(1_000_000, undefined, 'here', async (output, kill) => {
      if (locked !== undefined || !output.includes('durable 1\n')) return
      locked = null
      const second = createStateBackend(folder, nodePorts())
      locked = await second.open({ name: 'kill' }).catch((error: unknown) => error)
      kill()
    })
    await first
    expect(locked).toMatchObject({
      code: 'MR_STATE_LOCKED',
      message: expect.stringMatching(/in use by process \d+/),
    })
    await recovered()
  })

  it('keeps a second backend of the same process out until the first is closed', async () => {
    const first = createStateBackend(folder, nodePorts())
    await first.open({ name: 'kill' })
    const second = createStateBackend(folder, nodePorts())
    await expect(second.open({ name: 'kill' })).rejects.toMatchObject({ code: 'MR_STATE_LOCKED' })
    await first.close()
    await recovered()
  })
})
