// Folders by the values of columns, as Hive names them: `day=2024-01-01/region=eu`.

import { basename, dirname } from 'node:path'

/** What cannot stand in a folder's name as it is, besides control characters: what has a meaning in paths or for a shell. */
const RESERVED: ReadonlySet<string> = new Set('"#%\'*/:=?\\{[]^\u007f')

const isReserved = (c: string): boolean => c < ' ' || RESERVED.has(c)

/** @see Hive's FileUtils.escapePathName */
export function escapeName(text: string): string {
  let name = ''
  for (const c of text)
    name += isReserved(c) ? `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}` : c
  return name
}

/** The text that was escaped; a `%` that no two hexadecimal digits follow stands for itself. */
export const unescapeName = (name: string): string =>
  name.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )

/** The folder of a partition below that of its table. */
export const partitionFolder = (names: readonly string[], values: readonly string[]): string =>
  names.map((name, i) => `${escapeName(name)}=${escapeName(values[i] ?? '')}`).join('/')

/** The values that the folders around a file give, by the names of columns; of equal names the innermost counts. */
export function partitionTexts(path: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const segment = basename(folder)
    const at = segment.indexOf('=')
    if (at <= 0) continue
    const name = unescapeName(segment.slice(0, at))
    if (!texts.has(name)) texts.set(name, unescapeName(segment.slice(at + 1)))
  }
  return texts
}
