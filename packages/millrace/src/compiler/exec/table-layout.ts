// Ties a generated entry class to the state table that holds its entries.

import type { KeyedTable, TableEntry, TableLayout } from '../../runtime/operators/keyed-table.ts'
import { type MapField, MapMembers } from '../../runtime/operators/map-members.ts'
import { createKeyCodec } from '../../state/key-codec.ts'
import { createRowCodec } from '../../state/value-codec.ts'
import type { DataType } from '../../types/data-type.ts'
import { createRowKey } from '../../types/key-text.ts'
import type { Row } from '../../types/value.ts'
import type { TaskEmitter } from '../task-emitter.ts'
import type { EntryClass } from './entry-class.ts'

export interface TableBinding<E extends TableEntry> {
  readonly entryClass: EntryClass
  readonly keyTypes: readonly DataType[]
  readonly valueTypes: readonly DataType[]
  /** Of these, the ones that are a `LargeMap`. */
  readonly mapFields?: readonly MapField[]
  /** The module's `let` variable that generated code reads the table from, when it does. */
  readonly variable?: string
  /** Further generated functions that the operator wants, by name. */
  readonly links: readonly string[]
  readonly take: (layout: TableLayout<E>, linked: ReadonlyMap<string, unknown>) => void
  readonly table?: () => KeyedTable<E>
}

/** Once the module runs, builds the layout from the class's functions, gives it to the operator, and the table to the code. */
export function bindTable<E extends TableEntry>(
  emitter: TaskEmitter,
  binding: TableBinding<E>,
): void {
  const { module } = emitter
  const { keyOf, valueOf, make } = binding.entryClass
  const connect = module.name('connect')
  const parts = [keyOf, valueOf, make, ...binding.links]
  const target = binding.variable ? `${binding.variable} = ` : ''
  module.declare(`function ${connect}(bind) { ${target}bind({ ${parts.join(', ')} }) }`)
  emitter.link<(bind: (own: Record<string, unknown>) => unknown) => void>(connect, run =>
    run(own => {
      const linked = new Map(Object.entries(own))
      const mapKeyOf = createRowKey(binding.keyTypes)
      const { keyTypes, mapFields = [] } = binding
      const layout: TableLayout<E> = {
        table: 0,
        keyCodec: createKeyCodec(binding.keyTypes),
        valueCodec: createRowCodec(binding.valueTypes),
        keyOf: linked.get(keyOf) as (entry: E) => Row,
        valueOf: linked.get(valueOf) as (entry: E) => Row,
        mapKeyOf,
        members: mapFields.length > 0 ? new MapMembers(keyTypes, mapFields, mapKeyOf) : undefined,
        make: linked.get(make) as (key: Row, value: Row) => E,
      }
      binding.take(layout, linked)
      return binding.table?.()
    }),
  )
}
