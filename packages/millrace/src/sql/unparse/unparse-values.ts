// Rows of constants back to VALUES.

import { createLiteral } from '../../plan/create-expression.ts'
import type { PlanNodeOf } from '../../plan/node.ts'
import type { Block } from './block.ts'
import { aliasOf, NOWHERE as span, number, queryOf } from './syntax.ts'
import { unparse } from './unparse-expression.ts'
import type { PlanUnparser } from './unparse-plan.ts'

export function unparseValues(unparser: PlanUnparser, node: PlanNodeOf<'values'>): Block {
  const { schema, rows } = node
  // One row without columns is what a SELECT without FROM reads.
  if (schema.length === 0 && rows.length === 1) return { columns: [] }
  const context = unparser.context([])
  const shown = rows.length > 0 ? rows : [schema.map(() => null)]
  const query = queryOf({
    kind: 'values',
    rows: shown.map(row =>
      schema.map(({ type }, i) => unparse(createLiteral(row[i] ?? null, type), context)),
    ),
    span,
  })
  const alias = unparser.freshAlias()
  const names = schema.map(c => c.name)
  const from = {
    kind: 'derived',
    query,
    lateral: false,
    alias: aliasOf(alias, names),
    span,
  } as const
  const columns = unparser.columnsUnder(alias, names)
  if (rows.length > 0) return { from, columns }
  return {
    from,
    columns,
    where: { kind: 'binary', operator: '=', left: number(1), right: number(0), span },
  }
}
