// The public surface of @millrace/schema-registry.

export {
  type RegisteredFormatOptions,
  type SchemaRegistry,
  schemaRegistry,
  type SchemaRegistryOptions,
} from './api/schema-registry.ts'
export { registryFormats } from './registry-formats.ts'
