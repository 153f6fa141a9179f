// What is known of a table that a program reads or writes: columns, key, watermark, where it is and in which format.

import type { Column, Schema } from './schema.ts'
import type { Secret } from './secret.ts'

/** A table of a connector, as DDL or the Table API declares it. Computed columns and the watermark are plan nodes above its scan. */
export interface TableDescriptor {
  /** Full name as the user wrote it, without catalog and database when they are the defaults. */
  readonly name: string
  /** Physical and metadata columns in declaration order: what the connector reads or writes. */
  readonly schema: Schema
  /** Metadata columns: index in `schema` → the connector's metadata key. */
  readonly metadata: ReadonlyMap<number, string>
  /** Indexes of the PRIMARY KEY … NOT ENFORCED columns; empty without one. */
  readonly primaryKey: readonly number[]
  /** Indexes of the PARTITIONED BY columns, outermost first; absent without them. */
  readonly partitionedBy?: readonly number[]
  readonly connector: string
  /** All options, `connector` and `format` among them, keys as written. */
  readonly options: ReadonlyMap<string, string>
  /** Options that must not be printed; `options` has what is shown in their place. */
  readonly secrets?: ReadonlyMap<string, Secret>
  /** A TypeScript object that a connector of the API carries (rows in memory, a callback); such tables live on the main thread. */
  readonly attachment?: unknown
}

/** An option for whoever connects to another system, secrets revealed. Nothing else may ask. */
export const revealedOption = (
  { options, secrets }: Pick<TableDescriptor, 'options' | 'secrets'>,
  name: string,
): string | undefined => secrets?.get(name)?.reveal() ?? options.get(name)

/** The columns of PARTITIONED BY, outermost first. */
export const partitionColumns = ({
  schema,
  partitionedBy = [],
}: TableDescriptor): readonly Column[] => partitionedBy.map(i => schema[i] as Column)
