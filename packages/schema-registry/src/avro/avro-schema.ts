// Avro schemas: from JSON to types with their names resolved. Records may hold themselves.
//
// See the Avro specification 1.12, "Schema Declaration" and "Logical Types".

/** What a primitive or fixed type means; one that is not known means nothing, as the specification asks. */
export type LogicalType =
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'date' | 'time-millis' | 'time-micros' | 'uuid' }
  /** `digits` of a second: 3, 6 or 9. */
  | { readonly kind: 'timestamp'; readonly digits: 3 | 6 | 9 }

export type AvroPrimitive =
  | 'null'
  | 'boolean'
  | 'int'
  | 'long'
  | 'float'
  | 'double'
  | 'bytes'
  | 'string'

export interface AvroField {
  readonly name: string
  readonly type: AvroType
  readonly hasDefault: boolean
  readonly default: unknown
}

export interface AvroRecord {
  readonly kind: 'record'
  readonly name: string
  /** Filled once the record is known by its name, which its fields may use. */
  readonly fields: AvroField[]
}

export type AvroPrimitiveType = {
  [K in AvroPrimitive]: { readonly kind: K; readonly logical?: LogicalType }
}[AvroPrimitive]

export type AvroType =
  | AvroPrimitiveType
  | {
      readonly kind: 'fixed'
      readonly name: string
      readonly size: number
      readonly logical?: LogicalType
    }
  | { readonly kind: 'enum'; readonly name: string; readonly symbols: readonly string[] }
  | { readonly kind: 'array'; readonly items: AvroType }
  | { readonly kind: 'map'; readonly values: AvroType }
  | { readonly kind: 'union'; readonly branches: readonly AvroType[] }
  | AvroRecord

/** Text or JSON that is no schema. */
export class AvroSchemaProblem extends Error {
  override readonly name = 'AvroSchemaProblem'
}

const PRIMITIVES: ReadonlySet<string> = new Set<AvroPrimitive>([
  'null',
  'boolean',
  'int',
  'long',
  'float',
  'double',
  'bytes',
  'string',
])

/**
 * Reads a schema; those that it refers to by name come first.
 *
 * @throws {AvroSchemaProblem}
 */
export function parseAvroSchema(text: string, dependencies: readonly string[] = []): AvroType {
  const names = new Map<string, AvroType>()
  for (const dependency of dependencies) new SchemaReader(names).read(jsonOf(dependency), '')
  return new SchemaReader(names).read(jsonOf(text), '')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    // The name of a primitive type alone is a schema, too.
    if (PRIMITIVES.has(text.trim())) return text.trim()
    throw new AvroSchemaProblem(`it is no JSON: ${(error as Error).message}`)
  }
}

class SchemaReader {
  readonly #names: Map<string, AvroType>

  constructor(names: Map<string, AvroType>) {
    this.#names = names
  }

  read(json: unknown, namespace: string): AvroType {
    if (typeof json === 'string') return this.#named(json, namespace)
    if (Array.isArray(json))
      return { kind: 'union', branches: json.map(branch => this.read(branch, namespace)) }
    if (typeof json !== 'object' || json === null)
      throw new AvroSchemaProblem(`${JSON.stringify(json)} is no type`)
    return this.#complex(json as Readonly<Record<string, unknown>>, namespace)
  }

  #named(name: string, namespace: string): AvroType {
    if (PRIMITIVES.has(name)) return { kind: name } as AvroPrimitiveType
    const found =
      (namespace !== '' && !name.includes('.') && this.#names.get(`${namespace}.${name}`)) ||
      this.#names.get(name)
    if (!found) throw new AvroSchemaProblem(`there is no type "${name}"`)
    return found
  }

  #complex(json: Readonly<Record<string, unknown>>, namespace: string): AvroType {
    const { type } = json
    switch (type) {
      case 'record':
      case 'error':
        return this.#record(json, namespace)
      case 'enum': {
        const { symbols } = json
        if (!Array.isArray(symbols)) throw new AvroSchemaProblem('an enum has no symbols')
        const name = nameOf(json, namespace).full
        return this.#define(name, { kind: 'enum', name, symbols: symbols.map(String) })
      }
      case 'fixed': {
        const { size } = json
        if (!Number.isSafeInteger(size) || (size as number) < 0)
          throw new AvroSchemaProblem('a fixed type has no size')
        const name = nameOf(json, namespace).full
        const logical = logicalOf(json, 'fixed')
        return this.#define(name, {
          kind: 'fixed',
          name,
          size: size as number,
          ...(logical && { logical }),
        })
      }
      case 'array':
        return { kind: 'array', items: this.read(json['items'], namespace) }
      case 'map':
        return { kind: 'map', values: this.read(json['values'], namespace) }
      default: {
        if (typeof type !== 'string' || !PRIMITIVES.has(type)) return this.read(type, namespace)
        const logical = logicalOf(json, type)
        return { kind: type, ...(logical && { logical }) } as AvroPrimitiveType
      }
    }
  }

  #record(json: Readonly<Record<string, unknown>>, namespace: string): AvroType {
    const name = nameOf(json, namespace)
    const record: AvroRecord = { kind: 'record', name: name.full, fields: [] }
    this.#define(name.full, record)
    const { fields } = json
    if (!Array.isArray(fields)) throw new AvroSchemaProblem(`record "${name.full}" has no fields`)
    for (const field of fields as readonly Readonly<Record<string, unknown>>[])
      record.fields.push({
        name: String(field['name']),
        type: this.read(field['type'], name.namespace),
        hasDefault: 'default' in field,
        default: field['default'],
      })
    return record
  }

  #define(name: string, type: AvroType): AvroType {
    this.#names.set(name, type)
    return type
  }
}

function nameOf(
  json: Readonly<Record<string, unknown>>,
  outer: string,
): { readonly full: string; readonly namespace: string } {
  const { name } = json
  if (typeof name !== 'string' || name === '')
    throw new AvroSchemaProblem(`a type of kind "${json['type']}" has no name`)
  const dot = name.lastIndexOf('.')
  if (dot >= 0) return { full: name, namespace: name.slice(0, dot) }
  const namespace = typeof json['namespace'] === 'string' ? json['namespace'] : outer
  return { full: namespace === '' ? name : `${namespace}.${name}`, namespace }
}

function logicalOf(json: Readonly<Record<string, unknown>>, type: string): LogicalType | undefined {
  const name = json['logicalType']
  if (name === 'decimal' && (type === 'bytes' || type === 'fixed')) {
    const { precision, scale = 0 } = json
    return Number.isSafeInteger(precision) && Number.isSafeInteger(scale)
      ? { kind: 'decimal', precision: precision as number, scale: scale as number }
      : undefined
  }
  if (type === 'int') return name === 'date' || name === 'time-millis' ? { kind: name } : undefined
  if (type === 'string') return name === 'uuid' ? { kind: 'uuid' } : undefined
  if (type !== 'long' || typeof name !== 'string') return undefined
  if (name === 'time-micros') return { kind: 'time-micros' }
  const unit = /^(?:local-)?timestamp-(millis|micros|nanos)$/.exec(name)?.[1]
  if (!unit) return undefined
  return { kind: 'timestamp', digits: unit === 'millis' ? 3 : unit === 'micros' ? 6 : 9 }
}
