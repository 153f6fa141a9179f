// Emits the code of one task: rows are pushed from sources and operators through stateless nodes to the next state or sink.

import type { Operator } from '../runtime/operator.ts'
import type { SourceClock, TimeSource } from '../runtime/timeline.ts'
import { CodeModule, type BlockScope } from './code/code-module.ts'
import { type EmittedColumn, type EmittedRow, rowFromArray } from './code/emitted-row.ts'
import type { EmitEnvironment } from './code/emit-expression.ts'
import type { ExecNode } from './exec-node.ts'
import type { TaskServices } from './task-services.ts'

/** Emits what `node` does with a row that reaches its input `input`. */
export type NodeEmitter<N extends ExecNode> = (
  emitter: TaskEmitter,
  node: N,
  input: number,
  scope: BlockScope,
  row: EmittedRow,
) => void

/** An operator made for a node, with the clock that it sees. */
export interface BuiltOperator {
  readonly node: ExecNode
  readonly operator: Operator
}

interface Consumer {
  readonly node: ExecNode
  readonly input: number
}

export class TaskEmitter {
  readonly module = new CodeModule()
  readonly services: TaskServices
  readonly operators: BuiltOperator[] = []
  readonly #ordered: ExecNode[] = []
  readonly #consumers = new Map<ExecNode, Consumer[]>()
  readonly #exports = new Map<string, (value: never) => void>()
  readonly #emit: (node: ExecNode, input: number, scope: BlockScope, row: EmittedRow) => void
  readonly #emitFunctions = new Map<ExecNode, string>()

  constructor(
    roots: readonly ExecNode[],
    services: TaskServices,
    emit: (
      emitter: TaskEmitter,
      node: ExecNode,
      input: number,
      scope: BlockScope,
      row: EmittedRow,
    ) => void,
  ) {
    this.services = services
    this.#emit = (node, input, scope, row) =>
      this.module.within(node, () => emit(this, node, input, scope, row))
    const visit = (node: ExecNode): void => {
      if (this.#consumers.has(node)) return
      this.#consumers.set(node, [])
      for (const input of node.inputs) visit(input)
      node.inputs.forEach((input, i) => {
        ;(this.#consumers.get(input) as Consumer[]).push({ node, input: i })
      })
      this.#ordered.push(node)
    }
    roots.forEach(visit)
  }

  /** All nodes, inputs before their consumers. */
  get nodes(): readonly ExecNode[] {
    return this.#ordered
  }

  consumersOf(node: ExecNode): readonly Consumer[] {
    return this.#consumers.get(node) ?? []
  }

  /** Where expressions of a node find the columns of its input row, time and watermark. */
  environment(columns: readonly EmittedColumn[], node: ExecNode): EmitEnvironment {
    return { columns, context: this.module.constant(this.services.contextOf(node), 'context') }
  }

  /** Emits what becomes of a row that leaves `node`. */
  push(node: ExecNode, scope: BlockScope, row: EmittedRow): void {
    const consumers = this.consumersOf(node)
    const [only] = consumers
    if (consumers.length === 1 && only) this.#emit(only.node, only.input, scope, row)
    else
      for (const consumer of consumers)
        scope.block('', inner => this.#emit(consumer.node, consumer.input, inner, row))
  }

  /**
   * The function `emit(kind, row)` through which rows leave a stateful node, row an array. An error in an expression of the
   * pipeline below concerns that row only: it goes to the services' policy.
   */
  emitFunction(node: ExecNode): string {
    const known = this.#emitFunctions.get(node)
    if (known) return known
    const failed = this.module.constant(this.services.rowFailed, 'rowFailed')
    const name = this.module.within(node, () =>
      this.module.addFunction(`emit_${node.kind}`, ['kind', 'row'], scope => {
        const kind = node.output === 'append' ? '0' : 'kind'
        scope.block('try ', inner =>
          this.push(node, inner, rowFromArray('row', node.schema.length, kind)),
        )
        scope.statement(`catch (error) { ${failed}(${JSON.stringify(node.id)}, error, row) }`)
      }),
    )
    this.#emitFunctions.set(node, name)
    return name
  }

  /** Registers the operator of a node; rows reach it by its constant's name, which is returned. */
  addOperator(node: ExecNode, operator: Operator): string {
    if (!this.operators.some(o => o.operator === operator)) this.operators.push({ node, operator })
    return this.module.constant(operator, operator.id)
  }

  /** Hands a declaration of the module to `take` once the module runs. */
  link<T>(name: string, take: (value: T) => void): void {
    this.#exports.set(name, take as (value: never) => void)
  }

  clockOf(node: ExecNode): TimeSource {
    return this.services.clockOf(node)
  }

  sourceClockOf(node: ExecNode): SourceClock {
    return this.services.sourceClockOf(node)
  }

  /** Runs the module and hands out what was linked. */
  instantiate(): void {
    const exported = this.module.instantiate<Record<string, never>>(this.#exportList())
    for (const [name, take] of this.#exports) take(exported[name] as never)
  }

  /** The functions in which rows of a node are processed: it shares them with the nodes that are melted with it. */
  codeOf(node: ExecNode): string | undefined {
    return this.module.sourceOf(node)
  }

  source(): string {
    return this.module.source(this.#exportList())
  }

  #exportList(): string {
    return `{ ${[...this.#exports.keys()].join(', ')} }`
  }
}
