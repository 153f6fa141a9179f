// SET statements as settings of a program, by Flink's names.

import type { ProgramSettings } from '../plan/program.ts'
import { tryParseDuration } from '../types/duration.ts'
import type { SourceSpan } from '../types/errors.ts'
import { proposal } from '../types/unknown-name.ts'
import { InvalidSqlError } from './binder/binder-errors.ts'
import { ACCEPTED_SETTINGS, EFFECTIVE_SETTINGS } from './known-settings.ts'

/** The settings that a script's SET statements make, collected in order. */
export class ScriptSettings {
  readonly #options = new Map<string, string>()

  /**
   * Sets one. Gives a notice where that has no effect; an option that is not known is kept, as Flink does, with a proposal.
   *
   * @throws {InvalidSqlError} `MR_OPTION_INVALID` for a value that a setting cannot take
   */
  set(key: string, value: string, at: SourceSpan): string | undefined {
    const check = EFFECTIVE_SETTINGS.get(key) ?? ACCEPTED_SETTINGS.get(key)
    const problem = check?.(value)
    if (problem)
      throw new InvalidSqlError({
        problem: `'${key}' cannot be '${value}'`,
        remedy: problem,
        at,
        code: 'MR_OPTION_INVALID',
      })
    this.#options.set(key, value)
    if (EFFECTIVE_SETTINGS.has(key)) return undefined
    const place = `at ${at.line}:${at.column}`
    if (check) return `SET '${key}' ${place} has no effect: accepted for Flink.`
    const known = [...EFFECTIVE_SETTINGS.keys(), ...ACCEPTED_SETTINGS.keys()]
    return `SET '${key}' ${place} has no effect: there is no such option.${proposal(key, known)}`
  }

  /** What was set, by name. */
  list(): readonly (readonly [string, string])[] {
    return [...this.#options].sort(([a], [b]) => (a < b ? -1 : 1))
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

/** Later ones over earlier ones; options by name. */
export function mergeSettings(...all: readonly ProgramSettings[]): ProgramSettings {
  const options = new Map(all.flatMap(s => [...(s.options ?? [])]))
  return Object.assign({}, ...all, options.size > 0 ? { options } : {})
}
