// npm run test:mutants [-- NAME…]: plants bugs into a copy of the repository; the tests named in each patch must fail there.

import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..', '..')
const PATCHES = join(import.meta.dirname, 'mutants')
const COPIED = [
  'packages',
  'tools',
  'examples',
  'vitest.config.ts',
  'package.json',
  'tsconfig.base.json',
  'tsconfig.json',
]
/** What the closing lines of a runner say: a file of tests that cannot be read has caught nothing. */
const HAS_FAILED = /^(\s*Tests +[1-9]\d* failed|\d+ (seeds )?passed, [1-9]\d* failed)/m
const DOES_NOT_RUN = /does not run|Failed Suites/
const NOT_COPIED = /\/(node_modules|dist)$/

process.exitCode = main(process.argv.slice(2))

function main(wanted: readonly string[]): number {
  const names = readdirSync(PATCHES).map(file => file.replace(/\.patch$/, ''))
  const chosen = names.filter(name => wanted.length === 0 || wanted.includes(name))
  const survivors = chosen.filter(name => {
    const started = Date.now()
    const isCaught = catches(name)
    const seconds = Math.round((Date.now() - started) / 1000)
    console.log(`${isCaught ? 'caught' : 'FAILED: not caught'}: ${name} (${seconds} s)`)
    return !isCaught
  })
  console.log(`${chosen.length - survivors.length} passed, ${survivors.length} failed`)
  return survivors.length > 0 || chosen.length === 0 ? 1 : 0
}

/** Whether the tests that the patch names fail with it, and not for want of a program that runs. */
function catches(name: string): boolean {
  const patch = join(PATCHES, `${name}.patch`)
  const command = /^Caught by: (.*)$/m.exec(readFileSync(patch, 'utf8'))?.[1]
  if (command === undefined) throw new Error(`${patch} names no test that catches it`)
  const copy = mkdtempSync(join(tmpdir(), 'millrace-mutant-'))
  try {
    for (const path of COPIED)
      cpSync(join(ROOT, path), join(copy, path), {
        recursive: true,
        filter: source => !NOT_COPIED.test(source),
      })
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
    const applied = spawnSync('patch', ['-p1', '-s', '-i', patch], { cwd: copy, encoding: 'utf8' })
    if (applied.status !== 0) throw new Error(`${name} does not apply: ${applied.stdout}`)
    const { status, output } = run(copy, command)
    return status !== 0 && !DOES_NOT_RUN.test(output) && HAS_FAILED.test(output)
  } finally {
    rmSync(copy, { recursive: true })
  }
}

function run(
  cwd: string,
  command: string,
): { readonly status: number | null; readonly output: string } {
  const path = [join(ROOT, 'node_modules', '.bin'), process.env['PATH']].join(delimiter)
  // What the kill tests keep of a failure is of no use here.
  const temporary = mkdtempSync(join(tmpdir(), 'millrace-mutant-run-'))
  const [program = '', ...args] = command.split(' ')
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH: path, TMPDIR: temporary, NO_COLOR: '1' },
    maxBuffer: 1 << 28,
  })
  rmSync(temporary, { recursive: true })
  return { status, output: `${stdout}${stderr}` }
}
