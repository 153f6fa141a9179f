// How a job is set up, as it may be shown: settings, tables with their options; nothing of a secret.

import type { Program } from '../../plan/program.ts'
import { programTables } from '../../plan/program-tables.ts'
import { shownOptions } from '../../types/sensitive-options.ts'
import type { TableDescriptor } from '../../types/table-descriptor.ts'
import { epochMsOf } from '../../plan/program.ts'

/** A group of settings: names with values as text. */
export interface ConfigurationGroup {
  readonly name: string
  readonly settings: readonly { readonly name: string; readonly value: string }[]
}

/** Settings of the program, what `SET` gave, and the options of each table that is read or written. */
export function jobConfiguration(program: Program): readonly ConfigurationGroup[] {
  const { read, written } = programTables(program)
  return [
    { name: 'Program', settings: settingsOf(program) },
    { name: 'SET', settings: listed(shownOptions(program.settings.options ?? new Map())) },
    ...read.map(table => groupOf(table, 'source')),
    ...written.map(table => groupOf(table, 'sink')),
  ].filter(group => group.settings.length > 0)
}

function settingsOf({ name, settings }: Program) {
  const { mode, timeZone, stateDir, parallelism, stateTtlMs, allowOrphanedState } = settings
  return [
    { name: 'name', value: name },
    { name: 'mode', value: mode ?? 'streaming' },
    { name: 'time zone', value: timeZone ?? 'UTC' },
    { name: 'state folder', value: stateDir ?? 'none: state is in memory' },
    { name: 'epoch interval', value: `${epochMsOf(settings)} ms` },
    { name: 'parallelism', value: String(parallelism ?? 1) },
    { name: 'state time to live', value: stateTtlMs ? `${stateTtlMs} ms` : 'none' },
    { name: 'orphaned state', value: allowOrphanedState ? 'dropped' : 'refused' },
  ]
}

const groupOf = (table: TableDescriptor, use: 'source' | 'sink'): ConfigurationGroup => ({
  name: `${table.name} (${use})`,
  settings: listed(new Map([['connector', table.connector], ...shownOptions(table.options)])),
})

const listed = (options: ReadonlyMap<string, string>) =>
  [...options].map(([name, value]) => ({ name, value }))
