// The public surface of @millrace/schema-registry.

export { registryFormats } from './registry-formats.ts'
