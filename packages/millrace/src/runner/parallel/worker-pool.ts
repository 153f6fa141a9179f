// The worker threads of a job: starts them, sends batches with a bound on what is under way, waits at barriers.

import { Worker } from 'node:worker_threads'
import { MillraceError } from '../../types/errors.ts'
import type { RemoteOperator } from './remote-operator.ts'
import type {
  FromWorker,
  RowFailure,
  ToWorker,
  WorkerFailure,
  WorkerIdentity,
} from './worker-protocol.ts'

/** Batches under way per worker before reading pauses. */
const MAX_UNDER_WAY = 16

/** A worker thread has failed; the job cannot go on. */
export class WorkerFailedError extends MillraceError {
  constructor(index: number, failure: WorkerFailure) {
    super('MR_INTERNAL', `Worker ${index} failed: ${failure.message}`, {
      domain: 'internal',
      cause: Object.assign(new Error(failure.message), {
        name: failure.name,
        stack: failure.stack,
      }),
    })
  }
}

export interface WorkerPoolSettings {
  readonly program: string
  readonly workers: number
  /** URL of the module that each worker imports: it starts the same program, which then joins this one. */
  readonly entry: string
  readonly onRowFailed: (failure: RowFailure) => void
}

interface Member {
  readonly worker: Worker
  underWay: number
}

export class WorkerPool {
  readonly #settings: WorkerPoolSettings
  readonly #members: Member[] = []
  readonly #operators = new Map<string, RemoteOperator>()
  readonly #ready: (() => void)[] = []
  readonly #done = new Map<number, { waiting: number; resolve: () => void }>()
  #relieved: (() => void) | undefined
  #sequence = 0
  #failure: unknown
  #rejectAll: ((error: unknown) => void)[] = []

  constructor(settings: WorkerPoolSettings) {
    this.#settings = settings
  }

  /** Starts the threads; resolves when each has joined. */
  async start(operators: readonly RemoteOperator[], namesKeys: boolean): Promise<void> {
    const { program, workers, entry } = this.#settings
    for (const operator of operators) this.#operators.set(operator.id, operator)
    const joined: Promise<void>[] = []
    for (let index = 0; index < workers; index++) {
      const identity: WorkerIdentity = { index, workers, program, namesKeys }
      const worker = new Worker(new URL(entry), {
        // The program is made from the same arguments.
        argv: process.argv.slice(2),
        workerData: { millrace: identity },
      })
      this.#members.push({ worker, underWay: 0 })
      joined.push(this.#guard(new Promise(resolve => (this.#ready[index] = resolve))))
      worker.on('message', (message: FromWorker) => this.#take(index, message))
      worker.on('error', error => this.#fail(new WorkerFailedError(index, asFailure(error))))
      worker.on('exit', code => {
        if (code !== 0)
          this.#fail(
            new WorkerFailedError(index, asFailure(new Error(`it exited with code ${code}`))),
          )
      })
    }
    await Promise.all(joined)
    for (const operator of operators) this.#restore(operator)
  }

  #restore(operator: RemoteOperator): void {
    operator.takeRestored().forEach((delta, index) => {
      if (delta.length > 0) this.#post(index, { type: 'restore', operator: operator.id, delta })
      const watermark = operator.restoredWatermark
      this.#post(index, { type: 'start', operator: operator.id, watermark })
    })
    operator.startFrom(operator.restoredWatermark)
  }

  send(operator: string, index: number, batch: Uint8Array): void {
    const member = this.#members[index] as Member
    member.underWay++
    this.#post(index, { type: 'rows', operator, batch })
  }

  get isPressed(): boolean {
    return this.#members.some(m => m.underWay > MAX_UNDER_WAY)
  }

  /** Resolves when no worker has too much before it. @throws what made a worker fail */
  async relieve(): Promise<void> {
    while (this.isPressed)
      await this.#guard(
        new Promise<void>(resolve => {
          this.#relieved = resolve
        }),
      )
    this.#throwFailure()
  }

  /** Resolves when everything sent so far is processed and its results are taken; with `collect`, the changed state too. */
  async barrier(collect: boolean): Promise<void> {
    for (const operator of this.#operators.values()) operator.flush()
    const sequence = ++this.#sequence
    const all = new Promise<void>(resolve => {
      this.#done.set(sequence, { waiting: this.#members.length, resolve })
    })
    for (const index of this.#members.keys())
      this.#post(index, { type: 'barrier', sequence, collect })
    await this.#guard(all)
    this.#throwFailure()
  }

  async close(): Promise<void> {
    for (const { worker } of this.#members) {
      worker.removeAllListeners('exit')
      await worker.terminate()
    }
  }

  #take(index: number, message: FromWorker): void {
    try {
      switch (message.type) {
        case 'ready':
          this.#ready[index]?.()
          return
        case 'rows':
          this.#operators.get(message.operator)?.receive(index, message.batch)
          return
        case 'processed':
          ;(this.#members[index] as Member).underWay--
          if (!this.isPressed) this.#relieved?.()
          return
        case 'row-failed':
          this.#settings.onRowFailed(message)
          return
        case 'failed':
          this.#fail(new WorkerFailedError(index, message.error))
          return
        case 'done': {
          for (const { operator, delta } of message.deltas)
            this.#operators.get(operator)?.takeDelta(delta)
          for (const stats of message.stats)
            this.#operators.get(stats.operator)?.takeStats(index, stats)
          const barrier = this.#done.get(message.sequence)
          if (barrier && --barrier.waiting === 0) {
            this.#done.delete(message.sequence)
            barrier.resolve()
          }
        }
      }
    } catch (error) {
      this.#fail(error)
    }
  }

  #post(index: number, message: ToWorker): void {
    ;(this.#members[index] as Member).worker.postMessage(message)
  }

  #guard(promise: Promise<void>): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure)
    return Promise.race([
      promise,
      new Promise<never>((_, reject) => {
        this.#rejectAll.push(reject)
      }),
    ])
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure
    this.#rejectAll = []
  }

  #fail(error: unknown): void {
    this.#failure ??= error
    for (const reject of this.#rejectAll.splice(0)) reject(this.#failure)
  }
}

function asFailure(error: unknown): WorkerFailure {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  return { name, message, stack: stack ?? '' }
}
