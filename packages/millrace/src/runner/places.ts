// Places in the input as people read them.

import { resolve, sep } from 'node:path'
import type { JsonValue } from '../connector/source.ts'

/** A position: files have bytes, all others records. */
export function placeText(position: JsonValue): string {
  if (typeof position === 'number') return `record ${position}`
  if (typeof position === 'object' && position !== null && 'record' in position)
    return `record ${String((position as { record: JsonValue }).record)}`
  if (typeof position === 'object' && position !== null && 'offset' in position)
    return `byte ${String((position as { offset: JsonValue }).offset)}`
  return JSON.stringify(position)
}

/** The text with paths below the folders, or below the one the process was started in, made relative to the nearest of them. */
export function withoutFolders(text: string, folders: readonly string[]): string {
  return [process.cwd(), ...folders.map(f => resolve(f))]
    .toSorted((a, b) => b.length - a.length)
    .reduce((shorter, folder) => shorter.replaceAll(folder + sep, ''), text)
}
