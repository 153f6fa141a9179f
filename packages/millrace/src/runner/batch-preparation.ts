// What batches of a source wait for before anyone sees them: more than the records, where their formats need it.

import { decodersOf } from '../connector/table-formats.ts'
import type { PrepareRecords } from '../format/format-place.ts'
import type { Program } from '../plan/program.ts'
import type { BatchPreparation } from '../runtime/source-input.ts'
import type { RuntimePorts } from '../types/ports.ts'
import type { TableDescriptor } from '../types/table-descriptor.ts'

/** Undefined when the table's formats need nothing else. */
export function batchPreparation(
  table: TableDescriptor,
  program: Program,
  ports: RuntimePorts,
): BatchPreparation | undefined {
  const formats = decodersOf(table, program.connectors)
  const closing = new AbortController()
  const { signal } = closing
  const preparation = (use: typeof formats): PrepareRecords | undefined => {
    const { format, prefix } = use?.value ?? {}
    return prefix === undefined
      ? undefined
      : format?.prepare?.({ table, prefix, isFramed: true, ports, signal })
  }
  const value = preparation(formats)
  const key = formats?.key && preparation({ value: formats.key })
  if (!value && !key) return undefined
  return {
    async prepare(batch) {
      if (batch.kind !== 'frames') return
      const { bytes, count } = batch
      await value?.(bytes, batch.valueStarts, batch.valueEnds, count)
      await key?.(bytes, batch.keyStarts, batch.keyEnds, count)
    },
    close: () => closing.abort(),
  }
}
