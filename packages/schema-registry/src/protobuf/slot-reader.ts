// Reads messages into the values that a pipeline asks for; fields that nobody asks for are passed over.

import protobuf from 'protobufjs'
import type { ReadTree, Value } from 'millrace'
import { ProtoFileProblem } from './proto-file.ts'
import { ProtoDataProblem, type ProtoInput } from './proto-input.ts'
import { protoField } from './proto-values.ts'

/** Reads the message that ends at `end`. */
export type SlotReader = (input: ProtoInput, end: number, values: unknown[]) => void

interface SlotField {
  readonly id: number
  reset(values: unknown[]): void
  read(input: ProtoInput, wire: number, values: unknown[]): void
  /** @throws {ProtoDataProblem} where what may not be NULL is */
  check?(values: readonly unknown[]): void
}

/** A field that the message does not have is NULL. @throws {ProtoFileProblem} */
export function createSlotReader(
  message: protobuf.Type,
  reads: ReadonlyMap<string, ReadTree>,
): SlotReader {
  const fields = [...reads].map(([name, tree]) => slotField(message, name, tree))
  const byId = new Map(fields.filter(f => f.id > 0).map(f => [f.id, f]))
  const checked = fields.filter(f => f.check)
  return (input, end, values) => {
    for (const field of fields) field.reset(values)
    while (input.at < end) {
      const tag = input.varint32()
      const field = byId.get(tag >>> 3)
      if (field) field.read(input, tag & 7, values)
      else input.skip(tag & 7)
    }
    if (input.at > end) throw new ProtoDataProblem('a message ends in the middle of a value')
    for (const field of checked) field.check?.(values)
  }
}

function slotField(message: protobuf.Type, name: string, tree: ReadTree): SlotField {
  const field = message.fields[name]?.resolve()
  if (!field) {
    if (tree.kind === 'whole' && !tree.type.nullable)
      throw new ProtoFileProblem(
        `message "${message.name}" has no field "${name}", and the column is NOT NULL`,
      )
    return { id: 0, reset: values => clear(tree, values), read() {} }
  }
  if (tree.kind === 'fields') return nestedField(field, tree)
  const { slot, type } = tree
  const own = protoField(field, type)
  return {
    id: field.id,
    reset(values) {
      values[slot] = own.absent()
    },
    read(input, wire, values) {
      values[slot] = own.read(input, wire, values[slot] as Value)
    },
    ...(!type.nullable && {
      check(values: readonly unknown[]) {
        if (values[slot] === null)
          throw new ProtoDataProblem(`it has no "${name}", and the column is NOT NULL`)
      },
    }),
  }
}

function nestedField(field: protobuf.Field, tree: ReadTree & { kind: 'fields' }): SlotField {
  const { resolvedType } = field
  if (!(resolvedType instanceof protobuf.Type) || field.repeated)
    throw new ProtoFileProblem(`field "${field.name}" of type ${field.type} is no message`)
  const read = createSlotReader(resolvedType, tree.fields)
  return {
    id: field.id,
    reset: values => clear(tree, values),
    read(input, wire, values) {
      if (wire === 2) read(input, input.length(), values)
      else input.skip(wire)
    },
  }
}

function clear(tree: ReadTree, values: unknown[]): void {
  if (tree.kind === 'whole') values[tree.slot] = null
  else for (const own of tree.fields.values()) clear(own, values)
}
