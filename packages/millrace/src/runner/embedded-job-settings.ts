// What a job is made of.

import type { SinkExec } from '../compiler/nodes/changelog-exec.ts'
import type { Program } from '../plan/program.ts'
import type { StateBackend } from '../state/state-backend.ts'
import type { RuntimePorts } from '../types/ports.ts'
import type { BadRecordPolicy } from './bad-records.ts'
import type { KeyLookups } from './lookups/key-lookups.ts'
import type { LookupTables } from './lookups/lookup-tables.ts'

export interface EmbeddedJobSettings {
  readonly program: Program
  readonly sinks: readonly SinkExec[]
  readonly ports: RuntimePorts
  readonly backend: StateBackend | undefined
  readonly badRecords: BadRecordPolicy
  /** Dead letters go to the topics that tables and the program name; else they stay here. */
  readonly writesLetters: boolean
  readonly lookupTables: LookupTables
  /** Closed with the job. */
  readonly keyLookups: KeyLookups
  readonly batchRecords: number
  readonly print: (line: string) => void
  /** Takes what whoever watches the process should know. */
  readonly notice?: ((text: string) => void) | undefined
  /** After an error that passes it is made anew, and goes on from its last commit. */
  readonly mayBeginAgain?: boolean
  /** Input that never ends is refused. */
  readonly boundedInput: boolean
  /** Worker threads for keyed operators; 1: none. */
  readonly parallelism: number
}
