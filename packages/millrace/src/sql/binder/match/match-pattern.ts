// PATTERN, AFTER MATCH and WITHIN: what Flink can search for, and what it refuses.

import type { MatchPattern, MatchSkip } from '../../../plan/match.ts'
import { isGreedyLoop, quantifiedVariables } from '../../../plan/match.ts'
import type { SourceSpan } from '../../../types/errors.ts'
import type { Identifier } from '../../ast/expression.ts'
import type { MatchRecognize, Pattern } from '../../ast/query.ts'
import { InvalidSqlError, UnsupportedSqlError } from '../binder-errors.ts'

/** The variables of a pattern, in the order of its text. */
export class PatternVariables {
  readonly names: string[] = []

  /** The position of a variable; `undefined`: the pattern has none of that name. */
  find(name: string): number | undefined {
    const index = this.names.indexOf(name)
    return index < 0 ? undefined : index
  }

  /** @throws {InvalidSqlError} `MR_SQL_INVALID` */
  get({ name, span }: Identifier): number {
    const found = this.find(name)
    if (found !== undefined) return found
    throw new InvalidSqlError({
      problem: `The pattern has no variable "${name}"`,
      remedy: `Its variables are ${this.names.join(', ')}.`,
      at: span,
    })
  }
}

/**
 * The pattern over positions of variables, which are collected on the way.
 *
 * @throws {UnsupportedSqlError} `MR_SQL_UNSUPPORTED` for what Flink refuses too
 */
export function bindPattern(pattern: Pattern, variables: PatternVariables): MatchPattern {
  const bound = bindItem(pattern, variables)
  checkOrder(bound, variables, pattern.span)
  return bound
}

function bindItem(pattern: Pattern, variables: PatternVariables): MatchPattern {
  switch (pattern.kind) {
    case 'variable': {
      const { name, span } = pattern.name
      if (variables.find(name) !== undefined)
        throw new UnsupportedSqlError({
          what: `The pattern variable "${name}" a second time`,
          remedy: 'Give each place of the pattern a variable of its own, with its own definition.',
          at: span,
        })
      return { kind: 'variable', variable: variables.names.push(name) - 1 }
    }
    case 'alternation':
      throw new UnsupportedSqlError({
        what: 'An alternative (|) in a pattern',
        remedy: 'Define one variable with OR, or search twice and unite the results.',
        at: pattern.span,
      })
    case 'sequence':
      return { kind: 'sequence', items: pattern.items.map(item => bindItem(item, variables)) }
    case 'repeat':
      return bindRepeat(pattern, variables)
  }
}

function bindRepeat(
  pattern: Extract<Pattern, { kind: 'repeat' }>,
  variables: PatternVariables,
): MatchPattern {
  const { min, max = Number.POSITIVE_INFINITY, greedy, span } = pattern
  if (pattern.item.kind !== 'variable')
    throw new UnsupportedSqlError({
      what: 'A quantifier of a group',
      remedy: 'Give each variable a quantifier of its own.',
      at: span,
    })
  if (max < Math.max(min, 1))
    throw new InvalidSqlError({
      problem: `A variable cannot be repeated {${min},${max}}`,
      remedy: 'Write {n}, {n,} or {n,m} with n not above m, and m not 0.',
      at: span,
    })
  if (min === 0 && max === 1 && !greedy)
    throw new UnsupportedSqlError({
      what: 'The reluctant quantifier ??',
      remedy: 'Write ? instead.',
      at: span,
    })
  return { kind: 'repeat', item: bindItem(pattern.item, variables), min, max, greedy }
}

/** Rules about what stands where. */
function checkOrder(pattern: MatchPattern, variables: PatternVariables, at: SourceSpan): void {
  const elements = quantifiedVariables(pattern)
  const nameOf = (i: number) => variables.names[elements[i]?.variable ?? 0]
  if (elements.every(e => e.repeat?.min === 0))
    throw new UnsupportedSqlError({
      what: 'A pattern that no row at all would match',
      remedy: 'At least one variable must be there: write + instead of *, or leave ? away.',
      at,
    })
  if (isGreedyLoop(elements.at(-1)?.repeat))
    throw new UnsupportedSqlError({
      what: `A greedy quantifier of "${nameOf(elements.length - 1)}", the last variable`,
      remedy: 'Make it reluctant (put a ? behind it), or end the pattern with a further variable.',
      at,
    })
  elements.forEach(({ repeat }, i) => {
    const isOptional =
      repeat?.min === 0 && (repeat.max === 1 || repeat.max === Number.POSITIVE_INFINITY)
    if (i > 0 && isOptional && isGreedyLoop(elements[i - 1]?.repeat))
      throw new UnsupportedSqlError({
        what: `The optional variable "${nameOf(i)}" behind the greedy "${nameOf(i - 1)}"`,
        remedy: `Make "${nameOf(i - 1)}" reluctant (put a ? behind it), or "${nameOf(i)}" mandatory.`,
        at,
      })
  })
}

/** Where the search goes on; Flink's default is the next row. */
export function bindSkip(
  skip: MatchRecognize['afterMatch'],
  pattern: MatchPattern,
  variables: PatternVariables,
): MatchSkip {
  if (!skip) return { kind: 'to-next-row' }
  if (!('variable' in skip))
    return { kind: skip.kind === 'TO NEXT ROW' ? 'to-next-row' : 'past-last-row' }
  const variable = variables.get(skip.variable)
  const isFirst = skip.kind === 'TO FIRST'
  const [first] = quantifiedVariables(pattern)
  const isFirstRow = first?.variable === variable && (isFirst || !first.repeat)
  if (isFirstRow && first.repeat?.min !== 0)
    throw new InvalidSqlError({
      problem: `AFTER MATCH SKIP TO ${skip.variable.name} would begin at the first row of the match again, for ever`,
      remedy: 'Skip to a variable behind the first row, TO NEXT ROW or PAST LAST ROW.',
      at: skip.variable.span,
    })
  return { kind: isFirst ? 'to-first' : 'to-last', variable }
}
