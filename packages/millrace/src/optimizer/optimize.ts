// Applies the optimizer's rules to a program's statements; none changes what the program means.
//
//   expressions ─► dedupe ─► ( expressions ─► filters ─► what is not needed ─► projections )* ─► reorder joins ─► prune partitions ─► prune columns ─► tidy ─► dedupe
//
// Equal parts are found first, for rules ask whether a node has several consumers, and last, for rewriting makes parts equal.
// The middle is repeated until nothing changes, at most MAX_ROUNDS times: each rule makes expressions smaller, brings filters
// nearer to the sources or takes nodes away, so it ends by itself; the bound holds whatever a rule does wrong. Columns are pruned
// once the filters are where they stay, and the projections that pruning leaves are tidied up.

import type { SinkNode } from '../plan/node.ts'
import { absorbProjects } from './absorb-projects.ts'
import { dedupeSubplans } from './dedupe-subplans.ts'
import { foldConstants } from './conditions/fold-constants.ts'
import { mergeFilters } from './merge-filters.ts'
import { mergeProjects } from './merge-projects.ts'
import { mergeUnions } from './merge-unions.ts'
import type { OptimizerSettings } from './optimizer-settings.ts'
import { pruneColumns } from './prune-columns.ts'
import { pruneEmpty } from './prune-empty.ts'
import { prunePartitions } from './prune-partitions.ts'
import { pushDownFilters } from './push-down-filter.ts'
import { removeDistinct } from './remove-distinct.ts'
import { removeIdentityProjects } from './remove-identity-project.ts'
import { removeSorts } from './remove-sort.ts'
import { reorderJoins } from './joins/reorder-joins.ts'
import { simplifyConditions } from './conditions/simplify-conditions.ts'
import { simplifyOuterJoins } from './joins/simplify-outer-join.ts'

/** A rewriting of all statements together; gives the same objects where it changes nothing. */
export type OptimizerRule = (roots: readonly SinkNode[]) => readonly SinkNode[]

const MAX_ROUNDS = 10

/** The rules that are repeated, by name, in their order. */
export const REPEATED_RULES: Readonly<Record<string, OptimizerRule>> = {
  foldConstants,
  simplifyConditions,
  mergeFilters,
  simplifyOuterJoins,
  pushDownFilters,
  pruneEmpty,
  removeSorts,
  removeDistinct,
  mergeUnions,
  mergeProjects,
  removeIdentityProjects,
}

const REPEATED = Object.values(REPEATED_RULES)

/** What says the same becomes the same, before equal parts are looked for. */
const FIRST: readonly OptimizerRule[] = [foldConstants, simplifyConditions, mergeFilters]

const TIDY: readonly OptimizerRule[] = [
  mergeProjects,
  absorbProjects,
  removeIdentityProjects,
  dedupeSubplans,
]

/** The statements, rewritten; shared nodes stay shared. Only partitions are pruned by mode; joins are reordered on demand. */
export function optimize(
  sinks: readonly SinkNode[],
  settings: OptimizerSettings,
): readonly SinkNode[] {
  const inOrder = untilSettled(dedupeSubplans(apply(FIRST, sinks)))
  const settled = settings.reordersJoins ? untilSettled(reorderJoins(inOrder)) : inOrder
  return apply(TIDY, pruneColumns(prunePartitions(settled, settings)))
}

function untilSettled(sinks: readonly SinkNode[]): readonly SinkNode[] {
  let before = sinks
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const result = apply(REPEATED, before)
    if (result.every((sink, i) => sink === before[i])) return result
    before = result
  }
  return before
}

const apply = (rules: readonly OptimizerRule[], sinks: readonly SinkNode[]) =>
  rules.reduce((roots, rule) => rule(roots), sinks)
