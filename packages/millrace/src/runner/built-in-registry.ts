// The connectors and formats that every program has.

import { ConnectorRegistry } from '../connector/registry.ts'
import { blackholeSink } from './connectors/blackhole-sink.ts'
import { datagenSource } from './connectors/datagen-source.ts'
import { fileSink } from './connectors/file/file-sink.ts'
import { fileSource } from './connectors/file/file-source.ts'
import { memorySink } from './connectors/memory-sink.ts'
import { memorySource } from './connectors/memory-source.ts'
import { printSink } from './connectors/print-sink.ts'
import { csvFormat } from './formats/csv/csv-format.ts'
import { jsonFormat } from './formats/json/json-format.ts'
import { rawFormat } from './formats/raw/raw-format.ts'

/** A new registry with everything built in; packages add theirs to it. */
export function createBuiltInRegistry(): ConnectorRegistry {
  return new ConnectorRegistry()
    .addSource(datagenSource)
    .addSource(fileSource)
    .addSource(memorySource)
    .addSink(blackholeSink)
    .addSink(fileSink)
    .addSink(memorySink)
    .addSink(printSink)
    .addDecoder(csvFormat)
    .addDecoder(jsonFormat)
    .addDecoder(rawFormat)
    .addEncoder(csvFormat)
    .addEncoder(jsonFormat)
    .addEncoder(rawFormat)
}
