// The source `datagen`: made-up rows, by Flink's options; the same rows again after a restart.

import type {
  JsonValue,
  RowsBatch,
  Source,
  SourceContext,
  SourceFactory,
  SourceSplit,
  SplitReader,
} from '../../connector/source.ts'
import { MillraceError } from '../../types/errors.ts'
import type { Row } from '../../types/value.ts'
import { createFieldGenerator } from './datagen-field.ts'
import type { FieldGenerator } from './datagen-field.ts'

/** Which rows come next: row `n` is a function of the seed and `n`. */
interface DatagenPosition {
  readonly seed: number
  readonly row: number
}

const BATCH_ROWS = 1000

/** Bounded when `number-of-rows` is set or a field is a sequence, which ends at its end. */
export const datagenSource: SourceFactory = {
  connector: 'datagen',
  options: [
    {
      name: 'rows-per-second',
      type: 'bigint',
      default: '10000',
      description: 'How fast rows come.',
    },
    { name: 'number-of-rows', type: 'bigint', description: 'After this many rows the table ends.' },
    {
      name: 'fields.#.kind',
      type: 'enum',
      values: ['random', 'sequence'],
      default: 'random',
      description: 'Random values, or numbers one after the other.',
    },
    { name: 'fields.#.min', type: 'string', description: 'The smallest random number.' },
    { name: 'fields.#.max', type: 'string', description: 'The largest random number.' },
    {
      name: 'fields.#.max-past',
      type: 'duration',
      default: '0 ms',
      description: 'How far before now random timestamps are.',
    },
    {
      name: 'fields.#.length',
      type: 'int',
      default: '100',
      description: 'Length of random strings and bytes; of arrays and maps, by default 3.',
    },
    {
      name: 'fields.#.var-len',
      type: 'boolean',
      default: 'false',
      description: 'Random lengths up to `length`.',
    },
    { name: 'fields.#.start', type: 'string', description: 'The first number of a sequence.' },
    { name: 'fields.#.end', type: 'string', description: 'The last number of a sequence.' },
    {
      name: 'fields.#.null-rate',
      type: 'double',
      default: '0',
      description: 'The share of NULLs among random values.',
    },
  ],
  takesFormat: false,
  create: context => new DatagenSource(context),
}

class DatagenSource implements Source {
  readonly payload = 'rows'
  readonly boundedness: 'bounded' | 'unbounded'
  readonly #context: SourceContext
  readonly #fields: readonly FieldGenerator[]
  readonly #rows: number
  readonly #rowsPerSecond: number

  constructor(context: SourceContext) {
    const { options, schema, name } = context.table
    this.#context = context
    this.#fields = schema.map(c => createFieldGenerator(c, options, context.ports.clock))
    const limit = options.get('number-of-rows')
    this.#rows = Math.min(
      limit === undefined ? Number.POSITIVE_INFINITY : Number(limit),
      ...this.#fields.map(f => f.rows),
    )
    this.#rowsPerSecond = Number(options.get('rows-per-second') ?? '10000')
    if (this.#rowsPerSecond <= 0)
      throw new MillraceError(
        'MR_OPTION_INVALID',
        `table "${name}": rows-per-second is not positive`,
        {
          remedy: 'Set it to at least 1.',
        },
      )
    this.boundedness = Number.isFinite(this.#rows) ? 'bounded' : 'unbounded'
  }

  async discover(known: ReadonlySet<string>): Promise<readonly SourceSplit[]> {
    return known.has('rows') ? [] : [{ id: 'rows', spec: null }]
  }

  async open(_split: SourceSplit, position: JsonValue | undefined): Promise<SplitReader> {
    const { clock, random } = this.#context.ports
    const from = position as DatagenPosition | undefined
    const seed = from?.seed ?? Math.floor(random.next() * 2 ** 32)
    const first = from?.row ?? 0
    const startMs = clock.monotonic()
    let next = first
    return {
      read: async () => {
        if (next >= this.#rows) return 'finished'
        const due =
          first + Math.floor(((clock.monotonic() - startMs) / 1000) * this.#rowsPerSecond) + 1
        const until = Math.min(this.#rows, due, next + BATCH_ROWS)
        if (until <= next) return 'idle'
        const batch = this.#batch(seed, next, until)
        next = until
        return batch
      },
      wait: signal => clock.sleep(Math.min(100, Math.max(1, 1000 / this.#rowsPerSecond)), signal),
      close: async () => {},
    }
  }

  #batch(seed: number, from: number, until: number): RowsBatch {
    const rows: Row[] = []
    for (let n = from; n < until; n++) rows.push(this.#fields.map((f, i) => f.value(seed, n, i)))
    return {
      kind: 'rows',
      rows,
      positionAt: count => ({ seed, row: from + count }),
    }
  }

  describe(): string {
    return Number.isFinite(this.#rows) ? `datagen (${this.#rows} rows)` : 'datagen'
  }
}
