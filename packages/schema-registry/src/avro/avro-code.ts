// Generates the code that reads records of one Avro schema: what is asked for becomes values, the rest is passed over.
//
// Names of schemas and columns never become code; numbers, and indexes into tables of constants, do.

import { type DataType, formatType, type ReadTree } from 'millrace'
import type { AvroInput } from './avro-input.ts'
import type { AvroRecord, AvroType } from './avro-schema.ts'
import { scalarReading } from './scalar-reading.ts'

/** Records of the schema cannot be read as the columns ask. */
export class ResolutionProblem extends Error {
  override readonly name = 'ResolutionProblem'
}

/** Reads the record that the input is set to; `values` gets one for each slot. */
export type AvroReader = (input: AvroInput, values: unknown[]) => void

/** What is read of a record that may be NULL; `presence` is the slot that says whether it is not. */
export interface RecordReads {
  readonly kind: 'fields'
  readonly fields: FieldReads
  readonly presence?: number
}

/** What is read of a record: by name of its fields. */
export type FieldReads = ReadonlyMap<string, ReadTree | RecordReads>

/**
 * A reader for records that were written by `schema`.
 *
 * @throws {ResolutionProblem} when what is asked for cannot be had of it
 */
export function generateAvroReader(
  schema: AvroType,
  reads: FieldReads,
): { readonly read: AvroReader; readonly source: string } {
  const record = schema.kind === 'record' ? schema : undefined
  if (!record)
    throw new ResolutionProblem(`it describes no record, but a value of type ${schema.kind}`)
  const code = new AvroCode()
  const body = code.readFields(record, reads)
  const source = `'use strict'
const { texts } = constants
${code.functions.join('\n')}
return function read(c, v) {
${body}c.check()
}`
  const read = new Function('constants', source)({ texts: code.texts }) as AvroReader
  return { read, source }
}

class AvroCode {
  readonly functions: string[] = []
  /** Symbols of enums and texts of messages: what code names by index. */
  readonly texts: (string | readonly string[])[] = []
  readonly #skips = new Map<AvroRecord, string>()
  #names = 0

  /** Statements that read a record into slots. */
  readFields(record: AvroRecord, reads: FieldReads): string {
    let code = ''
    for (const [name, tree] of reads)
      if (!record.fields.some(f => f.name === name)) code += this.#absent(name, tree)
    for (const field of record.fields) {
      const tree = reads.get(field.name)
      code += within(field.name, () =>
        tree ? this.#readTree(field.type, tree) : this.#skip(field.type),
      )
    }
    return code
  }

