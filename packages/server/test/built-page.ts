// The page, built once per test run: files of tests that need it run at the same time, and it has one place.

import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** Resolves when the page is built from its present sources. */
export async function buildPage(): Promise<void> {
  const folder = process.env['MILLRACE_TEST_PAGE_FOLDER'] as string
  const built = join(folder, 'built')
  const failed = join(folder, 'failed')
  if (await isFirst(join(folder, 'building'))) {
    try {
      await build({ configFile: pathOf('../vite.config.ts'), root: pathOf('../page') })
    } catch (error) {
      await writeFile(failed, '')
      throw error
    }
    await writeFile(built, '')
  }
  while (!existsSync(built)) {
    if (existsSync(failed)) throw new Error('The page could not be built: see the other test file.')
    await sleep(50)
  }
}

async function isFirst(path: string): Promise<boolean> {
  try {
    await mkdir(path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
}

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
