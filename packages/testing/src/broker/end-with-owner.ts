// Servers that outlive the process that started them, but not the one that they were started for.

import { spawn } from 'node:child_process'

/** A small process of its own kills a server once its owner is gone, however that ended. */
export function endWithOwner(ownerPid: number, serverPid: number): void {
  const wait = 'while kill -0 $0; do kill -0 $1 || exit 0; sleep 1; done'
  const script = `${wait}; kill $1; sleep 10; kill -9 $1`
  const args = ['-c', script, String(ownerPid), String(serverPid)]
  spawn('sh', args, { detached: true, stdio: 'ignore' }).unref()
}
