// Rebuilds one node over pruned inputs with the columns that are read of it.
//
// Nodes that hold or hand over whole rows (joins, ranks, sorts, unions, user functions) get inputs narrowed by a projection;
// the others take what is there, and let what they do not need pass.

import type { Expression, NamedExpression } from '../../plan/expression.ts'
import {
  createAggregate,
  createFilter,
  createJoin,
  createLateRows,
  createMatch,
  createOver,
  createProcess,
  createProject,
  createRank,
  createSetOperation,
  createSink,
  createSort,
  createTemporalJoin,
  createUnion,
  createUnnest,
  createValues,
  createWatermark,
  createWindow,
} from '../../plan/create-node.ts'
import { mapAggregate, mapPart, mapPosition } from '../../plan/map-children.ts'
import type { MatchExpressions } from '../../plan/match.ts'
import { mapMatchConditions, mapMatchParts } from '../../plan/match.ts'
import type { PlanNode, WindowSpec } from '../../plan/node.ts'
import type { ProcessFunction } from '../../plan/process-function.ts'
import type { PlanVisitor } from '../../plan/visit.ts'
import { visitNode } from '../../plan/visit.ts'
import type { ColumnDemand } from './column-demand.ts'
import { fieldChain } from './column-demand.ts'
import type { ColumnPlaces, Place, Pruned } from './column-places.ts'
import {
  appendedPlaces,
  movedColumn,
  moveExpression,
  narrow,
  shiftPlaces,
  takeApart,
} from './column-places.ts'
import { keptAggregates, keptMeasures, keptOverCalls, overCallsAt } from './input-demands.ts'
import { moveProcess } from './move-process.ts'
import { pruneScan } from './prune-scan.ts'

export type PruneNode = (
  node: PlanNode,
  /** What is read of the node. */
  own: ColumnDemand,
  inputs: readonly Pruned[],
  /** What the node reads of each input. */
  wanted: readonly ColumnDemand[],
) => Pruned

interface Scope {
  readonly own: ColumnDemand
  readonly inputs: readonly Pruned[]
  readonly wanted: readonly ColumnDemand[]
  /** A process function read by several nodes stays one object. */
  readonly processes: Map<ProcessFunction, ProcessFunction>
}

/** A pruner of the nodes of one set of statements. */
export function createPruneNode(): PruneNode {
  const processes = new Map<ProcessFunction, ProcessFunction>()
  return (node, own, inputs, wanted) => visitNode(node, PRUNE, { own, inputs, wanted, processes })
}

const inputAt = ({ inputs }: Scope, i = 0): Pruned => inputs[i] as Pruned
const wantedAt = ({ wanted }: Scope, i = 0): ColumnDemand => wanted[i] as ColumnDemand
const narrowedAt = (scope: Scope, i = 0): Pruned => narrow(inputAt(scope, i), wantedAt(scope, i))

/** The input; taken apart where only fields of a ROW are read, for rows are materialised here. */
function flatAt(scope: Scope): Pruned {
  return wantedAt(scope).isNested ? narrowedAt(scope) : inputAt(scope)
}

const mover =
  ({ places }: Pruned) =>
  (e: Expression): Expression =>
    moveExpression(e, places)

function moveKeys<K extends { readonly expression: Expression }>(
  keys: readonly K[],
  move: (e: Expression) => Expression,
): readonly K[] {
  return keys.map(k => ({ ...k, expression: move(k.expression) }))
}

/** Former columns that are kept, in order, as the new columns. */
const renumbered = (kept: readonly number[]): ColumnPlaces =>
  new Map(kept.map((old, i) => [old, i]))

function movedWindow(window: WindowSpec, { places }: Pruned): WindowSpec {
  if (window.kind !== 'session') return window
  return { ...window, partition: window.partition.map(i => movedColumn(i, places)) }
}

