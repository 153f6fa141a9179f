// A scan that decodes only what is read of its table.

import type { ScanNode } from '../../plan/node.ts'
import type { DataType } from '../../types/data-type.ts'
import type { ColumnDemand, FieldDemand } from './column-demand.ts'

/** The scan of the demanded columns, and of nested ones the demanded fields. */
export function pruneScan(node: ScanNode, own: ColumnDemand): ScanNode {
  const kept = own.entries()
  const { reads: _, ...scan } = node
  const schema = kept.flatMap(([i]) => node.schema[i] ?? [])
  const reads = kept.map(([, fields], i) => pathsOf(fields, schema[i]?.type))
  return {
    ...scan,
    schema,
    columns: kept.flatMap(([i]) => node.columns[i] ?? []),
    ...(own.isNested ? { reads } : {}),
  }
}

/** A demand as the paths of field names that a decoder knows. */
function pathsOf(demand: FieldDemand, type: DataType | undefined): readonly (readonly string[])[] {
  if (demand === 'whole' || type?.kind !== 'row') return [[]]
  const fields = [...demand].sort(([a], [b]) => a - b)
  return fields.flatMap(([index, below]) => {
    const field = type.fields[index]
    return pathsOf(below, field?.type).map(path => [field?.name ?? '', ...path])
  })
}
