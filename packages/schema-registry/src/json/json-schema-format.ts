// The format `json-schema-confluent`: the id of the writer's schema, then JSON.

import {
  ByteWriter,
  type CodeScope,
  type DecodedRecord,
  type DecodeRequest,
  type DecodingFormat,
  type EncodingFormat,
  type FormatPlace,
  jsonFormat,
  MillraceError,
  type PreparationContext,
  type RecordDecoder,
  type RecordEncoder,
  type RecordNames,
  type Schema,
} from 'millrace'
import { agreeOnSchema } from '../client/agree-on-schema.ts'
import { SchemaError } from '../client/registry-errors.ts'
import { formatOption, REGISTRY_OPTIONS, registrySettingsOf } from '../client/registry-settings.ts'
import { subjectOf, WRITTEN_OPTIONS } from '../client/subjects.ts'
import { framedPlace } from '../records/framed-place.ts'
import { registeredEncoder } from '../records/registered-encoder.ts'
import {
  HEADER_BYTES,
  NO_HEADER,
  prepareSchemas,
  schemaIdAt,
  schemaStoreOf,
} from '../records/schema-store.ts'
import { JSON_RECORD_NAME, jsonSchemaOf } from './json-schema-of-columns.ts'
import { createJsonValidator, JsonSchemaProblem, type JsonValidator } from './json-validator.ts'

const FORMAT = 'json-schema-confluent'

/** Reads and writes what Confluent's JSON Schema serializers do. */
export const jsonSchemaFormat: DecodingFormat & EncodingFormat = {
  format: FORMAT,
  options: [
    ...REGISTRY_OPTIONS,
    ...WRITTEN_OPTIONS,
    {
      name: 'validate',
      type: 'boolean',
      default: 'false',
      description:
        'Records are checked against their schema: read ones that do not fit are malformed, such rows end the program.',
    },
    ...jsonFormat.options,
  ],
  framing: 'whole',
  accepts: () => ['append'],
  changelogMode: () => 'append',
  createDecoder: request => new JsonSchemaDecoder(request),
  prepare: (context: PreparationContext) =>
    validates(context) ? prepareSchemas(context) : () => undefined,
  createEncoder,
}

const validates = (place: FormatPlace): boolean =>
  formatOption(place, 'validate')?.toLowerCase() === 'true'

/** A row that its JSON Schema refuses. */
class InvalidJsonError extends MillraceError {
  constructor(reason: string) {
    super(
      'MR_JSON_SCHEMA_VALUE',
      `A row does not fit the JSON Schema that it is written by: ${reason}.`,
      {
        remedy: 'Let the query give values that the schema has, or write by another schema.',
      },
    )
  }
}

/** Passes the id, and leaves the rest to the decoder of JSON. */
class JsonSchemaDecoder implements RecordDecoder {
  readonly #json: RecordDecoder
  readonly #place: FormatPlace
  readonly #validators = new Map<number, JsonValidator | string>()

  constructor(request: DecodeRequest) {
    this.#place = framedPlace(FORMAT, request.place)
    this.#json = jsonFormat.createDecoder(request)
  }

  emitRecord(
    scope: CodeScope,
    names: RecordNames,
    onMalformed: (reason: string) => string,
    consume: (record: DecodedRecord) => void,
  ): void {
    const { bytes, position, end } = names
    const isHeader = `${end} - ${position} >= ${HEADER_BYTES} && ${bytes}[${position}] === 0`
    const malformed = (reason: string) => `${position} = ${end}; ${onMalformed(reason)}`
    scope.statement(`if (!(${isHeader})) { ${malformed(JSON.stringify(NO_HEADER))} }`)
    if (validates(this.#place)) {
      const check = scope.constant(this.#problemOf, 'invalid')
      const problem = scope.local('problem')
      scope.statement(`const ${problem} = ${check}(${bytes}, ${position}, ${end})`)
      scope.statement(`if (${problem} !== undefined) { ${malformed(problem)} }`)
    }
    scope.statement(`${position} += ${HEADER_BYTES}`)
    this.#json.emitRecord(scope, names, onMalformed, consume)
  }

  readonly #problemOf = (bytes: Uint8Array, start: number, end: number): string | undefined => {
    const id = schemaIdAt(bytes, start)
    const validate = this.#validatorOf(id)
    if (typeof validate === 'string') return validate
    const text = Buffer.from(
      bytes.buffer,
      bytes.byteOffset + start + HEADER_BYTES,
      end - start - HEADER_BYTES,
    ).toString('utf8')
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch (error) {
      return (error as Error).message
    }
    const problem = validate(value)
    return problem === undefined ? undefined : `schema ${id}: ${problem}`
  }

  #validatorOf(id: number): JsonValidator | string {
    const known = this.#validators.get(id)
    if (known !== undefined) return known
    const schema = schemaStoreOf(this.#place).schemas.get(id)
    if (!schema) return `the registry has no schema ${id}`
    let made: JsonValidator | string
    try {
      made = createJsonValidator(schema.text, schema.dependencies)
    } catch (error) {
      if (!(error instanceof JsonSchemaProblem)) throw error
      made = `schema ${id}: ${error.message}`
    }
    this.#validators.set(id, made)
    return made
  }
}

function createEncoder(
  schema: Schema,
  options: ReadonlyMap<string, string>,
  at?: FormatPlace,
): RecordEncoder {
  const place = framedPlace(FORMAT, at)
  const given = formatOption(place, 'schema')
  const text = given ?? jsonSchemaOf(schema)
  const name = nameOf(text, place)
  registrySettingsOf(place)
  subjectOf(place, name)
  const encode = jsonFormat.createEncoder(schema, options)
  const check = validates(place) ? createJsonValidator(text, []) : undefined
  const own = new ByteWriter()
  return registeredEncoder(
    (out, row) => {
      if (!check) return encode(out, 0, row)
      encode(own, 0, row)
      const bytes = own.take()
      const problem = check(JSON.parse(Buffer.from(bytes).toString('utf8')))
      if (problem !== undefined) throw new InvalidJsonError(problem)
      out.append(bytes)
    },
    ports => agreeOnSchema(place, { type: 'JSON', text, references: [] }, name, ports),
  )
}

/** The title of the schema, which Confluent's strategies name subjects by. @throws {SchemaError} */
function nameOf(text: string, { table }: FormatPlace): string {
  try {
    createJsonValidator(text, [])
    const { title } = JSON.parse(text) as { readonly title?: unknown }
    return typeof title === 'string' ? title : JSON_RECORD_NAME
  } catch (error) {
    throw new SchemaError({ table: table.name, reason: (error as Error).message, cause: error })
  }
}
