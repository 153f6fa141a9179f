// A program that is killed between raising an alert and its delivery.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { hang, startHook } from './hook.ts'
import { until } from './turned-clock.ts'

let folder = ''
const children: ChildProcess[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-alerts-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) await kill(child)
  rmSync(folder, { recursive: true })
})

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

function start(url: string, ...raised: readonly string[]): ChildProcess {
  const loader = ['--no-warnings', '--import', here('../../../tools/testing/resolve-sources.ts')]
  const args = [...loader, here('program-child.ts'), join(folder, 'state'), url, ...raised]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  children.push(child)
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

it('tells after the next start what it had raised, under the same key, with nothing read', async () => {
  await using hook = await startHook(hang)
  const first = start(hook.url, 'FRA')
  await until(() => hook.received.length === 1)
  await kill(first)
  start(hook.url)
  await until(() => hook.received.length === 2)
  const [told, again] = hook.received
  expect(JSON.parse(told?.body ?? '')).toMatchObject({
    name: 'late',
    alerts: [{ status: 'firing', fields: { origin: 'FRA', delayMin: 90 } }],
  })
  expect(again?.body).toBe(told?.body)
  expect(again?.headers['idempotency-key']).toBe(told?.headers['idempotency-key'])
})
