// The tables that a job asks for rows by key, open for as long as it runs.

import { checkTableOptions } from '../../connector/check-options.ts'
import type { KeyLookup } from '../../connector/lookup.ts'
import type { ExecNode } from '../../compiler/exec-node.ts'
import type { KeyLookupJoinExec } from '../../compiler/nodes/join-exec.ts'
import type { Program } from '../../plan/program.ts'
import { InternalError } from '../../types/errors.ts'
import type { RuntimePorts } from '../../types/ports.ts'

export class KeyLookups {
  readonly #open = new Map<ExecNode, KeyLookup>()

  /** Opens all tables of a plan, or none. */
  static async open(
    sinks: readonly ExecNode[],
    program: Program,
    ports: RuntimePorts,
  ): Promise<KeyLookups> {
    const lookups = new KeyLookups()
    const seen = new Set<ExecNode>()
    const visit = async (node: ExecNode): Promise<void> => {
      if (seen.has(node)) return
      seen.add(node)
      if (node.kind === 'key-lookup-join')
        lookups.#open.set(node, await openLookup(node, program, ports))
      for (const input of node.inputs) await visit(input)
    }
    try {
      for (const sink of sinks) await visit(sink)
    } catch (error) {
      await lookups.close()
      throw error
    }
    return lookups
  }

  of(node: ExecNode): KeyLookup {
    const lookup = this.#open.get(node)
    if (!lookup) throw new InternalError(`${node.id} was not opened`)
    return lookup
  }

  async close(): Promise<void> {
    for (const lookup of this.#open.values()) await lookup.close?.()
    this.#open.clear()
  }
}

async function openLookup(
  { table, keyColumns }: KeyLookupJoinExec,
  { connectors, settings, name: program }: Program,
  ports: RuntimePorts,
): Promise<KeyLookup> {
  checkTableOptions(table, connectors, 'source')
  const factory = connectors.sources.get(table.connector)
  if (!factory?.createKeyLookup) throw new InternalError(`${table.connector} has no look-ups`)
  const baseFolder = settings.baseFolder ?? process.cwd()
  return factory.createKeyLookup({
    table,
    ports,
    program,
    baseFolder,
    framing: 'lines',
    keyColumns,
  })
}
