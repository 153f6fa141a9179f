// Options of which some must not be printed.

import { Secret } from './secret.ts'
import type { TableDescriptor } from './table-descriptor.ts'
import { isSensitive } from './text/sensitive-names.ts'

/** What is printed of options. */
export const shownOptions = (options: ReadonlyMap<string, string>): Map<string, string> =>
  new Map([...options].map(([name, value]) => [name, shown(name, value)]))

/** The same table with further options, or others in place of those of the same names; what is sensitive is kept apart. */
export function withOptions(
  table: TableDescriptor,
  options: Iterable<readonly [string, string]>,
): TableDescriptor {
  const given = [...options]
  const secrets = new Map(table.secrets)
  for (const [name, value] of given)
    if (isSensitive(name)) secrets.set(name, new Secret(value))
    else secrets.delete(name)
  const all = new Map([
    ...table.options,
    ...given.map(([name, value]): [string, string] => [name, shown(name, value)]),
  ])
  return { ...table, options: all, ...(secrets.size > 0 && { secrets }) }
}

const shown = (name: string, value: string): string =>
  isSensitive(name) ? String(new Secret(value)) : value
