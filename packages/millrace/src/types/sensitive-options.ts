// Options of which some must not be printed.

import { MASK, Secret } from './secret.ts'
import type { TableDescriptor } from './table-descriptor.ts'
import { isSensitive, withoutUser } from './text/sensitive-names.ts'

/** What is printed of an option's value: nothing of a secret, and of an address neither user nor password. */
export const shownOption = (name: string, value: string): string =>
  isSensitive(name) ? MASK : withoutUser(value, () => MASK)

/** What is printed of options. */
export const shownOptions = (options: ReadonlyMap<string, string>): Map<string, string> =>
  new Map([...options].map(([name, value]) => [name, shownOption(name, value)]))

/** The same table with further options, or others in place of those of the same names; what is sensitive is kept apart. */
export function withOptions(
  table: TableDescriptor,
  options: Iterable<readonly [string, string]>,
): TableDescriptor {
  const given = [...options]
  const secrets = new Map(table.secrets)
  for (const [name, value] of given)
    if (shownOption(name, value) === value) secrets.delete(name)
    else secrets.set(name, new Secret(value, shownOption(name, value)))
  const all = new Map([
    ...table.options,
    ...given.map(([name, value]): [string, string] => [name, shownOption(name, value)]),
  ])
  return { ...table, options: all, ...(secrets.size > 0 && { secrets }) }
}
