// Several processes may start a server in the same folder at once: one does, the others wait for it.

import { setTimeout as sleep } from 'node:timers/promises'
import { lockFolder, MillraceError } from 'millrace'

/** Another start may have to fetch the jars first. */
const OTHER_START_MS = 10 * 60_000

export async function lockWithPatience(folder: string): ReturnType<typeof lockFolder> {
  for (const giveUpAt = performance.now() + OTHER_START_MS; ; await sleep(200)) {
    try {
      return await lockFolder(folder)
    } catch (error) {
      const isHeld = error instanceof MillraceError && error.code === 'MR_STATE_LOCKED'
      if (!isHeld || performance.now() > giveUpAt) throw error
    }
  }
}
