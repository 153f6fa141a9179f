// Set-up of a vitest run: names a folder in which the tests of the server's page agree on who builds it.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

let folder: string

/** What it sets is inherited by the processes of tests. */
export async function setup(): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'millrace-page-'))
  process.env['MILLRACE_TEST_PAGE_FOLDER'] = folder
}

export async function teardown(): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}
