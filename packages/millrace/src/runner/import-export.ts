// Exports of modules by text: `./module.ts#name`, `pkg#name`; without # the default export.

import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { listNames, proposal } from '../types/unknown-name.ts'

/** Why an export is not there, to be told by whoever wanted it. */
export interface MissingExport {
  /** A predicate, such as `is not found`. */
  readonly problem: string
  readonly cause?: unknown
}

/**
 * What a text names. This runs the module: load only what is trusted as a program is.
 *
 * @param folder where relative paths start, and from where packages are seen
 */
export async function importExport(
  text: string,
  folder: string,
): Promise<{ readonly value: unknown } | MissingExport> {
  const hash = text.lastIndexOf('#')
  const specifier = hash < 0 ? text : text.slice(0, hash)
  const name = hash < 0 ? 'default' : text.slice(hash + 1)
  let module: Readonly<Record<string, unknown>>
  try {
    module = (await import(urlOf(specifier, folder))) as Record<string, unknown>
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    const isMissing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND'
    return { problem: isMissing ? 'is not found' : `cannot be loaded: ${message}`, cause }
  }
  if (Object.hasOwn(module, name)) return { value: module[name] }
  const known = Object.keys(module)
  return { problem: `has no export "${name}", but ${listNames(known)}${proposal(name, known)}` }
}

function urlOf(specifier: string, folder: string): string {
  if (/^(file|data):/.test(specifier)) return specifier
  const isPath = /^(\.{0,2}\/|[A-Za-z]:)/.test(specifier) || /\.[cm]?[jt]s$/.test(specifier)
  const base = resolve(folder)
  const file = isPath
    ? resolve(base, specifier)
    : createRequire(join(base, 'script.js')).resolve(specifier)
  return pathToFileURL(file).href
}
