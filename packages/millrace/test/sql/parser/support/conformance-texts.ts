// The statements and expressions of the conformance suite, as texts.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const OPEN = join(import.meta.dirname, '../../../../../../conformance/open')

export interface Case {
  /** `group/name` */
  readonly id: string
  readonly text: string
}

/** All cases, those of syntax errors included. */
export const CASES: readonly Case[] = readdirSync(join(OPEN, 'cases')).flatMap(group =>
  readdirSync(join(OPEN, 'cases', group)).map(file => ({
    id: `${group}/${file.replace('.sql', '')}`,
    text: readFileSync(join(OPEN, 'cases', group, file), 'utf8'),
  })),
)

const hasBadSyntax = ({ id }: Case) => id.startsWith('errors/syntax-')

export const VALID_CASES = CASES.filter(one => !hasBadSyntax(one))
export const INVALID_CASES = CASES.filter(hasBadSyntax)

export const EXPRESSIONS: readonly Case[] = readdirSync(join(OPEN, 'expressions')).flatMap(file => {
  const pack = JSON.parse(readFileSync(join(OPEN, 'expressions', file), 'utf8')) as {
    readonly expressions: readonly { readonly id: string; readonly expr: string }[]
  }
  return pack.expressions.map(({ id, expr }) => ({ id, text: expr }))
})
