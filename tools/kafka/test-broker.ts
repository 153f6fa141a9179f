// The broker that tests share: started by the first that needs it, stopped once none does any more.
//
// Each process that uses it leaves a file with its id. A keeper, a process of its own, looks at these, and stops the broker when all of
// them are gone for a while.

import { spawn } from 'node:child_process'
import { mkdir, open, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { brokerPid, startBroker, stopBroker, TEST_PROPERTIES } from './broker.ts'

const PORT = Number(process.env['MILLRACE_TEST_KAFKA_PORT'] ?? 19_392)
export const TEST_BROKER_FOLDER = join(
  tmpdir(),
  `millrace-test-kafka-${userInfo().username}-${PORT}`,
)
const USERS = join(TEST_BROKER_FOLDER, 'users')
const IDLE_MS = 20_000
const STALE_LOCK_MS = 180_000

/** The address of a broker: the one that the environment names, else one that is started. */
export async function testBroker(): Promise<string> {
  const named = process.env['MILLRACE_KAFKA']
  if (named) return named
  await mkdir(USERS, { recursive: true })
  await writeFile(join(USERS, String(process.pid)), '')
  const lock = join(TEST_BROKER_FOLDER, 'starting')
  while (brokerPid(TEST_BROKER_FOLDER) === undefined) {
    const held = await open(lock, 'wx').catch(() => undefined)
    if (!held) {
      const since = await stat(lock).catch(() => undefined)
      if (since && Date.now() - since.mtimeMs > STALE_LOCK_MS) await rm(lock, { force: true })
      await sleep(100)
      continue
    }
    try {
      await rm(join(TEST_BROKER_FOLDER, 'data'), { recursive: true, force: true })
      await startBroker({ folder: TEST_BROKER_FOLDER, port: PORT, properties: TEST_PROPERTIES })
      keepBroker()
    } finally {
      await held.close()
      await rm(lock, { force: true })
    }
  }
  while (await stat(lock).catch(() => undefined)) await sleep(50)
  return `127.0.0.1:${PORT}`
}

function keepBroker(): void {
  const keeper = spawn(process.execPath, [fileURLToPath(import.meta.url), 'keep'], {
    detached: true,
    stdio: 'ignore',
  })
  keeper.unref()
}

async function keep(): Promise<void> {
  let idleSince = Date.now()
  for (;;) {
    await sleep(1_000)
    const users = await readdir(USERS).catch(() => [])
    for (const user of users)
      if (isAlive(Number(user))) idleSince = Date.now()
      else await rm(join(USERS, user), { force: true })
    if (Date.now() - idleSince > IDLE_MS) break
  }
  await stopBroker(TEST_BROKER_FOLDER)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

if (process.argv[2] === 'keep') await keep()
