// Physical nodes of row operators, compiled into a task and fed with rows.

import { describe, expect, it } from 'vitest'
import { compileTask } from '../../../../src/compiler/compile-task.ts'
import type { ExecNode } from '../../../../src/compiler/exec-node.ts'
import type { SinkExec } from '../../../../src/compiler/nodes/changelog-exec.ts'
import type { ValuesExec } from '../../../../src/compiler/nodes/row-exec.ts'
import { createBuiltInRegistry } from '../../../../src/runner/built-in-registry.ts'
import type { ColumnExpression, SortKey } from '../../../../src/plan/expression.ts'
import type { PlanNode } from '../../../../src/plan/node.ts'
import { SplitState } from '../../../../src/runtime/split-state.ts'
import { notNull, types } from '../../../../src/types/data-type.ts'
import type { Schema } from '../../../../src/types/schema.ts'
import { ROW_KINDS, type Row } from '../../../../src/types/value.ts'

const schema: Schema = [
  { name: 'k', type: types.int },
  { name: 'name', type: types.string },
]
const column = (index: number): ColumnExpression => {
  const { name, type } = schema[index] as Schema[number]
  return { kind: 'column', index, name, type }
}
const rank = { name: 'rank', type: notNull(types.bigint) }
const byName: SortKey = { expression: column(1), descending: true, nullsFirst: false }
const equi = [{ left: column(0), right: column(0), nullSafe: false }]

const values = (id: string, rows: readonly Row[]): ValuesExec => ({
  kind: 'values',
  id,
  inputs: [],
  schema,
  output: 'append',
  keys: [],
  rows,
})
const left = values('left', [
  [1, 'a'],
  [2, 'b'],
])
const right = values('right', [
  [1, 'x'],
  [1, 'y'],
])

/** Runs the node over its values, in the order of its sources, to the end. */
function run(node: ExecNode, mode: 'streaming' | 'batch' = 'streaming'): string[] {
  const written: string[] = []
  const fail = (error: unknown): never => {
    throw error
  }
  const sink: SinkExec = {
    kind: 'sink',
    id: 'sink',
    inputs: [node],
    schema: node.schema,
    output: node.output,
    keys: [],
    table: {
      name: 'out',
      connector: 'memory',
      schema: node.schema,
      primaryKey: [],
      options: new Map(),
    } as never,
    mode: node.output,
    upsertKey: [],
    dropsUpdateBefore: false,
    overwrite: false,
  }
  const task = compileTask([sink], {
    registry: createBuiltInRegistry(),
    context: { nowMs: () => 0, queryStartMs: () => 0, random: () => 0 },
    mode,
    timeZone: 'UTC',
    sinkOf: () => ({
      write: (kind, row) => written.push(`${ROW_KINDS[kind]}(${row.map(String)})`),
    }),
    malformed: () => {},
    recordFailed: (_split, _bytes, _start, _end, error) => fail(error),
    rowFailed: (_id, error) => fail(error),
    sleep: () => Promise.resolve(),
    satisfied: () => {},
    splitAdvanced: () => {},
    keyLookup: () => ({ lookup: async () => [] }),
    lookupRows: () => right.rows,
    remotes: undefined,
  })
  task.sources.forEach((source, i) => {
    const rows =
      task.sourceNodes[i]?.kind === 'values' ? (task.sourceNodes[i] as ValuesExec).rows : []
    const split = new SplitState(source.id, 'all', [])
    const batch = { kind: 'rows', rows, positionAt: () => null } as never
    source.process(batch, 0, Number.POSITIVE_INFINITY, rows.length, split)
    task.timeline.advance(source.clock, Number.POSITIVE_INFINITY)
  })
  return written
}

const common = { output: 'retract', keys: [] } as const

describe('row operators in a compiled task', () => {
  it('join two inputs', () => {
    const node: ExecNode = {
      ...common,
      kind: 'join',
      id: 'join',
      inputs: [left, right],
      schema: [...schema, ...schema],
      join: 'left',
      equi,
      residual: undefined,
    }
    expect(run(node)).toEqual(
      ['+I(1,a,,)', '+I(2,b,,)', '-D(1,a,,)', '+I(1,a,1,x)', '+I(1,a,1,y)'].map(t =>
        t.replaceAll(',,)', ',null,null)'),
      ),
    )
  })

  it('look rows of a table up', () => {
    const node: ExecNode = {
      ...common,
      kind: 'lookup-join',
      id: 'lookup',
      inputs: [left],
      schema: [...schema, ...schema],
      output: 'append',
      join: 'inner',
      right: { kind: 'values', schema, rows: [] } satisfies PlanNode,
      equi,
      residual: undefined,
    }
    expect(run(node)).toEqual(['+I(1,a,1,x)', '+I(1,a,1,y)'])
  })

  it('rank rows', () => {
    const node: ExecNode = {
      ...common,
      kind: 'rank',
      id: 'rank',
      inputs: [right],
      schema: [...schema, rank],
      function: 'row_number',
      partition: [column(0)],
      order: [byName],
      from: 1,
      to: 1,
      withRank: true,
    }
    expect(run(node)).toEqual(['+I(1,x,1)', '-U(1,x,1)', '+U(1,y,1)'])
  })

  it('sort and finalize a result', () => {
    const final: ExecNode = { ...common, kind: 'finalize', id: 'final', inputs: [right], schema }
    const node: ExecNode = {
      ...common,
      kind: 'sort',
      id: 'sort',
      inputs: [{ ...final, output: 'append' }],
      schema,
      output: 'append',
      order: [byName],
      offset: 0,
      limit: 1,
      timeColumn: -1,
    }
    expect(run(node, 'batch')).toEqual(['+I(1,y)'])
  })

  it('run process functions, with side outputs', () => {
    const process: ExecNode = {
      ...common,
      kind: 'process',
      id: 'process',
      inputs: [left],
      schema,
      output: 'append',
      groupKeys: [column(0)],
      process: {
        name: 'split',
        state: {},
        sideOutputs: { big: schema },
        onEvent(value, context) {
          const row = value as { k: number; name: string }
          if (row.k > 1) context.emitTo('big', row)
          else context.emit({ ...row, name: `${row.name} ${String(context.key)}` })
        },
      },
      sideOutputs: [{ name: 'big', schema }],
      timeColumn: -1,
    }
    const side: ExecNode = {
      ...common,
      kind: 'side-output',
      id: 'process/big',
      inputs: [process],
      schema,
      output: 'append',
      name: 'big',
    }
    expect(run(process)).toEqual(['+I(1,a 1)'])
    expect(run(side)).toEqual(['+I(2,b)'])
  })
})
