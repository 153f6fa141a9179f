// The keys of changes in a changelog.
//
//     key    = generation (u32), part
//     part   = 0x01 text operator, full key (delta-format.ts)     an entry of keyed state
//            | 0x02 text name                                     a blob
//            | 0x03 text sink, f64 epoch                          an outbox
//
// What a generation holds is a whole: changes of others say nothing about it.

import { BinaryReader } from '../../state/binary-reader.ts'
import { BinaryWriter } from '../../state/binary-writer.ts'

const ENTRY = 1
const BLOB = 2
const OUTBOX = 3

/** What a change is of. */
export type ChangedPart =
  | { readonly kind: 'entry'; readonly operator: string; readonly fullKey: Uint8Array }
  | { readonly kind: 'blob'; readonly name: string }
  | { readonly kind: 'outbox'; readonly sink: string; readonly epoch: number }

/** Writes keys of one generation; each is valid until the next. */
export class ChangeKeys {
  readonly #out = new BinaryWriter(128)
  readonly #generation: number
  /** Of the operator that the last entry was of: what its keys begin with. */
  #operator: string | undefined
  #prefix = new Uint8Array()

  /** @param generation eight hexadecimal digits */
  constructor(generation: string) {
    this.#generation = Number.parseInt(generation, 16)
  }

  entry(operator: string, bytes: Uint8Array, start: number, end: number): Uint8Array {
    if (operator !== this.#operator) {
      this.#begin(ENTRY).text(operator)
      this.#operator = operator
      this.#prefix = this.#out.view().slice()
    }
    this.#out.reset()
    this.#out.append(this.#prefix)
    this.#out.append(bytes, start, end)
    return this.#out.view()
  }

  blob(name: string): Uint8Array {
    this.#begin(BLOB).text(name)
    return this.#out.view()
  }

  outbox(sink: string, epoch: number): Uint8Array {
    const out = this.#begin(OUTBOX)
    out.text(sink)
    out.f64(epoch)
    return out.view()
  }

  #begin(kind: number): BinaryWriter {
    this.#out.reset()
    this.#out.u32(this.#generation)
    this.#out.u8(kind)
    return this.#out
  }
}

/** The generation that a change belongs to. @throws {MalformedStateError} */
export function generationOf(key: Uint8Array): string {
  return new BinaryReader(key).u32().toString(16).padStart(8, '0')
}

/** What a change is of; byte arrays are views. @throws {MalformedStateError} */
export function partOf(key: Uint8Array): ChangedPart {
  const input = new BinaryReader(key, 4)
  const kind = input.u8()
  switch (kind) {
    case ENTRY: {
      const operator = input.text()
      return { kind: 'entry', operator, fullKey: input.view(input.remaining) }
    }
    case BLOB:
      return { kind: 'blob', name: input.text() }
    case OUTBOX:
      return { kind: 'outbox', sink: input.text(), epoch: input.f64() }
    default:
      throw input.malformed(`a change of unknown kind ${kind}`)
  }
}
