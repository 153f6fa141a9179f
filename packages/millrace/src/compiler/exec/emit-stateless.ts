// Code of nodes without state: they are melted into the pipeline that passes them.

import { watermarkSettingsOf } from '../../connector/watermark-options.ts'
import type { BlockScope } from '../code/code-module.ts'
import { directColumn, emitCondition, emitExpression } from '../code/emit-expression.ts'
import { EmittedColumn, type EmittedRow, emitRowArray } from '../code/emitted-row.ts'
import type { CalcExec, UnionExec, UnnestExec, WatermarkExec } from '../nodes/row-exec.ts'
import type { ExecNode } from '../exec-node.ts'
import type { SinkExec } from '../nodes/changelog-exec.ts'
import type { TaskEmitter } from '../task-emitter.ts'

/** Filters by `if`, so that what is below sees the columns made above; projections reuse plain columns. */
export function emitCalc(
  emitter: TaskEmitter,
  node: CalcExec,
  _input: number,
  scope: BlockScope,
  row: EmittedRow,
): void {
  const env = emitter.environment(row.columns, node)
  const project = (inner: BlockScope) => {
    const columns = node.columns.map(({ name, expression }) => {
      const direct = directColumn(expression, env)
      if (direct) return direct
      return EmittedColumn.of(inner.assign(name, emitExpression(inner, expression, env)))
    })
    emitter.push(node, inner, { kind: row.kind, columns })
  }
  if (!node.condition) {
    project(scope)
    return
  }
  const test = emitCondition(scope, node.condition, env)
  scope.block(`if (${test}) `, project)
}

/** After the row has gone through everything below, its split's watermark is moved on: the order law. */
export function emitWatermark(
  emitter: TaskEmitter,
  node: WatermarkExec,
  _input: number,
  scope: BlockScope,
  row: EmittedRow,
): void {
  if (emitter.services.mode === 'batch') {
    emitter.push(node, scope, row)
    return
  }
  const env = emitter.environment(row.columns, node)
  const clock = scope.constant(emitter.sourceClockOf(node), 'clock')
  const watermark = emitExpression(scope, node.watermark, env)
  scope.block('', inner => emitter.push(node, inner, row))
  const split = `split.clocks[${emitter.services.watermarkIndexOf(node)}]`
  const later = scope.constant(emitter.services.splitAdvanced, 'splitAdvanced')
  const notNull = node.watermark.type.nullable ? `${watermark} !== null && ` : ''
  const gap = eventGapOf(node)
  const isNew = `${notNull}${watermark} > ${split}.${gap > 1 ? 'highest' : 'watermark'}`
  if (gap > 1) scope.statement(`if (${isNew}) ${split}.highest = ${watermark}`)
  const moved = gap > 1 ? scope.assign('highest', `${split}.highest`) : watermark
  const moves =
    gap > 1 ? `++${split}.events % ${gap} === 0 && ${moved} > ${split}.watermark` : isNew
  scope.block(`if (${moves}) `, inner => {
    inner.statement(`${split}.watermark = ${moved}`)
    inner.statement(
      `if (split.alone && ${moved} < ${clock}.deadline) { if (${moved} > ${clock}.watermark) ${clock}.watermark = ${moved} }`,
    )
    inner.statement(`else ${later}(${clock}, split, ${moved})`)
  })
}

/** After how many records the watermark of a split moves: an option of the table. */
function eventGapOf(node: WatermarkExec): number {
  let at: ExecNode | undefined = node
  while (at && at.kind !== 'source') at = at.inputs[0]
  return at ? watermarkSettingsOf(at.table).eventGap : 1
}

export function emitUnion(
  emitter: TaskEmitter,
  node: UnionExec,
  _input: number,
  scope: BlockScope,
  row: EmittedRow,
): void {
  // The pipeline below a union is a function: each input would repeat it otherwise.
  const emit = emitter.emitFunction(node)
  scope.statement(`${emit}(${row.kind}, ${emitRowArray(scope, row)})`)
}

/** One row per element of the collection; LEFT keeps a row without elements, its columns NULL. */
export function emitUnnest(
  emitter: TaskEmitter,
  node: UnnestExec,
  _input: number,
  scope: BlockScope,
  row: EmittedRow,
): void {
  const env = emitter.environment(row.columns, node)
  const { type } = node.collection
  const collection = emitExpression(scope, node.collection, env)
  const known = row.columns.map(c => EmittedColumn.of(c.value(scope)))
  const width = node.schema.length - known.length - (node.withOrdinality ? 1 : 0)
  const elementType = type.kind === 'array' || type.kind === 'multiset' ? type.element : undefined
  const spread = type.kind === 'map' || elementType?.kind === 'row'
  const push = (inner: BlockScope, atoms: readonly string[]) =>
    emitter.push(node, inner, {
      kind: row.kind,
      columns: [...known, ...atoms.map(a => EmittedColumn.of(a))],
    })
  const ordinal = scope.local('ordinal')
  const item = scope.local('item')
  scope.statement(`let ${ordinal} = 0`)
  const items =
    type.kind === 'multiset'
      ? `${scope.constant(repeatElements, 'repeatElements')}(${collection})`
      : collection
  scope.block(`if (${collection} !== null) for (const ${item} of ${items}) `, inner => {
    inner.statement(`${ordinal}++`)
    const atoms = spread
      ? Array.from({ length: width }, (_, i) =>
          inner.assign('e', `${item} === null ? null : ${item}[${i}]`),
        )
      : [item]
    push(inner, node.withOrdinality ? [...atoms, ordinal] : atoms)
  })
  if (node.join === 'left')
    scope.block(`if (${ordinal} === 0) `, inner =>
      push(
        inner,
        Array.from({ length: width + (node.withOrdinality ? 1 : 0) }, () => 'null'),
      ),
    )
}

function* repeatElements(multiset: ReadonlyMap<unknown, number>): Generator {
  for (const [element, count] of multiset) for (let i = 0; i < count; i++) yield element
}

export function emitSink(
  emitter: TaskEmitter,
  node: SinkExec,
  _input: number,
  scope: BlockScope,
  row: EmittedRow,
): void {
  const sink = scope.constant(emitter.services.sinkOf(node), 'sink')
  const isUpsert = node.mode === 'upsert' && row.kind !== '0'
  // An upsert sink takes no -U: the +U that follows replaces the row; where none may follow, the row goes.
  const kind =
    isUpsert && !node.dropsUpdateBefore ? `(${row.kind} === 1 ? 3 : ${row.kind})` : row.kind
  const write = `${sink}.write(${kind}, ${emitRowArray(scope, row)})`
  scope.statement(isUpsert && node.dropsUpdateBefore ? `if (${row.kind} !== 1) ${write}` : write)
}
