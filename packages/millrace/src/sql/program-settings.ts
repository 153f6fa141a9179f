// SET statements as settings of a program, by Flink's names.

import type { ProgramSettings } from '../plan/program.ts'
import { tryParseDuration } from '../types/duration.ts'
import type { SourceSpan } from '../types/errors.ts'
import { InvalidSqlError } from './binder/binder-errors.ts'

/** The settings that a script's SET statements make, collected in order. */
export class ScriptSettings {
  readonly #options = new Map<string, string>()

  /** @throws {InvalidSqlError} `MR_OPTION_INVALID` for a value that a setting cannot take */
  set(key: string, value: string, at: SourceSpan): void {
    const problem = problemOf(key, value)
    if (problem)
      throw new InvalidSqlError({
        problem: `'${key}' cannot be '${value}'`,
        remedy: problem,
        at,
        code: 'MR_OPTION_INVALID',
      })
    this.#options.set(key, value)
  }

  reset(key: string | undefined): void {
    if (key === undefined) this.#options.clear()
    else this.#options.delete(key)
  }

  /** What was set, as a program takes it. */
  settings(): ProgramSettings {
    const get = (key: string) => this.#options.get(key)
    const mode = get('execution.runtime-mode')?.toLowerCase()
    const timeZone = get('table.local-time-zone')
    const ttl = get('table.exec.state.ttl')
    const parallelism = get('parallelism.default')
    return {
      ...(mode === 'batch' || mode === 'streaming' ? { mode } : {}),
      ...(timeZone === undefined || timeZone === 'default' ? {} : { timeZone }),
      ...(ttl === undefined ? {} : { stateTtlMs: tryParseDuration(ttl) ?? 0 }),
      ...(parallelism === undefined ? {} : { parallelism: Number(parallelism) }),
      ...(this.#options.size > 0 ? { options: new Map(this.#options) } : {}),
    }
  }
}

const DURATIONS = new Set(['table.exec.state.ttl', 'table.exec.source.idle-timeout'])

function problemOf(key: string, value: string): string | undefined {
  if (key === 'execution.runtime-mode' && !/^(batch|streaming|automatic)$/i.test(value))
    return "It takes 'streaming' or 'batch'."
  if (DURATIONS.has(key) && tryParseDuration(value) === undefined)
    return "It takes a duration such as '1 h' or '500 ms'."
  if (key === 'parallelism.default' && !/^[1-9]\d*$/.test(value))
    return 'It takes a positive integer.'
  return undefined
}
