import { ByteWriter, types } from 'millrace'
import { expect, it } from 'vitest'
import { parseAvroSchema } from '../../src/avro/avro-schema.ts'
import { AvroValueError, createAvroWriter } from '../../src/avro/avro-writer.ts'

it('a value that the schema has no place for is refused by its column', () => {
  const schema = parseAvroSchema(
    '{"type":"record","name":"r","fields":[{"name":"a","type":"int"}]}',
  )
  const write = createAvroWriter(schema, [{ name: 'a', type: types.int }])
  const written = () => write(new ByteWriter(16), [null])
  expect(written).toThrow(AvroValueError)
  expect(written).toThrow(expect.objectContaining({ code: 'MR_AVRO_VALUE' }))
  expect(written).toThrow('column "a" is NULL, which the schema forbids')
})
