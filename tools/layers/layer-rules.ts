// The rules that the layer check holds: what may import what, what may touch the world, how big things get.

import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import {
  ALLOWED_IMPORTS,
  MAX_FILE_LINES,
  MAX_FOLDER_FILES,
  UNLIMITED_FOLDERS,
  VAGUE_NAMES,
  WORLDLY_GLOBALS,
  WORLDLY_LAYERS,
  WORLDLY_MEMBERS,
} from './layer-table.ts'
import type { SourceFile } from './source-file.ts'

/** One broken rule at one place. */
export interface Violation {
  readonly path: string
  /** From 1; absent when the file or folder as a whole is at fault. */
  readonly line?: number
  readonly message: string
}

const CORE = 'packages/millrace/src/'

/** All violations of one file, in no particular order. */
export function checkFile(file: SourceFile): Violation[] {
  return [
    ...checkNames(file),
    ...checkSize(file),
    ...checkStarExports(file),
    ...checkImports(file),
    ...checkWorld(file),
  ]
}

/** Folders that hold more files than one takes in at a glance. */
export function checkFolders(paths: readonly string[]): Violation[] {
  const counts = new Map<string, number>()
  for (const path of paths) {
    const folder = posix.dirname(path)
    counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  return [...counts]
    .filter(([folder, count]) => count > MAX_FOLDER_FILES && !isUnlimited(folder))
    .map(([folder, count]) => ({
      path: folder,
      message: `${count} files in one folder, at most ${MAX_FOLDER_FILES}: group them by role`,
    }))
}

function isUnlimited(folder: string): boolean {
  return UNLIMITED_FOLDERS.some(one => folder === one || folder.startsWith(`${one}/`))
}

function checkNames({ path }: SourceFile): Violation[] {
  const words = path.split('/').flatMap(part => part.replace(/\..*$/, '').split('-'))
  const vague = VAGUE_NAMES.find(word => words.includes(word))
  return vague === undefined
    ? []
    : [{ path, message: `"${vague}" names no role: say what the file holds` }]
}

function checkSize({ path, lineCount }: SourceFile): Violation[] {
  return lineCount <= MAX_FILE_LINES
    ? []
    : [{ path, message: `${lineCount} lines, at most ${MAX_FILE_LINES}: split it` }]
}

function checkStarExports({ path, starExports }: SourceFile): Violation[] {
  return starExports.map(line => ({ path, line, message: 'export *: write the names out' }))
}

function checkImports(file: SourceFile): Violation[] {
  const found: Violation[] = []
  for (const { specifier, line } of file.imports) {
    const message = specifier.startsWith('.')
      ? wrongRelativeImport(file.path, specifier)
      : wrongBareImport(file.path, specifier)
    if (message !== undefined) found.push({ path: file.path, line, message })
  }
  return found
}

function wrongRelativeImport(path: string, specifier: string): string | undefined {
  const target = posix.join(posix.dirname(path), specifier)
  const home = packageOf(path)
  if (home !== undefined && !target.startsWith(`${home}/`)) {
    return `imports ${specifier} from outside of ${home}: import the package by its name`
  }
  const from = layerOf(path)
  if (from === undefined || !target.startsWith(CORE)) return undefined
  const to = layerOf(target)
  if (from === to) return undefined
  if (to === undefined) return `${from} imports ${specifier}: the entry is for users of the package`
  const allowed = ALLOWED_IMPORTS[from]
  if (allowed === undefined) return `"${from}" is no layer: add it to the layer table`
  if (allowed.includes(to)) return undefined
  return `${from} imports ${to}: it may import ${allowed.join(', ') || 'nothing'}`
}

function wrongBareImport(path: string, specifier: string): string | undefined {
  const layer = layerOf(path)
  if (layer !== undefined) {
    if (/^(millrace|@millrace)(\/|$)/.test(specifier)) return `the core imports ${specifier}`
    if (isBuiltin(specifier) && !WORLDLY_LAYERS.includes(layer)) {
      return `${layer} imports ${specifier}: go through the ports`
    }
  }
  if (specifier.startsWith('millrace/')) return `imports ${specifier}: only "millrace" is public`
  return undefined
}

function checkWorld(file: SourceFile): Violation[] {
  const layer = layerOf(file.path)
  if (layer === undefined || WORLDLY_LAYERS.includes(layer)) return []
  return file.globals
    .map(use => ({ ...use, name: use.name.replace(/^globalThis\./, '') }))
    .filter(({ name }) => isWorldly(name))
    .map(({ name, line }) => ({
      path: file.path,
      line,
      message: `${layer} uses ${name}: go through the ports`,
    }))
}

function isWorldly(name: string): boolean {
  if (name === 'new Date()' || WORLDLY_MEMBERS.includes(name)) return true
  return WORLDLY_GLOBALS.includes(name.split('.')[0] as string)
}

/** The layer of a core source, or undefined for its entry and for other packages. */
function layerOf(path: string): string | undefined {
  const rest = path.startsWith(CORE) ? path.slice(CORE.length) : ''
  return rest.includes('/') ? rest.slice(0, rest.indexOf('/')) : undefined
}

/** The folder of the package whose source this is; tests and tools may reach anywhere. */
function packageOf(path: string): string | undefined {
  return /^((?:packages|examples)\/[^/]+)\/src\//.exec(path)?.[1]
}
