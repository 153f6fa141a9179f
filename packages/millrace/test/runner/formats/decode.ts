// Runs a format's emitted decoder over text, as a pipeline does, and gives what was read.

import { type BlockScope, CodeModule } from '../../../src/compiler/code/code-module.ts'
import type { DecodingFormat, ReadTree } from '../../../src/format/decoder.ts'
import type { Schema } from '../../../src/types/schema.ts'
import type { Row } from '../../../src/types/value.ts'

export interface Decoded {
  readonly rows: Row[]
  /** Reasons of malformed records, in order. */
  readonly problems: string[]
}

export interface DecodeSettings {
  readonly options?: Readonly<Record<string, string>>
  /** Per slot the path that is read; by default every column. */
  readonly paths?: readonly (readonly string[])[]
}

/** A compiled decoder: bytes to rows with one value per path. */
export function compileDecoder(
  format: DecodingFormat,
  schema: Schema,
  settings: DecodeSettings = {},
): (bytes: Uint8Array, start?: number, end?: number) => Decoded {
  const paths = settings.paths ?? schema.map(c => [c.name])
  const reads: (ReadTree | undefined)[] = schema.map(() => undefined)
  paths.forEach((path, slot) => {
    const index = schema.findIndex(c => c.name === path[0])
    let type = schema[index]!.type
    for (const name of path.slice(1)) {
      if (type.kind !== 'row') throw new Error(`${path} is no path of ROWs`)
      type = type.fields.find(f => f.name === name)!.type
    }
    let tree: ReadTree = { kind: 'whole', slot, type }
    for (let i = path.length - 1; i > 0; i--)
      tree = { kind: 'fields', fields: new Map([[path[i]!, tree]]) }
    reads[index] = merge(reads[index], tree)
  })
  const decoder = format.createDecoder({
    schema,
    reads,
    options: new Map(Object.entries(settings.options ?? {})),
  })
  const module = new CodeModule()
  const run = module.addFunction('run', ['bytes', 'start', 'end', 'rows', 'problems'], scope => {
    scope.statement('let position = start')
    scope.block('while (position < end) ', (inner: BlockScope) => {
      const names = { bytes: 'bytes', position: 'position', end: 'end' }
      decoder.emitRecord(
        inner,
        names,
        reason => `problems.push(${reason}); continue`,
        record => {
          const values = paths.map((_, slot) => record.value(inner, slot))
          inner.statement(`rows.push([${values.join(', ')}])`)
        },
      )
    })
  })
  const decode = module.instantiate<(...args: unknown[]) => void>(run)
  return (bytes, start = 0, end = bytes.length) => {
    const decoded: Decoded = { rows: [], problems: [] }
    decode(bytes, start, end, decoded.rows, decoded.problems)
    return decoded
  }
}

/** Decodes text once. */
export function decodeText(
  format: DecodingFormat,
  schema: Schema,
  text: string | Uint8Array,
  settings: DecodeSettings = {},
): Decoded {
  return compileDecoder(format, schema, settings)(Buffer.from(text as string))
}

function merge(a: ReadTree | undefined, b: ReadTree): ReadTree {
  if (!a || a.kind === 'whole' || b.kind === 'whole') return b
  const fields = new Map(a.fields)
  for (const [name, tree] of b.fields) fields.set(name, merge(fields.get(name), tree))
  return { kind: 'fields', fields }
}
