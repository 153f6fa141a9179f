// What expressions over a match read of it, collected: each part once.

import type { DataType } from '../../types/data-type.ts'
import { createColumn } from '../create-expression.ts'
import type { Expression } from '../expression.ts'
import type { MatchPart } from '../match.ts'
import { structureOf } from '../structure-of.ts'

/** The parts that the expressions of one MEASURES or condition share. */
export class MatchParts {
  readonly all: MatchPart[] = []
  readonly #positions = new Map<string, number>()

  /** The part as a column of the expressions. */
  add(part: MatchPart, type: DataType): Expression {
    const key = structureOfPart(part)
    const known = this.#positions.get(key)
    const position = known ?? this.all.push(part) - 1
    this.#positions.set(key, position)
    return createColumn(position, `$${position}`, type)
  }
}

function structureOfPart(part: MatchPart): string {
  if (part.kind === 'rowtime') return part.kind
  const variable = part.variable ?? '*'
  if (part.kind === 'aggregate')
    return `${part.call.function} ${variable} ${part.call.args.map(structureOf).join()}`
  return `${part.kind} ${variable} ${part.offset} ${structureOf(part.value)}`
}
