// Row types that a test imports.

export interface Elsewhere {
  readonly origin: string
  readonly worst: bigint | null
}
