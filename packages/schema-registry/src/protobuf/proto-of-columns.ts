// The .proto file of a table's columns.

import { type DataType, formatType } from 'millrace'
import { ProtoFileProblem } from './proto-file.ts'

type Fields = readonly { readonly name: string; readonly type: DataType }[]

/** The message's name. */
export const MESSAGE_NAME = 'Record'

const SCALARS: Readonly<Partial<Record<DataType['kind'], string>>> = {
  boolean: 'bool',
  tinyint: 'int32',
  smallint: 'int32',
  int: 'int32',
  bigint: 'int64',
  float: 'float',
  double: 'double',
  char: 'string',
  varchar: 'string',
  binary: 'bytes',
  varbinary: 'bytes',
  timestamp: 'google.protobuf.Timestamp',
  timestamp_ltz: 'google.protobuf.Timestamp',
}

/** Fields are numbered in the order of the columns. @throws {ProtoFileProblem} */
export function protoFileOf(columns: Fields): string {
  const body = messageText(MESSAGE_NAME, columns, '')
  const imports = body.includes('google.protobuf.Timestamp')
    ? 'import "google/protobuf/timestamp.proto";\n\n'
    : ''
  return `syntax = "proto3";\n\n${imports}${body}`
}

function messageText(name: string, fields: Fields, indent: string): string {
  const inner = `${indent}  `
  const lines = fields.map((field, i) => {
    if (!/^[A-Za-z]\w*$/.test(field.name))
      throw new ProtoFileProblem(`"${field.name}" is no name in a .proto file`)
    const { nested, text } = fieldType(field.name, field.type, inner)
    return `${nested}${inner}${text} ${field.name} = ${i + 1};\n`
  })
  return `${indent}message ${name} {\n${lines.join('')}${indent}}\n`
}

function fieldType(
  name: string,
  type: DataType,
  indent: string,
): { readonly nested: string; readonly text: string } {
  if (type.kind === 'array') {
    const { nested, text } = singleType(name, type.element, indent)
    return { nested, text: `repeated ${text}` }
  }
  if (type.kind === 'map') {
    const key = SCALARS[type.key.kind]
    if (key === undefined || !/^(?:string|bool|int)/.test(key)) throw noType(type)
    const { nested, text } = singleType(name, type.value, indent)
    return { nested, text: `map<${key}, ${text}>` }
  }
  const { nested, text } = singleType(name, type, indent)
  return { nested, text: type.nullable ? `optional ${text}` : text }
}

function singleType(name: string, type: DataType, indent: string) {
  if (type.kind === 'row') {
    const own = `${name}_${MESSAGE_NAME}`
    return { nested: messageText(own, type.fields, indent), text: own }
  }
  const text = SCALARS[type.kind]
  if (text === undefined) throw noType(type)
  return { nested: '', text }
}

const noType = (type: DataType): ProtoFileProblem =>
  new ProtoFileProblem(`Protocol Buffers have no type for ${formatType(type)}`)
