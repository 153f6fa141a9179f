// Names of options that programs without a type checker have misspelt.

import { listNames, MillraceError, proposal } from 'millrace'

/** An option that a function of the API does not have. */
export class UnknownSettingError extends MillraceError {
  constructor(facts: {
    readonly of: string
    readonly name: string
    readonly known: readonly string[]
  }) {
    const { of, name, known } = facts
    super('MR_OPTION_UNKNOWN', `${of} has no option "${name}".${proposal(name, known)}`, {
      remedy: `Use one of ${listNames(known)}.`,
    })
  }
}

/** The names of all options of `T`: the compiler holds them complete. */
export type NamesOf<T> = Readonly<Record<keyof T, true>>

/** @throws {UnknownSettingError} `MR_OPTION_UNKNOWN` */
export function checkNames(of: string, given: object, names: Readonly<Record<string, true>>): void {
  for (const name of Object.keys(given))
    if (!Object.hasOwn(names, name))
      throw new UnknownSettingError({ of, name, known: Object.keys(names) })
}
