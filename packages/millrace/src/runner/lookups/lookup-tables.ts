// The tables of look-up joins that are held in memory: the final rows of their plans, read before the job starts, and anew when
// what they are read from has changed.
//
//   read ─► fresh ─[every reload interval]─► version asked ─same─► fresh
//                                                 └─other─► read ─► fresh (rows of the next batch meet the new ones)

import type { ExecNode } from '../../compiler/exec-node.ts'
import type { LookupJoinExec } from '../../compiler/nodes/join-exec.ts'
import { reloadIntervalOf } from '../../connector/lookup-options.ts'
import { walkPlan } from '../../plan/children.ts'
import type { PlanNode } from '../../plan/node.ts'
import type { Program } from '../../plan/program.ts'
import { transformPlan } from '../../plan/transform.ts'
import { InternalError } from '../../types/errors.ts'
import type { RuntimePorts } from '../../types/ports.ts'
import type { TableDescriptor } from '../../types/table-descriptor.ts'
import type { Row } from '../../types/value.ts'
import { createTableSource } from '../create-connectors.ts'

/** All rows of a plan, in batch mode. */
export type ReadPlan = (program: Program, plan: PlanNode) => Promise<readonly Row[]>

interface LookupTable {
  /** Over tables that end. */
  readonly plan: PlanNode
  readonly tables: readonly TableDescriptor[]
  /** Undefined: never. */
  readonly reloadMs: number | undefined
  version: string | undefined
  rows: readonly Row[]
}

export class LookupTables {
  readonly #program: Program
  readonly #ports: RuntimePorts
  readonly #read: ReadPlan
  readonly #tables = new Map<ExecNode, LookupTable>()

  private constructor(program: Program, ports: RuntimePorts, read: ReadPlan) {
    const { stateDir: _, port: __, ...settings } = program.settings
    this.#program = { ...program, settings: { ...settings, mode: 'batch' } }
    this.#ports = ports
    this.#read = read
  }

  /** Reads the tables of all look-up joins of a plan. */
  static async load(
    sinks: readonly ExecNode[],
    program: Program,
    ports: RuntimePorts,
    read: ReadPlan,
  ): Promise<LookupTables> {
    const lookups = new LookupTables(program, ports, read)
    const seen = new Set<ExecNode>()
    const visit = async (node: ExecNode): Promise<void> => {
      if (seen.has(node)) return
      seen.add(node)
      if (node.kind === 'lookup-join') lookups.#tables.set(node, await lookups.#load(node))
      for (const input of node.inputs) await visit(input)
    }
    for (const sink of sinks) await visit(sink)
    return lookups
  }

  async #load({ right }: LookupJoinExec): Promise<LookupTable> {
    const scanned = [...walkPlan(right)].flatMap(n => (n.kind === 'scan' ? [n.table] : []))
    const intervals = scanned.flatMap(t => reloadIntervalOf(t) ?? [])
    const plan = overBoundedTables(right)
    const tables = [...walkPlan(plan)].flatMap(n => (n.kind === 'scan' ? [n.table] : []))
    const reloadMs = intervals.length > 0 ? Math.min(...intervals) : undefined
    const table: LookupTable = { plan, tables, reloadMs, version: undefined, rows: [] }
    await this.#reload(table)
    return table
  }

  /** Other rows than before are another array. */
  rowsOf(node: ExecNode): readonly Row[] {
    const table = this.#tables.get(node)
    if (!table) throw new InternalError(`the table of ${node.id} was not read`)
    return table.rows
  }

  /** Reads tables again when they have changed, until aborted. @throws what makes a table unreadable */
  async keepFresh(signal: AbortSignal): Promise<void> {
    await Promise.all(
      [...this.#tables.values()].map(async table => {
        const { reloadMs } = table
        if (reloadMs === undefined) return
        while (!signal.aborted) {
          await this.#ports.clock.sleep(reloadMs, signal)
          if (!signal.aborted) await this.#reload(table)
        }
      }),
    )
  }

  async #reload(table: LookupTable): Promise<void> {
    // Asked first: what changes while the table is read is read again.
    const version = table.reloadMs === undefined ? undefined : await this.#versionOf(table)
    if (version !== undefined && version === table.version) return
    table.rows = await this.#read(this.#program, table.plan)
    table.version = version
  }

  /** Undefined where a table cannot tell. */
  async #versionOf({ tables }: LookupTable): Promise<string | undefined> {
    const versions = await Promise.all(
      tables.map(async table => {
        const source = createTableSource(table, this.#program, this.#ports)
        try {
          return await source.version?.()
        } finally {
          await source.close?.()
        }
      }),
    )
    return versions.includes(undefined) ? undefined : versions.join('\n')
  }
}

/** The plan over tables of which what is there now is read. */
function overBoundedTables(plan: PlanNode): PlanNode {
  const bounded = new Map<TableDescriptor, TableDescriptor>()
  return transformPlan(plan, node => {
    if (node.kind !== 'scan' || !node.table.options.has('source.monitor-interval')) return node
    const options = new Map(node.table.options)
    options.delete('source.monitor-interval')
    const table = bounded.get(node.table) ?? { ...node.table, options }
    bounded.set(node.table, table)
    return { ...node, table }
  })
}
