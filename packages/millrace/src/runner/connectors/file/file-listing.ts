// Which files a path stands for: a file, all files below a folder, or a glob.

import type { BigIntStats } from 'node:fs'
import { glob, readdir, stat } from 'node:fs/promises'
import { basename, join, sep } from 'node:path'
import { MillraceError } from '../../../types/errors.ts'

export interface ListedFile {
  readonly path: string
  /** Stays the same when the file is renamed, differs for a file that replaces it. */
  readonly identity: string
  /** In bytes, when it was listed. */
  readonly size: number
  /** When it was written last, epoch ns. */
  readonly modifiedNs: bigint
}

const isGlob = (path: string): boolean => /[*?[{]/.test(path)
/** Files of others' making: in progress, or marks such as `_SUCCESS`. */
const isHidden = (name: string): boolean => name.startsWith('.') || name.startsWith('_')

/**
 * The files that `path` stands for, by name. Hidden ones (`.`, `_`) count only when named outright.
 *
 * @throws {MillraceError} `MR_IO_NOT_FOUND` when there is no such file, folder or match
 */
export async function listFiles(path: string): Promise<ListedFile[]> {
  const paths = await matchingPaths(path)
  if (paths === undefined) throw notFound(path)
  const files: ListedFile[] = []
  for (const file of paths.sort(compareNames)) {
    const info = await infoOf(file)
    if (info)
      files.push({
        path: file,
        identity: identityIn(info),
        size: Number(info.size),
        modifiedNs: info.mtimeNs,
      })
  }
  return files
}

/** By code units: the same order on every machine. */
const compareNames = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

async function matchingPaths(path: string): Promise<string[] | undefined> {
  const info = await stat(path).catch(() => undefined)
  if (info?.isFile()) return [path]
  if (info?.isDirectory()) return await filesBelow(path)
  if (info) return [path]
  if (!isGlob(path)) return undefined
  const matches: string[] = []
  for await (const match of glob(path.split(sep).join('/'))) {
    if (isHidden(basename(match))) continue
    const found = await stat(match).catch(() => undefined)
    if (found?.isDirectory()) matches.push(...(await filesBelow(match)))
    else if (found) matches.push(match)
  }
  return matches.length === 0 ? undefined : matches
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const files: string[] = []
  for (const entry of entries) {
    if (isHidden(entry.name)) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) files.push(...(await filesBelow(path)))
    else files.push(path)
  }
  return files
}

/** Device, inode and time of birth; `undefined` when the file is gone. */
export async function identityOf(path: string): Promise<string | undefined> {
  const info = await infoOf(path)
  return info && identityIn(info)
}

const infoOf = (path: string): Promise<BigIntStats | undefined> =>
  stat(path, { bigint: true }).catch(() => undefined)

const identityIn = ({ dev, ino, birthtimeNs }: BigIntStats): string =>
  `${dev}-${ino}-${birthtimeNs}`

function notFound(path: string): MillraceError {
  return new MillraceError('MR_IO_NOT_FOUND', `there is no file, folder or match for "${path}"`, {
    domain: 'user',
    remedy: "Check the table's 'path'; relative paths start at the program's folder.",
  })
}
