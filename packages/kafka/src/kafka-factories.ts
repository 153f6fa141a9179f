// What executes tables of Kafka, for programs to register.

import type { SinkFactory, SourceFactory } from 'millrace'
import { kafkaSinkFactory, upsertKafkaSinkFactory } from './sink/kafka-sink.ts'
import { kafkaSourceFactory, upsertKafkaSourceFactory } from './source/kafka-source.ts'

/** All that the package adds to a program's connectors: `kafka` and `upsert-kafka`, to be read and written. */
export const kafkaFactories: {
  readonly sources: readonly SourceFactory[]
  readonly sinks: readonly SinkFactory[]
} = {
  sources: [kafkaSourceFactory, upsertKafkaSourceFactory],
  sinks: [kafkaSinkFactory, upsertKafkaSinkFactory],
}
