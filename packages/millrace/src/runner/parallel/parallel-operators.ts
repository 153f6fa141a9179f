// The operators of a job that run on worker threads: their stand-ins in the main task, and the threads behind them.

import { pathToFileURL } from 'node:url'
import type { RemoteFactory } from '../../compiler/compile-task.ts'
import { RowFunctions } from '../../compiler/code/row-functions.ts'
import type { ExecNode } from '../../compiler/exec-node.ts'
import type { Program } from '../../plan/program.ts'
import { type ParallelNode, parallelNodes } from './parallel-nodes.ts'
import { RemoteOperator } from './remote-operator.ts'
import { WorkerPool } from './worker-pool.ts'
import type { RowFailure } from './worker-protocol.ts'

export class ParallelOperators implements RemoteFactory {
  readonly #nodes: ReadonlySet<ExecNode>
  readonly #operators: RemoteOperator[] = []
  readonly #pool: WorkerPool
  readonly #workers: number

  constructor(
    roots: readonly ExecNode[],
    program: Program,
    workers: number,
    onRowFailed: (failure: RowFailure) => void,
  ) {
    this.#nodes = parallelNodes(roots)
    this.#workers = workers
    const entry = program.settings.entry ?? entryOfProcess()
    this.#pool = new WorkerPool({ program: program.name, workers, entry, onRowFailed })
  }

  has(node: ExecNode): boolean {
    return this.#nodes.has(node)
  }

  create(node: ExecNode, time: Parameters<RemoteFactory['create']>[1]): RemoteOperator {
    const parallel = node as ParallelNode
    const keys = parallel.groupKeys.map(k => k.expression)
    const functions = new RowFunctions({
      nowMs: () => 0,
      queryStartMs: () => 0,
      watermarkMs: () => time.inputClock.watermark,
      random: () => 0,
    })
    const operator = new RemoteOperator({
      node: parallel,
      workers: this.#workers,
      keysOf: functions.values(keys, node.inputs[0]?.schema.length ?? 0),
      ...time,
      send: (worker, batch) => this.#pool.send(parallel.id, worker, batch),
    })
    this.#operators.push(operator)
    return operator
  }

  /**
   * Starts the threads and gives them their state back; after the job's own state is restored.
   *
   * @param namesKeys changes of state name each key that is gone
   */
  async start(namesKeys: boolean): Promise<void> {
    if (this.#operators.length > 0) await this.#pool.start(this.#operators, namesKeys)
  }

  /** Waits until every worker has processed what it was sent, and its results are in the main task. */
  async barrier(collect: boolean): Promise<void> {
    if (this.#operators.length > 0) await this.#pool.barrier(collect)
  }

  /** Holds reading back while workers have too much before them. */
  relieve(): Promise<void> | undefined {
    return this.#pool.isPressed ? this.#pool.relieve() : undefined
  }

  close(): Promise<void> {
    return this.#pool.close()
  }
}

function entryOfProcess(): string {
  const main = process.argv[1]
  return main === undefined ? 'data:text/javascript,' : pathToFileURL(main).href
}