const PRUNE: PlanVisitor<Pruned, [scope: Scope]> = {
  scan: (node, { own }) => ({ node: pruneScan(node, own), places: renumbered(columnsOf(own)) }),
  values(node, { own }) {
    const kept = columnsOf(own)
    const schema = kept.flatMap(i => node.schema[i] ?? [])
    const rows = node.rows.map(row => kept.map(i => row[i] ?? null))
    return {
      node: kept.length === node.schema.length ? node : createValues(schema, rows),
      places: renumbered(kept),
    }
  },
  filter(node, scope) {
    const input = inputAt(scope)
    return {
      node: createFilter(input.node, moveExpression(node.condition, input.places)),
      places: input.places,
    }
  },
  project(node, scope) {
    const input = inputAt(scope)
    const columns: NamedExpression[] = []
    const places = new Map<number, Place>()
    for (const [i, wanted] of scope.own.entries()) {
      const column = node.columns[i] as NamedExpression
      // A ROW that is computed is computed whole; one that is passed on may be in parts already.
      const parts = fieldChain(column.expression) ? wanted : 'whole'
      places.set(i, takeApart(column, parts, columns))
    }
    return { node: createProject(input.node, moveKeys(columns, mover(input))), places }
  },
  watermark(node, scope) {
    const { node: input, places } = inputAt(scope)
    const watermark = moveExpression(node.watermark, places)
    const type = node.schema[node.column]?.type
    const column = movedColumn(node.column, places)
    return { node: createWatermark(input, column, watermark, type), places }
  },
  window(node, scope) {
    const input = flatAt(scope)
    const time = movedColumn(node.timeColumn, input.places)
    return {
      node: createWindow(input.node, time, movedWindow(node.window, input)),
      places: appendedPlaces(input, node.input.schema.length, 3),
    }
  },
  'late-rows'(node, scope) {
    const input = flatAt(scope)
    const time = movedColumn(node.timeColumn, input.places)
    return {
      node: createLateRows(input.node, time, movedWindow(node.window, input)),
      places: input.places,
    }
  },
  aggregate(node, scope) {
    const input = flatAt(scope)
    const kept = keptAggregates(node, scope.own)
    const calls = kept.flatMap(i => node.aggregates[i] ?? [])
    const width = node.keys.length
    return {
      node: {
        ...createAggregate(
          input.node,
          moveKeys(node.keys, mover(input)),
          calls.map(c => mapAggregate(c, mover(input))),
          node.groupingSets,
        ),
        ...(node.stateTtlMs === undefined ? {} : { stateTtlMs: node.stateTtlMs }),
      },
      places: renumbered([
        ...node.keys.keys(),
        ...kept.map(i => width + i),
        ...(node.groupingSets ? [node.schema.length - 1] : []),
      ]),
    }
  },
  join(node, scope) {
    const [left, right] = [narrowedAt(scope, 0), narrowedAt(scope, 1)]
    const both = joinedPlaces(left, right, node.left)
    const condition = moveExpression(node.condition, both)
    const leftOnly = node.join === 'semi' || node.join === 'anti'
    return {
      node: {
        ...createJoin(node.join, left.node, right.node, condition),
        ...(node.stateTtlMs && { stateTtlMs: node.stateTtlMs }),
      },
      places: leftOnly ? left.places : both,
    }
  },
  'temporal-join'(node, scope) {
    const [left, right] = [narrowedAt(scope, 0), narrowedAt(scope, 1)]
    const both = joinedPlaces(left, right, node.left)
    const moved = (i: number, { places }: Pruned) => (i < 0 ? i : movedColumn(i, places))
    return {
      node: createTemporalJoin({
        join: node.join,
        left: left.node,
        right: right.node,
        timeColumn: moved(node.timeColumn, left),
        condition: moveExpression(node.condition, both),
        rightKey: node.rightKey.map(i => moved(i, right)),
        rightTimeColumn: moved(node.rightTimeColumn, right),
        ...(node.lookup && { lookup: node.lookup }),
      }),
      places: both,
    }
  },
  unnest(node, scope) {
    const input = flatAt(scope)
    const width = node.input.schema.length
    const names = node.schema.slice(width).map(c => c.name)
    return {
      node: createUnnest(input.node, moveExpression(node.collection, input.places), {
        join: node.join,
        withOrdinality: node.withOrdinality,
        names,
      }),
      places: appendedPlaces(input, width, names.length),
    }
  },
  rank(node, scope) {
    const input = narrowedAt(scope)
    const width = node.input.schema.length
    const rankName = node.withRank && scope.own.has(width) ? node.schema[width]?.name : undefined
    const { from, to } = node
    return {
      node: createRank(
        {
          input: input.node,
          function: node.function,
          partition: node.partition.map(mover(input)),
          order: moveKeys(node.order, mover(input)),
          from,
          to,
        },
        rankName,
      ),
      places: appendedPlaces(input, width, rankName === undefined ? 0 : 1),
    }
  },
  over(node, scope) {
    const input = narrowedAt(scope)
    const kept = keptOverCalls(node, scope.own)
    const { calls, positions } = overCallsAt(node, kept)
    const [width, newWidth] = [node.input.schema.length, input.node.schema.length]
    return {
      node: createOver({
        input: input.node,
        partition: node.partition.map(mover(input)),
        order: moveKeys(node.order, mover(input)),
        frame: node.frame,
        calls: calls.map(c => mapAggregate(c, mover(input))),
        positions: positions.map(p => mapPosition(p, mover(input))),
      }),
      places: new Map([
        ...input.places,
        ...kept.map((old, i) => [width + old, newWidth + i] as const),
      ]),
    }
  },
  match(node, scope) {
    const input = narrowedAt(scope)
    const parts = (e: MatchExpressions) => mapMatchParts(e, part => mapPart(part, mover(input)))
    const { length } = node.partition
    const kept = [...node.measures.columns.keys()].filter(i => scope.own.has(length + i))
    return {
      node: createMatch({
        input: input.node,
        partition: node.partition.map(mover(input)),
        order: moveKeys(node.order, mover(input)),
        definition: mapMatchConditions(node.definition, parts),
        measures: parts(keptMeasures(node, scope.own)),
      }),
      places: renumbered([...node.partition.keys(), ...kept.map(i => length + i)]),
    }
  },
  sort(node, scope) {
    const input = narrowedAt(scope)
    const { offset, limit } = node
    return {
      node: createSort(input.node, moveKeys(node.order, mover(input)), { offset, limit }),
      places: input.places,
    }
  },
  union(_, scope) {
    const inputs = scope.inputs.map((_input, i) => narrowedAt(scope, i))
    const [first] = inputs
    return { node: createUnion(inputs.map(i => i.node)), places: (first as Pruned).places }
  },
  'set-operation'(node, scope) {
    const [left, right] = [narrowedAt(scope, 0), narrowedAt(scope, 1)]
    const { operation, all } = node
    return {
      node: createSetOperation({ operation, all, left: left.node, right: right.node }),
      places: left.places,
    }
  },
  process(node, scope) {
    const input = narrowedAt(scope)
    const keys = node.keys.map(mover(input))
    const process = moveProcess(node.process, input.places, scope.processes)
    return {
      node: createProcess(input.node, keys, process, node.schema, node.output),
      places: renumbered([...node.schema.keys()]),
    }
  },
  sink(node, scope) {
    const input = narrowedAt(scope)
    return { node: createSink(input.node, node.table, node), places: input.places }
  },
}

const columnsOf = (demand: ColumnDemand): readonly number[] => demand.entries().map(([i]) => i)

function joinedPlaces(left: Pruned, right: Pruned, formerLeft: PlanNode): ColumnPlaces {
  const moved = shiftPlaces(right.places, formerLeft.schema.length, left.node.schema.length)
  return new Map([...left.places, ...moved])
}
