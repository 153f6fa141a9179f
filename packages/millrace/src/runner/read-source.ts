// Reads the program's own source, for what TypeScript erases.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ReadSource } from '../api/sql/declared-row.ts'

const read = new Map<string, string | undefined>()

/** The text of a file of TypeScript, read once; undefined when there is none. */
export const readSource: ReadSource = url => {
  if (!/^file:.*\.[cm]?ts$/.test(url)) return undefined
  if (!read.has(url)) read.set(url, tryRead(url))
  return read.get(url)
}

function tryRead(url: string): string | undefined {
  try {
    // As templates have them, whatever ends the lines of the file.
    return readFileSync(fileURLToPath(url), 'utf8').replaceAll('\r\n', '\n')
  } catch {
    return undefined
  }
}
