// The process that is killed: runs one of the programs on a folder until its input ends.
// Arguments: scenario, folder, replay speed (0: as fast as it goes).

import { join } from 'node:path'
import { EmbeddedRunner, nodePorts } from 'millrace'
import { DurableStateBackend } from '../../packages/millrace/src/runner/state/durable-state-backend.ts'
import { lockFolder } from '../../packages/millrace/src/runner/state/state-lock.ts'
import { foldInWorker } from '../../packages/millrace/src/runner/state/worker-fold.ts'
import { SCENARIOS } from './programs/scenarios.ts'

/** Small, so that many epochs and folds happen in a short life. */
const EPOCH_MS = 20
const FOLD_AFTER_BYTES = 96 * 1024

const [name, folder = '', replaySpeed = '0'] = process.argv.slice(2)
const scenario = SCENARIOS.find(s => s.name === name)
if (!scenario) throw new Error(`there is no scenario ${name}`)
const ports = nodePorts()
const backend = new DurableStateBackend({
  folder: join(folder, 'state'),
  ports,
  lock: lockFolder,
  executor: foldInWorker,
  foldAfterBytes: FOLD_AFTER_BYTES,
})
const app = scenario.program(folder, Number(replaySpeed))
const runner = new EmbeddedRunner({ ports, backend })
const job = await runner.start(app.program({ epochMs: EPOCH_MS }))
console.log('open')
await job.finished
