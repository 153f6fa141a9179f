// Imported before a program: it ends with the process that has started it, by which its input is held open.

import type { Socket } from 'node:net'
import { isMainThread } from 'node:worker_threads'

// Its threads import this, too.
if (isMainThread) {
  process.stdin.once('end', () => process.exit(1)).resume()
  ;(process.stdin as Socket).unref()
}
