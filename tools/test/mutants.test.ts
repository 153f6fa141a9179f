// The bugs that npm run test:mutants plants: their patches fit the sources as they are, so that none is silently out of date.

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..', '..')
const FOLDER = join(ROOT, 'tools', 'kill', 'mutants')
const PATCHES = readdirSync(FOLDER)

describe('planted bugs', () => {
  it('are twelve at least', () => {
    expect(PATCHES.length).toBeGreaterThanOrEqual(12)
  })

  it.each(PATCHES)('%s applies to the sources and names the test that catches it', name => {
    const patch = join(FOLDER, name)
    const said = readFileSync(patch, 'utf8')
    const catcher = /^Caught by: (?:node(?: --import \S+)?|vitest run) (\S+)/m.exec(said)?.[1]
    expect(catcher).toMatch(/\.ts$/)
    expect(existsSync(join(ROOT, catcher ?? ''))).toBe(true)
    const check = spawnSync('git', ['apply', '--check', patch], { cwd: ROOT, encoding: 'utf8' })
    expect({ status: check.status, problems: check.stderr }).toEqual({ status: 0, problems: '' })
  })
})
