// What the commands' options have in common.

import { UsageError } from './usage-error.ts'

/** Runs node:util's parser; its complaint becomes a usage error. */
export function parseOptions<T>(parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

/** @throws {UsageError} for anything but streaming and batch */
export function modeOf(text: string | undefined): 'streaming' | 'batch' | undefined {
  if (text === undefined || text === 'streaming' || text === 'batch') return text
  throw new UsageError(`--mode is streaming or batch, not "${text}".`)
}

/** @throws {UsageError} for anything but 0 to 65535 */
export function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port
  throw new UsageError(`--port is a number from 0 to 65535, not "${text}".`)
}
