// The dead letters that a program's state folder holds, for tools that look at them while it is not running.

import { constants } from 'node:fs'
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DeadLetter } from '../../connector/dead-letter.ts'
import { LETTERS_ID, lettersIn } from '../../runtime/dead-letters.ts'
import type { RuntimePorts } from '../../types/ports.ts'
import { createStateBackend, isStateFile } from './create-state-backend.ts'
import { lockFolder } from './state-lock.ts'

/**
 * In their order. A copy is opened: to open state is to decide on its last commit, which is the program's.
 *
 * @throws `MR_STATE_LOCKED` while the program runs, `MR_STATE_INCOMPATIBLE` when the folder is another program's
 */
export async function storedLetters(
  folder: string,
  program: string,
  ports: RuntimePorts,
): Promise<readonly DeadLetter[]> {
  const copy = await copied(folder)
  const backend = createStateBackend(copy, ports)
  try {
    await backend.open({ name: program })
    const letters: DeadLetter[] = []
    for await (const entries of backend.scan(LETTERS_ID)) letters.push(...lettersIn(entries))
    return letters.toSorted((a, b) => a.sequence - b.sequence)
  } finally {
    await backend.close()
    await rm(copy, { recursive: true, force: true })
  }
}

async function copied(folder: string): Promise<string> {
  const lock = await lockFolder(folder)
  try {
    const copy = await mkdtemp(join(tmpdir(), 'millrace-state-'))
    for (const name of (await readdir(folder)).filter(isStateFile))
      await copyFile(join(folder, name), join(copy, name), constants.COPYFILE_FICLONE)
    return copy
  } finally {
    await lock.release()
  }
}
