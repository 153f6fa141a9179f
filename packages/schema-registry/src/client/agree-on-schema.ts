// What is agreed with the registry before a table is written: the id of its schema.

import type { FormatPlace, RuntimePorts } from 'millrace'
import {
  IncompatibleSchemaError,
  RegistryResponseError,
  SchemaError,
  UnregisteredSchemaError,
} from './registry-errors.ts'
import { type Refusal, RegistryClient, type SchemaText } from './registry-client.ts'
import { formatOption, registrySettingsOf } from './registry-settings.ts'
import { subjectOf } from './subjects.ts'

const CONFLICT = 409
const NOT_FOUND = 404
const INVALID = 422

/**
 * The id of the schema under the table's subject, where it is registered unless the table says otherwise.
 *
 * @param recordName the full name of the record or message
 * @throws {IncompatibleSchemaError | UnregisteredSchemaError | SchemaError}
 */
export async function agreeOnSchema(
  place: FormatPlace,
  schema: SchemaText,
  recordName: string,
  ports: RuntimePorts,
): Promise<number> {
  const subject = subjectOf(place, recordName)
  const mayRegister = formatOption(place, 'auto-register-schemas')?.toLowerCase() !== 'false'
  const settings = registrySettingsOf(place)
  const client = new RegistryClient(settings, ports)
  try {
    const answer = await (mayRegister
      ? client.register(subject, schema)
      : client.find(subject, schema))
    if ('id' in answer) return answer.id
    throw refusalError(place, subject, schema, answer, settings.urls)
  } finally {
    client.close()
  }
}

function refusalError(
  { table }: FormatPlace,
  subject: string,
  { text }: SchemaText,
  { status, reason }: Refusal,
  urls: readonly string[],
) {
  const facts = { table: table.name, subject, reason, schema: text }
  switch (status) {
    case CONFLICT:
      return new IncompatibleSchemaError(facts)
    case NOT_FOUND:
      return new UnregisteredSchemaError(facts)
    case INVALID:
      return new SchemaError({ table: table.name, reason: `the registry says: ${reason}` })
    default:
      return new RegistryResponseError({ url: urls.join(', '), reason: `${status} ${reason}` })
  }
}
