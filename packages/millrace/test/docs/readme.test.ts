// What the README shows beside its programs: the ten lines are those of the example, and its kill -9 goes as told.

import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { blockOf, ROOT } from './code-blocks.ts'
import { CLI, nodeArgs, runFile } from './run-program.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-readme-'))
  cpSync(join(ROOT, 'examples/ten-lines'), folder, {
    recursive: true,
    filter: path => !path.endsWith('/out'),
  })
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const example = (name: string): string =>
  readFileSync(join(ROOT, 'examples/ten-lines', name), 'utf8')

it('shows the programs of the example', () => {
  expect(blockOf('README.md', 'ts')).toBe(example('delays.ts'))
  expect(blockOf('README.md', 'sql run')).toBe(example('delays.sql'))
})

it('shows the first lines that the ten lines print', () => {
  const { stdout } = runFile(join(folder, 'delays.ts'), folder)
  const printed = readFileSync(join(ROOT, 'README.md'), 'utf8')
    .split('\n')
    .filter(line => line.startsWith('+I['))
  expect(printed.length).toBeGreaterThan(0)
  expect(stdout.split('\n').slice(0, printed.length)).toEqual(printed)
})

it('gives the same rows after a kill -9 as without one', async () => {
  const script = join(folder, 'hourly.sql')
  const output = join(folder, 'out/hourly.ndjson')
  const args = ['run', script, '--state-dir', join(folder, 'state'), '--no-server']
  const child = spawn(process.execPath, nodeArgs(CLI, ...args), { cwd: folder, stdio: 'ignore' })
  const ended = new Promise(resolve => child.once('exit', resolve))
  while (!(existsSync(output) && statSync(output).size > 0)) await delay(20)
  child.kill('SIGKILL')
  await ended
  const before = rows(output)
  expect(before.length).toBeLessThan(56)
  const again = runFile(CLI, folder, ...args)
  expect(again.exitCode, again.stderr).toBe(0)
  expect(rows(output).slice(0, before.length)).toEqual(before)

  const unkilled = join(folder, 'unkilled')
  cpSync(join(ROOT, 'examples/ten-lines'), unkilled, { recursive: true })
  rmSync(join(unkilled, 'out'), { recursive: true, force: true })
  runFile(CLI, folder, 'run', join(unkilled, 'hourly.sql'), '--no-server')
  expect(rows(output).toSorted()).toEqual(rows(join(unkilled, 'out/hourly.ndjson')).toSorted())
  expect(rows(output)).toHaveLength(56)
})

const rows = (path: string): string[] => readFileSync(path, 'utf8').trimEnd().split('\n')
