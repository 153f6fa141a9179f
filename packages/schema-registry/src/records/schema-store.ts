// The schemas that records of a table have named so far: filled before a batch is decoded, looked up while it is.

import type { FormatPlace, PreparationContext, PrepareRecords } from 'millrace'
import { RegistryClient, type ResolvedSchema } from '../client/registry-client.ts'
import { registrySettingsOf } from '../client/registry-settings.ts'

/** Before the value: a zero byte, and the id as four bytes, most significant first. */
export const HEADER_BYTES = 5

export const NO_HEADER = 'it does not begin with the id of a schema (a zero byte, then four)'

/** An id that the registry did not know is asked for again after this time. */
const FORGET_UNKNOWN_MS = 10_000

export interface SchemaStore {
  readonly schemas: Map<number, ResolvedSchema>
  /** Ids that the registry does not know, with the time at which it said so. */
  readonly unknown: Map<number, number>
}

const stores = new WeakMap<object, Map<string, SchemaStore>>()

/** That of a table's format. Who prepares and who decodes see the same. */
export function schemaStoreOf({ table, prefix }: FormatPlace): SchemaStore {
  const ofTable = stores.get(table) ?? new Map<string, SchemaStore>()
  stores.set(table, ofTable)
  const store = ofTable.get(prefix) ?? { schemas: new Map(), unknown: new Map() }
  ofTable.set(prefix, store)
  return store
}

export function schemaIdAt(bytes: Uint8Array, start: number): number {
  return (
    ((bytes[start + 1] as number) << 24) |
    ((bytes[start + 2] as number) << 16) |
    ((bytes[start + 3] as number) << 8) |
    (bytes[start + 4] as number)
  )
}

/** Fetches the schemas that the records of a batch name and that are not here yet. */
export function prepareSchemas(context: PreparationContext): PrepareRecords {
  const { ports, signal } = context
  const { schemas, unknown } = schemaStoreOf(context)
  const client = new RegistryClient(registrySettingsOf(context), ports, signal)
  signal.addEventListener('abort', () => client.close(), { once: true })
  let last: number | undefined
  const isMissing = (id: number): boolean => {
    if (schemas.has(id)) return false
    const since = unknown.get(id)
    return since === undefined || ports.clock.monotonic() - since > FORGET_UNKNOWN_MS
  }
  const fetchAll = async (ids: Iterable<number>): Promise<void> => {
    for (const id of ids) {
      const schema = await client.schemaOf(id)
      if (schema) schemas.set(id, schema)
      else unknown.set(id, ports.clock.monotonic())
    }
  }
  return (bytes, starts, ends, count) => {
    let missing: Set<number> | undefined
    for (let i = 0; i < count; i++) {
      const start = starts[i] as number
      if (start < 0 || (ends[i] as number) - start < HEADER_BYTES || bytes[start] !== 0) continue
      const id = schemaIdAt(bytes, start)
      if (id === last) continue
      if (isMissing(id)) {
        missing ??= new Set()
        missing.add(id)
      } else last = id
    }
    if (!missing) return undefined
    return fetchAll(missing).catch(error => {
      // Nobody waits for it any more.
      if (!signal.aborted) throw error
    })
  }
}
