// schemaRegistry(…): a registry as an object of a program; its formats are those of topics.

import type { FormatSpec, Secret } from 'millrace'
import { registryFormats } from '../registry-formats.ts'

export interface SchemaRegistryOptions {
  /** Several are tried in turn. */
  readonly url: string | readonly string[]
  /** `user:password`. */
  readonly user?: string | Secret
  /** A token, in place of user and password. */
  readonly token?: string | Secret
  /** Further options by their names in DDL, such as `'ssl.truststore.location'` or `'properties.max.retries'`. */
  readonly options?: Readonly<Record<string, string | Secret>>
}

export interface RegisteredFormatOptions {
  /** By default what `subjectNameStrategy` says. */
  readonly subject?: string
  /** By default `topic`: `<topic>-value` or `<topic>-key`. */
  readonly subjectNameStrategy?: 'topic' | 'record' | 'topic-record'
  /** By default true. */
  readonly autoRegisterSchemas?: boolean
  /** In place of the schema of the columns. */
  readonly schema?: string
  /** Further options by their names in DDL, without the format's name. */
  readonly options?: Readonly<Record<string, string>>
}

/** A registry, and how it is reached. Nothing is connected before a program runs. */
export class SchemaRegistry {
  readonly #options: Readonly<Record<string, string | Secret>>

  constructor({ url, user, token, options = {} }: SchemaRegistryOptions) {
    this.#options = {
      ...options,
      url: typeof url === 'string' ? url : url.join(','),
      ...(user !== undefined && { 'basic-auth.user-info': user }),
      ...(token !== undefined && { 'bearer-auth.token': token }),
    }
    Object.freeze(this)
  }

  /** Avro behind the id of its schema. */
  avro(options: RegisteredFormatOptions = {}): FormatSpec {
    return this.#format('avro-confluent', options)
  }

  /** JSON behind the id of its schema. `validate`: it is checked by that. */
  jsonSchema(options: RegisteredFormatOptions & { readonly validate?: boolean } = {}): FormatSpec {
    const { validate } = options
    const own = validate === undefined ? {} : { validate: `${validate}` }
    return this.#format('json-schema-confluent', options, own)
  }

  /** Messages of Protocol Buffers behind the id of their file. `message`: its name, by default the file's first. */
  protobuf(options: RegisteredFormatOptions & { readonly message?: string } = {}): FormatSpec {
    const { message } = options
    return this.#format(
      'protobuf-confluent',
      options,
      message === undefined ? {} : { 'message-name': message },
    )
  }

  /** Changes of a database as Debezium writes them in Avro. */
  debeziumAvro(options: RegisteredFormatOptions = {}): FormatSpec {
    return this.#format('debezium-avro-confluent', options)
  }

  #format(
    format: string,
    { subject, subjectNameStrategy, autoRegisterSchemas, schema, options }: RegisteredFormatOptions,
    own: Readonly<Record<string, string>> = {},
  ): FormatSpec {
    return {
      format,
      options: {
        ...this.#options,
        ...(subject !== undefined && { subject }),
        ...(subjectNameStrategy !== undefined && { 'subject-name-strategy': subjectNameStrategy }),
        ...(autoRegisterSchemas !== undefined && {
          'auto-register-schemas': `${autoRegisterSchemas}`,
        }),
        ...(schema !== undefined && { schema }),
        ...own,
        ...options,
      },
      formats: registryFormats.filter(one => one.format === format),
    }
  }
}

/** A registry of a program: `schemaRegistry({ url: 'http://127.0.0.1:8081' }).avro()`. */
export const schemaRegistry = (options: SchemaRegistryOptions): SchemaRegistry =>
  new SchemaRegistry(options)
