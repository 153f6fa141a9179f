// Errors of names in WITH (…) that stand for nothing that is there.

import { MillraceError } from '../types/errors.ts'
import type { TableDescriptor } from '../types/table-descriptor.ts'
import { proposeName } from '../types/unknown-name.ts'

/** npm packages that bring a connector. */
const PACKAGES: Readonly<Record<string, string>> = { duckdb: '@millrace/duckdb' }

export class UnknownConnectorError extends MillraceError {
  constructor(table: TableDescriptor, purpose: 'read' | 'write', known: readonly string[]) {
    const name = table.connector
    const remedy = PACKAGES[name]
      ? `Install it: npm i ${PACKAGES[name]}, and register it with the program.`
      : `${proposal(name, known)}Known: ${known.join(', ')}.`
    super('MR_CONNECTOR_UNKNOWN', `Table ${table.name}: no connector "${name}" can ${purpose} it`, { remedy })
  }
}

export class UnknownFormatError extends MillraceError {
  constructor(table: TableDescriptor, name: string, known: readonly string[]) {
    super('MR_FORMAT_UNKNOWN', `Table ${table.name}: there is no format "${name}"`, {
      remedy: `${proposal(name, known)}Known: ${known.join(', ')}.`,
    })
  }
}

function proposal(name: string, known: readonly string[]): string {
  const proposed = proposeName(name, known)
  return proposed ? `Did you mean "${proposed}"? ` : ''
}
