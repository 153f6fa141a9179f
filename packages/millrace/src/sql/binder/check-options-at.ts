// Checks a table's options, and says of a wrong one where in the SQL text it stands.

import { checkTableOptions } from '../../connector/check-options.ts'
import type { ConnectorRegistry } from '../../connector/registry.ts'
import { MillraceError, type SourceSpan } from '../../types/errors.ts'
import type { TableDescriptor } from '../../types/table-descriptor.ts'

interface Places {
  readonly span: SourceSpan
  readonly optionSpans: ReadonlyMap<string, SourceSpan>
}

/** As {@link checkTableOptions}; the error knows the option's place, or the statement's. */
export function checkOptionsAt(
  { span, optionSpans }: Places,
  table: TableDescriptor,
  connectors: ConnectorRegistry,
  use: 'source' | 'sink',
): void {
  try {
    checkTableOptions(table, connectors, use)
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error
    const { option } = error as { readonly option?: string }
    throw error.locate((option === undefined ? undefined : optionSpans.get(option)) ?? span)
  }
}
