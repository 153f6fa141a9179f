// What pages point to is there: files of the repository, headings, and paths of the source.

import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from './code-blocks.ts'

const pages = globSync(['*.md', 'docs/**/*.md', 'packages/*/README.md'], { cwd: ROOT })
const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8')

/** As GitHub makes them. */
const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(match =>
    (match[1] as string)
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )

describe.each(pages)('%s', page => {
  it('links to files and headings that exist', () => {
    const prose = textOf(page).replaceAll(/^```[\s\S]*?^```$/gm, '')
    const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(match => match[1] as string)
    const broken = links.filter(link => {
      if (/^https?:/.test(link)) return false
      const [path, anchor] = link.split('#') as [string, string | undefined]
      const target = path === '' ? page : join(dirname(page), path)
      if (!existsSync(join(ROOT, target))) return true
      return anchor !== undefined && !anchorsOf(textOf(target)).includes(anchor)
    })
    expect(broken).toEqual([])
  })
})

it('ARCHITECTURE.md names files that exist', () => {
  const source = resolve(ROOT, 'packages/millrace/src')
  const named = [...textOf('ARCHITECTURE.md').matchAll(/`((?:[a-z-]+\/)+[a-z.*-]*)`/g)]
  const missing = named
    .map(match => match[1] as string)
    .filter(path => [source, ROOT].every(root => globSync(path, { cwd: root }).length === 0))
  expect(named.length).toBeGreaterThan(20)
  expect(missing).toEqual([])
})
