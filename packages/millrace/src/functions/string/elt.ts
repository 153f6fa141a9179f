// `ELT`: one of its arguments.

import { types } from '../../types/data-type.ts'
import { leastRestrictive } from '../../types/type-rules.ts'
import type { Value } from '../../types/value.ts'
import { problem } from '../binding.ts'
import type { ScalarFunction } from '../function-definition.ts'

export const elt: ScalarFunction = {
  kind: 'scalar',
  name: 'ELT',
  docs: {
    group: 'string',
    summary: 'The argument at an index (from 1) among those that follow it; NULL out of range.',
    examples: [["ELT(2, 'a', 'b')", "'b'"]],
  },
  resolve([index, ...rest]) {
    if (index === undefined || rest.length === 0) return problem('needs an index and texts')
    if (Number(index.constant?.value ?? 0) < 0)
      return problem(`needs an index of at least 0, not ${String(index.constant?.value)}`)
    const common = leastRestrictive(rest.map(a => a.type))
    if (common === undefined) return problem('needs texts, or BYTES, after the index')
    const element = common.kind === 'null' ? types.string : common
    return {
      parameters: [types.int, ...rest.map(() => element)],
      returns: { ...element, nullable: true },
      nulls: 'own',
      evaluate: (at: number | null, ...values: Value[]) =>
        at === null ? null : (values[at - 1] ?? null),
    }
  },
}
