// Processes that run case after case, with a stand-in for the engine.

import { resolve } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { WarmProcesses } from '../warm-processes.ts'

const WORKER = resolve(import.meta.dirname, 'support', 'stand-in-worker.mjs')

describe('warm processes', () => {
  const processes = new WarmProcesses([process.execPath, WORKER])
  const run = (file: string, timeoutSeconds = 60) =>
    processes.run({ file, mode: 'batch' }, timeoutSeconds)
  afterEach(() => processes.close())

  it('runs one case after another in the same process, each with its own output and exit code', async () => {
    expect(await run('a')).toEqual({
      code: 0,
      out: 'a batch 1\n',
      err: 'warning of a\n',
      timedOut: false,
    })
    expect(await run('reject')).toMatchObject({ code: 1, out: 'reject batch 2\n' })
  })

  it('runs cases at once in processes of their own', async () => {
    const outcomes = await Promise.all([run('a'), run('b'), run('c')])
    expect(outcomes.map(({ out }) => out)).toEqual(['a batch 1\n', 'b batch 1\n', 'c batch 1\n'])
  })

  it('tells a process that dies from a rejection, and goes on with another', async () => {
    expect(await run('die')).toMatchObject({ code: 3, err: 'The engine ended with 1.' })
    expect(await run('a')).toMatchObject({ code: 0, out: 'a batch 1\n' })
  })

  it('kills a process that takes too long, and goes on with another', async () => {
    expect(await run('hang', 1)).toMatchObject({ code: 3, timedOut: true })
    expect(await run('a')).toMatchObject({ code: 0, out: 'a batch 1\n' })
  })
})