  #readTree(schema: AvroType, tree: ReadTree | RecordReads): string {
    if (tree.kind === 'whole') return this.#value(schema, tree.type, `v[${tree.slot}]`)
    if (schema.kind === 'record')
      return `${presenceOf(tree, true)}${this.readFields(schema, tree.fields)}`
    if (schema.kind === 'union')
      return this.#branches(schema.branches, branch =>
        branch.kind === 'null' ? nullsOf(tree) : this.#readTree(branch, tree),
      )
    throw new ResolutionProblem(`it is of type ${schema.kind}, no record`)
  }

  /** A field that the writer does not have: NULL. */
  #absent(name: string, tree: ReadTree | RecordReads): string {
    if (tree.kind === 'whole' && !tree.type.nullable)
      throw new ResolutionProblem(`it has no field "${name}", and the column is NOT NULL`)
    return nullsOf(tree)
  }

  /** Statements that read a value of a type into `into`. */
  #value(schema: AvroType, type: DataType, into: string): string {
    switch (schema.kind) {
      case 'union':
        return this.#branches(schema.branches, branch => this.#value(branch, type, into))
      case 'null':
        if (type.nullable) return `${into} = null\n`
        return `c.fail(texts[${this.#text(`NULL for a value of type ${formatType(type)}`)}])\n`
      case 'record':
        if (type.kind === 'row') return this.#row(schema, type.fields, into)
        break
      case 'array':
        if (type.kind === 'array') return this.#array(schema.items, type.element, into)
        break
      case 'map':
        if (type.kind === 'map' && isText(type.key))
          return this.#map(schema.values, type.value, into)
        if (type.kind === 'multiset' && isText(type.element))
          return this.#map(schema.values, { kind: 'int', nullable: false }, into)
        break
      default: {
        const expression = scalarReading(schema, type, symbols => `texts[${this.#text(symbols)}]`)
        if (expression !== undefined) return `${into} = ${expression}\n`
      }
    }
    throw new ResolutionProblem(`${typeName(schema)} cannot be read as ${formatType(type)}`)
  }

  #row(
    record: AvroRecord,
    fields: readonly { readonly name: string; readonly type: DataType }[],
    into: string,
  ): string {
    const locals = fields.map(() => this.#name('field'))
    const places = new Map(fields.map((f, i) => [f.name, i]))
    let code = `let ${locals.map(l => `${l} = null`).join(', ')}\n`
    for (const { name, type } of fields)
      if (!type.nullable && !record.fields.some(f => f.name === name))
        throw new ResolutionProblem(`it has no field "${name}", which is NOT NULL`)
    for (const field of record.fields) {
      const place = places.get(field.name)
      code += within(field.name, () =>
        place === undefined
          ? this.#skip(field.type)
          : this.#value(
              field.type,
              (fields[place] as { type: DataType }).type,
              locals[place] as string,
            ),
      )
    }
    return `{ ${code}${into} = [${locals.join(', ')}] }\n`
  }

  #array(items: AvroType, element: DataType, into: string): string {
    const [list, item] = [this.#name('list'), this.#name('item')]
    const one = `let ${item}\n${this.#value(items, element, item)}${list}.push(${item})\n`
    return `{ const ${list} = []\n${this.#blocks(one)}${into} = ${list} }\n`
  }

  #map(values: AvroType, type: DataType, into: string): string {
    const [map, key, item] = [this.#name('map'), this.#name('key'), this.#name('item')]
    const one = `const ${key} = c.string()\nlet ${item}\n${this.#value(values, type, item)}${map}.set(${key}, ${item})\n`
    return `{ const ${map} = new Map()\n${this.#blocks(one)}${into} = ${map} }\n`
  }

  #blocks(one: string): string {
    const count = this.#name('count')
    return `for (let ${count} = c.count(); ${count} > 0; ${count} = c.count()) for (; ${count} > 0; ${count}--) { ${one}}\n`
  }

  /** The code of the branch that a record names. One that cannot be read as asked fails the records that name it. */
  #branches(branches: readonly AvroType[], emit: (branch: AvroType) => string): string {
    let problem: ResolutionProblem | undefined
    let read = 0
    const cases = branches.map((branch, i) => {
      let code: string
      try {
        code = emit(branch)
        if (branch.kind !== 'null') read++
      } catch (error) {
        if (!(error instanceof ResolutionProblem)) throw error
        problem ??= error
        code = `c.fail(texts[${this.#text(error.message)}])\n`
      }
      return `case ${i}: { ${code}break }\n`
    })
    if (problem && read === 0) throw problem
    const unknown = this.#text('a union names a branch that it does not have')
    return `switch (c.int()) {\n${cases.join('')}default: c.fail(texts[${unknown}]) }\n`
  }

  #skip(schema: AvroType): string {
    switch (schema.kind) {
      case 'null':
        return ''
      case 'boolean':
        return 'c.skip(1)\n'
      case 'int':
      case 'long':
      case 'enum':
        return 'c.skipLong()\n'
      case 'float':
        return 'c.skip(4)\n'
      case 'double':
        return 'c.skip(8)\n'
      case 'bytes':
      case 'string':
        return 'c.skipBytes()\n'
      case 'fixed':
        return `c.skip(${schema.size})\n`
      case 'union':
        return this.#branches(schema.branches, branch => this.#skip(branch))
      case 'array':
        return this.#skipBlocks(this.#skip(schema.items))
      case 'map':
        return this.#skipBlocks(`c.skipBytes()\n${this.#skip(schema.values)}`)
      case 'record':
        return `${this.#skipRecord(schema)}(c)\n`
    }
  }

  #skipBlocks(one: string): string {
    const skip = this.#name('skip')
    this.functions.push(`function ${skip}(c) {\n${one}}`)
    return `c.skipBlocks(${skip})\n`
  }

  /** A function for each record: those may hold themselves. */
  #skipRecord(record: AvroRecord): string {
    const known = this.#skips.get(record)
    if (known !== undefined) return known
    const skip = this.#name('skip')
    this.#skips.set(record, skip)
    const body = record.fields.map(f => this.#skip(f.type)).join('')
    this.functions.push(`function ${skip}(c) {\n${body}}`)
    return skip
  }

  #name(hint: string): string {
    return `${hint}${this.#names++}`
  }

  #text(text: string | readonly string[]): number {
    return this.texts.push(text) - 1
  }
}

const isText = ({ kind }: DataType): boolean => kind === 'varchar' || kind === 'char'

function nullsOf(tree: ReadTree | RecordReads): string {
  if (tree.kind === 'whole') return `v[${tree.slot}] = null\n`
  return presenceOf(tree, false) + [...tree.fields.values()].map(nullsOf).join('')
}

function presenceOf(tree: RecordReads, isThere: boolean): string {
  return tree.presence === undefined ? '' : `v[${tree.presence}] = ${isThere}\n`
}

/** Adds the field to the reason why it cannot be read. */
function within(field: string, emit: () => string): string {
  try {
    return emit()
  } catch (error) {
    if (!(error instanceof ResolutionProblem)) throw error
    throw new ResolutionProblem(`field "${field}": ${error.message}`)
  }
}

function typeName(schema: AvroType): string {
  const { logical } = schema as { readonly logical?: { readonly kind: string } }
  return logical ? `${schema.kind} (${logical.kind})` : schema.kind
}
