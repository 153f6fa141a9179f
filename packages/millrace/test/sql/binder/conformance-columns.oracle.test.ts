import { describe, expect, it } from 'vitest'
import { formatType } from '../../../src/types/data-type.ts'
import { MillraceError } from '../../../src/types/errors.ts'
import { bind, type ConformanceCase, conformanceCases } from './support/bind.ts'

/** Cases that Flink refuses only once it plans or runs them; the planner's and the runner's tests hold them. */
const REFUSED_LATER = new Set([
  'errors/over-updating-input',
  'errors/runtime-divide',
  'errors/runtime-missing-file',
])

const cases = conformanceCases()
const title = ({ name, mode }: ConformanceCase) => `${name} (${mode})`

function columnsOf({ text, mode }: ConformanceCase) {
  const { queryColumns } = bind(text, { mode })
  return queryColumns.map(({ name, type }) => ({ name, type: formatType(type) }))
}

describe('queries that Flink accepts', () => {
  for (const c of cases.filter(({ meta }) => meta.status === 'ok')) {
    it(`${title(c)} has the columns and types that Flink gives`, () => {
      expect(columnsOf(c)).toEqual(c.meta.columns)
    })
  }
})

describe('statements that Flink refuses', () => {
  const refused = cases.filter(c => c.meta.status === 'error' && !REFUSED_LATER.has(c.name))
  for (const c of refused)
    it(`${title(c)} is refused with a message that says why`, () => {
      let error: unknown
      try {
        columnsOf(c)
      } catch (caught) {
        error = caught
      }
      expect(error).toBeInstanceOf(MillraceError)
      const { message, remedy } = error as MillraceError
      const text = `${message} ${remedy ?? ''}`.toLowerCase()
      for (const word of c.mentions) expect(text).toContain(word.toLowerCase())
      expect(remedy).toBeTruthy()
    })
})
