// Which clock each node of the physical plan sees: the watermarks of sources, carried through the plan by minimum and delay.

import {
  CombinedClock,
  type OperatorTime,
  SourceClock,
  type TimeSource,
} from '../runtime/timeline.ts'
import type { Operator } from '../runtime/operator.ts'
import type { ExecNode } from './exec-node.ts'
import { drivesClock } from './nodes/drives-clock.ts'

export class TaskClocks {
  readonly #isRemote: (node: ExecNode) => boolean
  readonly #own = new Map<ExecNode, SourceClock>()
  readonly #inputs = new Map<ExecNode, TimeSource>()
  readonly #delays = new Map<ExecNode, number>()

  /** @param isRemote nodes that run on workers: what comes back from them drives a clock of its own */
  constructor(isRemote: (node: ExecNode) => boolean = () => false) {
    this.#isRemote = isRemote
  }

  /** The clock that a source, values, watermark, async, remote or processing-clock node drives. */
  sourceClock(node: ExecNode): SourceClock {
    const known = this.#own.get(node)
    if (known) return known
    const clock = new SourceClock()
    this.#own.set(node, clock)
    return clock
  }

  /** How far the watermark of a node's output stays behind its input's, ms. */
  setDelay(node: ExecNode, delayMs: number): void {
    this.#delays.set(node, delayMs)
  }

  /** What rows that enter the node are judged by. */
  inputClock(node: ExecNode): TimeSource {
    const known = this.#inputs.get(node)
    if (known) return known
    const inputs = [...new Set(node.inputs.map(i => this.#outputClock(i)))]
    const [only] = inputs
    const clock = inputs.length === 1 && only ? only : new CombinedClock(inputs)
    this.#inputs.set(node, clock)
    return clock
  }

  /** The sources that move an operator's clock, each with the greatest delay on a path between them. */
  timeOf(node: ExecNode, operator: Operator): OperatorTime {
    const sources = new Map<SourceClock, number>()
    const visit = (at: ExecNode, delay: number): void => {
      if (at !== node && this.#isDriver(at)) {
        const clock = this.sourceClock(at)
        sources.set(clock, Math.max(sources.get(clock) ?? 0, delay))
        return
      }
      const further = delay + (at === node ? 0 : (this.#delays.get(at) ?? 0))
      for (const input of at.inputs) visit(input, further)
    }
    for (const input of node.inputs) visit(input, 0)
    return {
      operator,
      clock: this.inputClock(node),
      sources: [...sources].map(([clock, delayMs]) => ({ clock, delayMs })),
    }
  }

  #outputClock(node: ExecNode): TimeSource {
    if (this.#isDriver(node)) return this.sourceClock(node)
    const input = this.inputClock(node)
    const delay = this.#delays.get(node) ?? 0
    return delay === 0 ? input : new CombinedClock([input], delay)
  }

  /** Nodes whose clock is moved by data itself, or by the machine's. */
  #isDriver(node: ExecNode): boolean {
    return (
      node.kind === 'source' ||
      node.kind === 'values' ||
      node.kind === 'watermark' ||
      drivesClock(node) ||
      this.#isRemote(node)
    )
  }
}

/** The watermark nodes over a source (or values), in plan order: their positions index the clocks of a split. */
export function watermarksOver(
  source: ExecNode,
  consumersOf: (node: ExecNode) => readonly { readonly node: ExecNode }[],
): readonly ExecNode[] {
  const found: ExecNode[] = []
  const visit = (node: ExecNode): void => {
    for (const { node: consumer } of consumersOf(node)) {
      if (consumer.kind === 'watermark') {
        if (!found.includes(consumer)) found.push(consumer)
      } else if (isStateless(consumer)) visit(consumer)
    }
  }
  visit(source)
  return found
}

function isStateless(node: ExecNode): boolean {
  return node.kind === 'calc' || node.kind === 'unnest' || node.kind === 'union'
}
