// Set-up of a vitest run: names the folder of its Kafka broker, and ends the broker with the run. The first test that asks for it starts it.

import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

let folder: string

/** What it sets is inherited by the processes of tests; `testBroker` of @millrace/testing reads it. */
export async function setup(): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'millrace-broker-'))
  process.env['MILLRACE_TEST_BROKER_FOLDER'] = folder
  process.env['MILLRACE_TEST_BROKER_OWNER'] = String(process.pid)
}

export async function teardown(): Promise<void> {
  const isUsed = (await readdir(folder)).length > 0
  if (isUsed) {
    // Loaded here only: most runs start no broker.
    const { findBroker } = await import('@millrace/testing')
    const broker = await findBroker(folder)
    await broker?.kill()
  }
  await rm(folder, { recursive: true, force: true })
}
