// Exactly once through kill -9: at every named place of applying, and at random moments.

import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { openWarehouse } from '../src/index.ts'
import { join } from 'node:path'
import { rmSync } from 'node:fs'
import { temporaryFolder } from './sink-harness.ts'

const EPOCHS = 100
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const folders: string[] = []
const newFolder = (): string => {
  const folder = temporaryFolder()
  folders.push(folder)
  return folder
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function commandOf(folder: string, mode: string) {
  const loader = ['--no-warnings', '--import', here('../../../tools/testing/resolve-sources.ts')]
  return {
    command: process.execPath,
    args: [...loader, here('kill-child.ts'), folder, mode, `${EPOCHS}`],
  }
}

function start(folder: string, mode: string, failpoint?: string): ChildProcess {
  const { command, args } = commandOf(folder, mode)
  return spawn(command, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...(failpoint ? { MILLRACE_FAILPOINT: failpoint } : {}) },
  })
}

interface End {
  readonly code: number | null
  readonly signal: string | null
}

const ended = (child: ChildProcess): Promise<End> =>
  new Promise(resolve => child.once('exit', (code, signal) => resolve({ code, signal })))

const opened = (child: ChildProcess): Promise<void> =>
  new Promise(resolve => child.stdout?.once('data', () => resolve()))

async function tableOf(folder: string) {
  const warehouse = await openWarehouse(join(folder, 'w.duckdb'))
  try {
    return await warehouse.query('SELECT * FROM out ORDER BY k, epoch')
  } finally {
    await warehouse.close()
  }
}

function expectedTable(mode: string) {
  const rows = new Map<number, { k: number; epoch: number; text: string }>()
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    for (let i = 0; i < 20; i++) {
      const k = mode === 'upsert' ? (epoch * 7 + i) % 50 : epoch * 20 + i
      if (mode === 'upsert' && (epoch + i) % 9 === 0) rows.delete(k)
      else rows.set(k, { k, epoch, text: `row ${i}` })
    }
  }
  return [...rows.values()].sort((a, b) => a.k - b.k)
}

describe('a disk that is full', () => {
  it('stops the sink with an error, and loses nothing', async () => {
    const folder = newFolder()
    const { command, args } = commandOf(folder, 'append')
    // No file may grow beyond 24 KiB: writing on fails as it does on a full disk.
    const limited = `ulimit -f 24; exec "$0" "$@"`
    const child = spawn('bash', ['-c', limited, command, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (bytes: Buffer) => {
      said += bytes.toString()
    })
    expect(await ended(child)).toMatchObject({ code: 1 })
    expect(said).toMatch(/WarehouseWriteError.*Table "out" of .*w\.duckdb was not written/)
    expect((await ended(start(folder, 'append'))).code).toBe(0)
    expect(await tableOf(folder)).toEqual(expectedTable('append'))
  }, 60_000)
})

describe.each(['append', 'upsert'])('a killed process, %s', mode => {
  it.each(['duckdb.apply.before-write', 'duckdb.apply.before-commit', 'duckdb.apply.after-commit'])(
    'loses and doubles nothing when it dies at %s',
    async failpoint => {
      const folder = newFolder()
      for (let death = 1; death <= 2; death++) {
        expect((await ended(start(folder, mode, failpoint))).signal).toBe('SIGKILL')
      }
      expect((await ended(start(folder, mode))).code).toBe(0)
      expect(await tableOf(folder)).toEqual(expectedTable(mode))
    },
    60_000,
  )

  it('loses and doubles nothing when it is killed at arbitrary moments', async () => {
    const folder = newFolder()
    for (const afterMs of [40, 600, 1_050]) {
      const child = start(folder, mode)
      const end = ended(child)
      await opened(child)
      await new Promise(resolve => setTimeout(resolve, afterMs))
      child.kill('SIGKILL')
      expect((await end).signal).toBe('SIGKILL')
    }
    expect((await ended(start(folder, mode))).code).toBe(0)
    expect(await tableOf(folder)).toEqual(expectedTable(mode))
  }, 60_000)
})
