// The connectors and formats that every program has.

import { ConnectorRegistry } from '../connector/registry.ts'
import { blackholeSink } from './connectors/blackhole-sink.ts'
import { datagenSource } from './connectors/datagen-source.ts'
import { fileSink } from './connectors/file/file-sink.ts'
import { fileSource } from './connectors/file/file-source.ts'
import { liveSink } from './connectors/live/live-sink.ts'
import { memorySink } from './connectors/memory-sink.ts'
import { memorySource } from './connectors/memory-source.ts'
import { printSink } from './connectors/print-sink.ts'
import {
  canalJsonFormat,
  changelogJsonFormat,
  debeziumJsonFormat,
  maxwellJsonFormat,
  oggJsonFormat,
} from './formats/changelog/index.ts'
import { csvFormat } from './formats/csv/csv-format.ts'
import { jsonFormat } from './formats/json/json-format.ts'
import { rawFormat } from './formats/raw/raw-format.ts'

const FORMATS = [
  canalJsonFormat,
  changelogJsonFormat,
  csvFormat,
  debeziumJsonFormat,
  jsonFormat,
  maxwellJsonFormat,
  oggJsonFormat,
  rawFormat,
]

/** A new registry with everything built in; packages add theirs to it. */
export function createBuiltInRegistry(): ConnectorRegistry {
  const registry = new ConnectorRegistry()
    .addSource(datagenSource)
    .addSource(fileSource)
    .addSource(memorySource)
    .addSink(blackholeSink)
    .addSink(fileSink)
    .addSink(liveSink)
    .addSink(memorySink)
    .addSink(printSink)
  for (const format of FORMATS) registry.addDecoder(format).addEncoder(format)
  return registry
}
