// Set-up of a vitest run: names the folders of its Kafka broker and its schema registry, and ends them with the run. The first test that
// asks for one starts it.

import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

let folder: string
let registryFolder: string

/** What it sets is inherited by the processes of tests; `testBroker` of @millrace/testing reads it. */
export async function setup(): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'millrace-broker-'))
  registryFolder = await mkdtemp(join(tmpdir(), 'millrace-registry-'))
  process.env['MILLRACE_TEST_BROKER_FOLDER'] = folder
  process.env['MILLRACE_TEST_REGISTRY_FOLDER'] = registryFolder
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
  if ((await readdir(registryFolder)).length > 0) {
    const { findRegistry } = await import('@millrace/testing')
    const registry = await findRegistry(registryFolder)
    await registry?.stop()
  }
  await rm(folder, { recursive: true, force: true })
  await rm(registryFolder, { recursive: true, force: true })
}
