// The sink of a query whose rows the program itself takes.

import { createSink } from './create-node.ts'
import type { PlanNode, SinkNode } from './node.ts'

/** Its name in plans. */
export const RESULT_TABLE = '$result'

/** @param attachment what takes the rows; plans that are only explained need none */
export function createResultSink(query: PlanNode, attachment?: unknown): SinkNode {
  return createSink(query, {
    name: RESULT_TABLE,
    schema: query.schema,
    metadata: new Map(),
    primaryKey: [],
    connector: 'memory',
    options: new Map([['connector', 'memory']]),
    attachment: attachment ?? { onChange: () => {} },
  })
}
