// The JSON Schema of a table's columns, as the format `json` writes them.

import { type DataType, formatType, type Schema } from 'millrace'

type Json = { readonly [name: string]: unknown }

/** What a record is called in subjects where the schema has no title. */
export const JSON_RECORD_NAME = 'record'

/** An object of the columns. Others are not in it, so that columns that are added stay compatible. */
export function jsonSchemaOf(schema: Schema): string {
  return JSON.stringify({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: JSON_RECORD_NAME,
    ...objectOf(schema),
  })
}

function objectOf(fields: readonly { readonly name: string; readonly type: DataType }[]): Json {
  const required = fields.flatMap(({ name, type }) => (type.nullable ? [] : [name]))
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(({ name, type }) => [name, valueOf(type)])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  }
}

const valueOf = (type: DataType): Json =>
  type.nullable && type.kind !== 'null'
    ? { oneOf: [{ type: 'null' }, plainOf(type)] }
    : plainOf(type)

function plainOf(type: DataType): Json {
  switch (type.kind) {
    case 'null':
    case 'boolean':
      return { type: type.kind }
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
      return { type: 'integer' }
    case 'float':
    case 'double':
    case 'decimal':
      return { type: 'number' }
    case 'binary':
    case 'varbinary':
      return { type: 'string', contentEncoding: 'base64' }
    case 'array':
      return { type: 'array', items: valueOf(type.element) }
    case 'map':
      return { type: 'object', additionalProperties: valueOf(type.value) }
    case 'multiset':
      return { type: 'object', additionalProperties: { type: 'integer' } }
    case 'row':
      return objectOf(type.fields)
    default:
      return { type: 'string', description: formatType({ ...type, nullable: true }) }
  }
}
