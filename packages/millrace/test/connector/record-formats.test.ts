// The options of a format, as the format gets them.

import { expect, it } from 'vitest'
import { optionsOfFormat } from '../../src/connector/record-formats.ts'
import { secret } from '../../src/index.ts'

it('are those behind its prefix, with secrets revealed, which the table itself shows masked', () => {
  const password = secret('hidden')
  const table = {
    options: new Map([
      ['format', 'own'],
      ['own.url', 'https://registry'],
      ['own.password', `${password}`],
      ['key.own.url', 'https://other'],
    ]),
    secrets: new Map([['own.password', password]]),
  }
  expect([...optionsOfFormat(table, { prefix: 'own.' })]).toEqual([
    ['url', 'https://registry'],
    ['password', 'hidden'],
  ])
  expect(table.options.get('own.password')).toBe('***')
})
