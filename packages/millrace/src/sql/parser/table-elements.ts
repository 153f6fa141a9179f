// Parses what stands in the parentheses of a table: columns, watermarks, the primary key.

import type { Identifier } from '../ast/expression.ts'
import type {
  ColumnDefinition,
  ColumnPlace,
  PlacedColumn,
  TableElements,
  WatermarkDefinition,
} from '../ast/statement.ts'
import { parseExpression } from './expressions.ts'
import type { TokenStream } from './token-stream.ts'
import { parseType } from './types.ts'

export const NO_ELEMENTS: TableElements = { columns: [], watermarks: [], primaryKey: undefined }

/** The elements in parentheses. */
export function parseTableElements(p: TokenStream): TableElements {
  const elements = new ElementList(p)
  p.parenthesized(() => elements.parseOne())
  return elements.result()
}

/** Elements of ALTER: one, or several in parentheses; columns may say where they go. */
export function parsePlacedElements(
  p: TokenStream,
): TableElements & { readonly columns: readonly PlacedColumn[] } {
  const elements = new ElementList(p, true)
  if (p.is('(')) p.parenthesized(() => elements.parseOne())
  else elements.parseOne()
  return elements.result()
}

class ElementList {
  readonly #p: TokenStream
  readonly #isPlaced: boolean
  readonly #columns: PlacedColumn[] = []
  readonly #watermarks: WatermarkDefinition[] = []
  #key: readonly Identifier[] | undefined

  constructor(p: TokenStream, isPlaced = false) {
    this.#p = p
    this.#isPlaced = isPlaced
  }

  parseOne(): void {
    const p = this.#p
    const start = p.token
    if (p.accept('WATERMARK')) {
      p.expect('FOR')
      const column = p.path('the event-time column')
      p.expect('AS')
      this.#watermarks.push({ column, expression: parseExpression(p), span: p.spanFrom(start) })
    } else if (p.is('PRIMARY') || p.is('CONSTRAINT') || p.is('UNIQUE'))
      this.#declareKey(keyConstraint(p))
    else {
      const { column, isKey } = columnDefinition(p)
      const place = this.#isPlaced ? columnPlace(p) : undefined
      this.#columns.push(place ? { ...column, place } : column)
      if (isKey) this.#declareKey([column.name])
    }
  }

  result(): TableElements {
    return { columns: this.#columns, watermarks: this.#watermarks, primaryKey: this.#key }
  }

  #declareKey(key: readonly Identifier[]): void {
    const [column] = key
    if (this.#key && column)
      this.#p.fail(
        'one PRIMARY KEY',
        'A table has one key: name its columns together, PRIMARY KEY (a, b) NOT ENFORCED.',
        { ...this.#p.token, ...column.span, kind: 'word' },
      )
    this.#key = key
  }
}

function columnPlace(p: TokenStream): ColumnPlace | undefined {
  if (p.accept('FIRST')) return { kind: 'first' }
  if (p.accept('AFTER')) return { kind: 'after', column: p.identifier('a column') }
  return undefined
}

function keyConstraint(p: TokenStream): readonly Identifier[] {
  if (p.accept('CONSTRAINT')) p.identifier('a name for the constraint')
  if (p.is('UNIQUE'))
    p.fail('PRIMARY KEY', 'Flink has no UNIQUE constraint; declare PRIMARY KEY (…) NOT ENFORCED.')
  p.expect('PRIMARY', 'KEY')
  const key = p.parenthesized(() => p.identifier('a column'))
  notEnforced(p)
  return key
}

function notEnforced(p: TokenStream): void {
  if (!p.accept('NOT', 'ENFORCED'))
    p.fail(
      'NOT ENFORCED',
      'The key is a promise of the data, which nothing checks: add NOT ENFORCED.',
    )
}

function columnDefinition(p: TokenStream): { column: ColumnDefinition; isKey: boolean } {
  const start = p.token
  const name = p.identifier('a column, PRIMARY KEY or WATERMARK')
  const comment = () => (p.accept('COMMENT') ? p.string() : undefined)
  if (p.accept('AS')) {
    const expression = parseExpression(p)
    const text = comment()
    const span = p.spanFrom(start)
    return { column: { kind: 'computed', name, expression, comment: text, span }, isKey: false }
  }
  const type = parseType(p)
  if (p.accept('METADATA')) {
    const from = p.accept('FROM') ? p.string('the metadata key in single quotes') : undefined
    const virtual = p.accept('VIRTUAL')
    const text = comment()
    const span = p.spanFrom(start)
    const column = { kind: 'metadata', name, type, from, virtual, comment: text, span } as const
    return { column, isKey: false }
  }
  let isKey = false
  let text: string | undefined
  for (;;) {
    if (p.accept('PRIMARY', 'KEY')) {
      notEnforced(p)
      isKey = true
    } else if (p.accept('COMMENT')) text = p.string()
    else break
  }
  return { column: { kind: 'physical', name, type, comment: text, span: p.spanFrom(start) }, isKey }
}
