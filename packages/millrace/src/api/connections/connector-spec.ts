// What a table is connected to: a connector's name and options, as Flink's WITH clause would give them.

import type { ConnectorRegistry } from '../../connector/registry.ts'
import type { SinkFactory } from '../../connector/sink.ts'
import type { SourceFactory } from '../../connector/source.ts'
import type { DecodingFormat } from '../../format/decoder.ts'
import type { EncodingFormat } from '../../format/encoder.ts'
import type { Secret } from '../../types/secret.ts'

/** A connection for `app.table({ source })` or `into()`; the functions `files`, `memory`, `duckdb`, … make one. */
export interface ConnectorSpec {
  readonly connector: string
  /** By their names in DDL, `format` and `json.*` among them. */
  readonly options: Readonly<Record<string, string | Secret>>
  /** Columns that are none of the records' fields, and the metadata that they are instead: SQL's METADATA FROM. */
  readonly metadata?: Readonly<Record<string, string>>
  /** A TypeScript object that the connector works on; such tables live on the main thread. */
  readonly attachment?: unknown
  /** What executes it, for connectors of other packages; registered when the table is made. */
  readonly factories?: readonly (SourceFactory | SinkFactory)[]
  /** Formats of other packages that its options name; registered likewise. */
  readonly formats?: readonly (DecodingFormat & EncodingFormat)[]
  /** What a sink made of it is called in plans and metrics; absent: the connector's name. */
  readonly name?: string
}

/** Rows of TypeScript objects, converted once the table's schema is known. */
export interface UserRows {
  readonly kind: 'user-rows'
  readonly rows: readonly object[]
}

/** Makes known to a program what a connection brings along. */
export function registerWith(
  connectors: ConnectorRegistry,
  { factories = [], formats = [] }: Pick<ConnectorSpec, 'factories' | 'formats'>,
): void {
  for (const factory of factories) {
    if (isSourceFactory(factory)) connectors.addSource(factory)
    else connectors.addSink(factory)
  }
  for (const format of formats) connectors.addDecoder(format).addEncoder(format)
}

/** Tells the source factories from the sink factories of a connector. */
const isSourceFactory = (factory: SourceFactory | SinkFactory): factory is SourceFactory =>
  !('accepts' in factory)

/** Options whose value is given; the others are left out. */
export function givenOptions(
  options: Readonly<Record<string, string | number | boolean | undefined>>,
): Record<string, string> {
  const given: Record<string, string> = {}
  for (const [name, value] of Object.entries(options))
    if (value !== undefined) given[name] = String(value)
  return given
}
