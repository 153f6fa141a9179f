// The formats that this package adds to programs.

import type { DecodingFormat, EncodingFormat } from 'millrace'
import { avroConfluentFormat } from './avro/avro-confluent-format.ts'
import { avroFormat } from './avro/avro-format.ts'
import { debeziumAvroFormat } from './debezium/debezium-avro-format.ts'
import { jsonSchemaFormat } from './json/json-schema-format.ts'
import { protobufConfluentFormat, protobufFormat } from './protobuf/protobuf-formats.ts'

/** All that the package adds to a program's formats; each is registered to be read, and to be written. */
export const registryFormats: readonly (DecodingFormat & EncodingFormat)[] = [
  avroFormat,
  avroConfluentFormat,
  debeziumAvroFormat,
  jsonSchemaFormat,
  protobufFormat,
  protobufConfluentFormat,
]
