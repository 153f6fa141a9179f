// Finds connectors and formats by the names that DDL uses.

import type { DecodingFormat } from '../format/decoder.ts'
import type { EncodingFormat } from '../format/encoder.ts'
import type { SinkFactory } from './sink.ts'
import type { SourceFactory } from './source.ts'

/** What a program can connect to. One per `Millrace` app; packages register theirs. */
export class ConnectorRegistry {
  readonly sources = new Map<string, SourceFactory>()
  readonly sinks = new Map<string, SinkFactory>()
  readonly decoders = new Map<string, DecodingFormat>()
  readonly encoders = new Map<string, EncodingFormat>()

  addSource(factory: SourceFactory): this {
    this.sources.set(factory.connector, factory)
    return this
  }

  addSink(factory: SinkFactory): this {
    this.sinks.set(factory.connector, factory)
    return this
  }

  addDecoder(format: DecodingFormat): this {
    this.decoders.set(format.format, format)
    return this
  }

  addEncoder(format: EncodingFormat): this {
    this.encoders.set(format.format, format)
    return this
  }
}
