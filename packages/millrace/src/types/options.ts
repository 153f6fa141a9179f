// The options of a connector or format: a schema that checks DDL, completes it, documents it, and proposes the right name.

/** One option, by Flink's name where Flink has it. */
export interface OptionDefinition {
  readonly name: string
  readonly type:
    | 'string'
    | 'int'
    | 'bigint'
    | 'double'
    | 'boolean'
    | 'duration'
    | 'memory'
    | 'enum'
    | 'char'
  readonly values?: readonly string[]
  readonly default?: string
  readonly required?: boolean
  /** Its values are printed as `***`; `isSensitive` must know its name. */
  readonly secret?: true
  readonly description: string
}

export type OptionSchema = readonly OptionDefinition[]
