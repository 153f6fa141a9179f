// The thread that folds: one job, then it ends.

import { parentPort, workerData } from 'node:worker_threads'
import { nodeDisk } from '../node-ports.ts'
import { type FoldJob, runFoldJob } from './fold-job.ts'

const bytes = await runFoldJob(nodeDisk, workerData as FoldJob, () => Promise.resolve())
parentPort?.postMessage(bytes)
