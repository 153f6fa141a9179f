// Runs Python programs with packages from PyPI, which are kept outside of any project.

import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ProgramMissingError, runProgram } from '../broker/run-program.ts'

/** What a Python program needs is not on this machine; the message says what to install. */
export class PythonMissingError extends Error {
  override readonly name = 'PythonMissingError'
}

/** A Python program has failed; the message is what it said. */
export class PythonFailedError extends Error {
  override readonly name = 'PythonFailedError'
}

const PYTHON = 'python3'
const PAUSES_MS = [2_000, 10_000]
const INSTALL_MS = 300_000

/**
 * Runs a Python source file, and gives what it prints.
 *
 * @param requirements its packages with their versions, as pip names them; fetched when they are not here yet
 * @throws {PythonMissingError} without Python or pip, or when packages cannot be fetched
 * @throws {PythonFailedError} when the program fails
 */
export async function runPython(
  file: string,
  args: readonly string[],
  requirements: readonly string[],
): Promise<string> {
  const folder = await packagesOf(requirements)
  const start = `import runpy, sys; sys.path.insert(0, sys.argv[1]); del sys.argv[:2]; runpy.run_path(sys.argv[0], run_name='__main__')`
  const { code, output } = await runProgram(PYTHON, ['-c', start, folder, file, ...args])
  if (code !== 0) throw new PythonFailedError(`${file} ended with ${code}:\n${output}`)
  return output
}

/** What keeps `runPython` from running here; undefined when nothing does. In CI something missing is an error. */
export async function pythonProblem(requirements: readonly string[]): Promise<string | undefined> {
  try {
    await packagesOf(requirements)
    return undefined
  } catch (error) {
    if (!(error instanceof PythonMissingError) || process.env['CI'] === 'true') throw error
    return error.message
  }
}

/** Several processes may ask at once: each fetches for itself, and the first that is done puts its folder in place. */
async function packagesOf(requirements: readonly string[]): Promise<string> {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache')
  const version = await pythonVersion()
  const hash = createHash('sha256').update(JSON.stringify([version, ...requirements]))
  const folder = join(cache, 'millrace', 'python', hash.digest('hex').slice(0, 12))
  if (existsSync(folder)) return folder
  await mkdir(join(folder, '..'), { recursive: true })
  const draft = await mkdtemp(`${folder}.draft-`)
  try {
    await install(requirements, join(draft, 'packages'))
    await rename(join(draft, 'packages'), folder).catch(error => {
      // Another process was first.
      if (!existsSync(folder)) throw error
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return folder
}

async function pythonVersion(): Promise<string> {
  try {
    return (await runProgram(PYTHON, ['--version'])).output.trim()
  } catch (error) {
    if (!(error instanceof ProgramMissingError)) throw error
    throw new PythonMissingError('there is no python3: install Python 3.9 or newer with pip')
  }
}

async function install(requirements: readonly string[], target: string): Promise<void> {
  const args = ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', '--target', target]
  for (let attempt = 0; ; attempt++) {
    const { code, output } = await runProgram(PYTHON, [...args, ...requirements], {
      timeoutMs: INSTALL_MS,
    })
    if (code === 0) return
    const pauseMs = PAUSES_MS[attempt]
    if (pauseMs === undefined || output.includes('No module named pip'))
      throw new PythonMissingError(`pip cannot fetch ${requirements.join(', ')}: ${output.trim()}`)
    await sleep(pauseMs)
  }
}
