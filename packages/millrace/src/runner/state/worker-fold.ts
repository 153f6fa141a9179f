// Runs folds in a thread of their own, so that the event loop keeps to records.

import { Worker } from 'node:worker_threads'
import { InternalError } from '../../types/errors.ts'
import type { FoldExecutor } from './fold-job.ts'

const EXTENSION = import.meta.url.endsWith('.ts') ? 'ts' : 'js'

/** Folds over Node's disk in a new thread. The process lives until the job is done. */
export const foldInWorker: FoldExecutor = job =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL(`./fold-worker.${EXTENSION}`, import.meta.url), {
      workerData: job,
      name: 'millrace-fold',
    })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', code => reject(new InternalError(`the fold's thread ended with ${code}`)))
  })
