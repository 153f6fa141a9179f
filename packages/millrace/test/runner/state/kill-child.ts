// A process to be killed: commits the fixture's epochs to a real folder and reports each durable one on stdout.

import { nodePorts } from '../../../src/runner/node-ports.ts'
import { DurableStateBackend } from '../../../src/runner/state/durable-state-backend.ts'
import { lockFolder } from '../../../src/runner/state/state-lock.ts'
import { foldInWorker } from '../../../src/runner/state/worker-fold.ts'
import { epochOf } from './state-workload.ts'

const [folder = '', until = '0', executor = 'here'] = process.argv.slice(2)
const backend = new DurableStateBackend({
  folder,
  ports: nodePorts(),
  lock: lockFolder,
  foldAfterBytes: 30_000,
  ...(executor === 'worker' ? { executor: foldInWorker } : {}),
})
const { epoch } = await backend.open({ name: 'kill' })
console.log(`open ${epoch}`)
for (let next = epoch + 1; next <= Number(until); next++) {
  await backend.commit(epochOf(next))
  console.log(`durable ${next}`)
}
await backend.fold()
await backend.close()
console.log('closed')
