// Every program of the pages compiles, runs, and prints what its page says.

import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blockOf, type DocumentedProgram, programsOf, ROOT } from './code-blocks.ts'
import { CLI, runFile } from './run-program.ts'

const pages = ['README.md', 'docs/alerts.md', 'docs/api.md', 'docs/page.md', 'docs/sql.md']
const programs = pages.flatMap(programsOf)
const nameOf = ({ page, line }: DocumentedProgram): string => `${page}:${line}`

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-docs-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** A folder with the program and the data of the ten-line example. */
function install(program: DocumentedProgram): { cwd: string; file: string } {
  const cwd = join(folder, nameOf(program).replaceAll(/\W/g, '-'))
  mkdirSync(cwd, { recursive: true })
  cpSync(join(ROOT, 'examples/ten-lines/departures.ndjson'), join(cwd, 'departures.ndjson'))
  const file = join(cwd, `program.${program.language}`)
  writeFileSync(file, program.code)
  return { cwd, file }
}

describe('the programs of the documentation', () => {
  it.each(programs.map(p => [nameOf(p), p] as const))('%s', (_, program) => {
    const { cwd, file } = install(program)
    const isScript = program.language === 'sql'
    const { stdout, stderr, exitCode } = isScript
      ? runFile(CLI, cwd, 'query', file)
      : runFile(file, cwd)
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    if (program.output !== undefined) expect(stdout).toBe(program.output)
  })

  it('alerts of a script are told', () => {
    const script = blockOf('docs/alerts.md', 'sql')
    const program = { page: 'docs/alerts.md', line: 0, language: 'sql', code: script } as const
    const { cwd, file } = install({ ...program, output: undefined })
    const { stdout, exitCode } = runFile(CLI, cwd, 'run', '--no-server', file)
    expect({ stdout, exitCode }).toEqual({
      stdout: [
        '[FIRING:1] late origin=EWR',
        '  firing: origin=EWR flights=171',
        '[FIRING:1] late origin=JFK',
        '  firing: origin=JFK flights=115',
        '[FIRING:1] late origin=LGA',
        '  firing: origin=LGA flights=66',
        '',
      ].join('\n'),
      exitCode: 0,
    })
  })

  it('compile', () => {
    const files = programs.filter(p => p.language === 'ts').map(p => install(p).file)
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
    const sources = join(ROOT, 'packages')
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: join(ROOT, 'tsconfig.tests.json'),
        compilerOptions: {
          paths: {
            millrace: [`${sources}/millrace/src/index.ts`],
            '@millrace/*': [`${sources}/*/src/index.ts`],
          },
        },
        include: [],
        files,
      }),
    )
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' })
    expect(stdout).toBe('')
  })
})
