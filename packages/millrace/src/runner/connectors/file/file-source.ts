// The source side of `filesystem`: files read one after the other, by name; with a monitor interval, forever.

import { isAbsolute, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type {
  JsonValue,
  Source,
  SourceContext,
  SourceFactory,
  SourceSplit,
  SplitReader,
} from '../../../connector/source.ts'
import { patternOption } from '../../../connector/pattern-option.ts'
import { FULL_LOOKUP_OPTIONS } from '../../../connector/lookup-options.ts'
import { durationMs } from '../../../types/duration.ts'
import type { Row } from '../../../types/value.ts'
import type { OptionSchema } from '../../../types/options.ts'
import { parseBytes } from '../../../connector/option-values.ts'
import { identityOf, listFiles } from './file-listing.ts'
import type { ListedFile } from './file-listing.ts'
import type { FilePosition } from './file-head.ts'
import { FileReader } from './file-reader.ts'
import { FILE_SINK_OPTIONS } from './file-sink-options.ts'
import { createRecordCutter } from './record-cutter.ts'
import { createSplitValues, FILE_METADATA } from './split-values.ts'

export const FILE_SOURCE_OPTIONS: OptionSchema = [
  {
    name: 'path',
    type: 'string',
    required: true,
    description: 'A file, a folder or a glob; `.gz` and `.zst` files are decompressed.',
  },
  {
    name: 'source.monitor-interval',
    type: 'duration',
    description: 'Look for new files and new lines this often; the table is then unbounded.',
  },
  {
    name: 'source.max-record-bytes',
    type: 'memory',
    default: '32 mb',
    description: 'A longer record is malformed.',
  },
  {
    name: 'source.path.regex-pattern',
    type: 'string',
    description: 'A regular expression: only files are read whose whole absolute path it matches.',
  },
  {
    name: 'partition.default-name',
    type: 'string',
    default: '__DEFAULT_PARTITION__',
    description:
      'Of a table that is PARTITIONED BY: the name of the folder of NULL and of empty texts.',
  },
]

/** Reads files of lines. Reads and writes share one connector name, so each takes the other's options too. */
export const fileSource: SourceFactory = {
  connector: 'filesystem',
  options: [...FILE_SOURCE_OPTIONS, ...FILE_SINK_OPTIONS, ...FULL_LOOKUP_OPTIONS],
  takesFormat: true,
  takesPartitions: true,
  metadata: FILE_METADATA,
  create: context => new FileSource(context),
}

/** The absolute path of a table option: relative to the program's folder, or a `file:` URL. */
export function resolvePath(path: string, baseFolder: string): string {
  if (path.startsWith('file:')) return fileURLToPath(path)
  return isAbsolute(path) ? path : resolve(baseFolder, path)
}

/**
 * One split a file, in the order of names, one open at a time.
 *
 * Unbounded: the newest file is followed as it grows; a file is finished once it is gone from its path (rotated: it is drained
 * first) or a later file exists. Lines appended to a finished file are not read. Truncating a file in place cannot be exact.
 */
export class FileSource implements Source {
  readonly payload = 'bytes'
  readonly maxOpenSplits = 1
  readonly boundedness: 'bounded' | 'unbounded'
  readonly discoveryIntervalMs?: number
  readonly #context: SourceContext
  readonly #path: string
  readonly #maxRecordBytes: number
  readonly #isWanted: (path: string) => boolean
  readonly #valuesOf: ((path: string) => Promise<Row>) | undefined
  #listed: ListedFile[] = []
  #open: { readonly identity: string; readonly reader: FileReader } | undefined

  constructor(context: SourceContext) {
    const { options } = context.table
    this.#context = context
    this.#path = resolvePath(options.get('path') ?? '', context.baseFolder)
    this.#maxRecordBytes = parseBytes(options.get('source.max-record-bytes') ?? '32 mb') as number
    const interval = options.get('source.monitor-interval')
    const pattern = options.get('source.path.regex-pattern')
    this.#isWanted = patternOption('source.path.regex-pattern', pattern)
    this.#valuesOf = createSplitValues(context.table, context.timeZone ?? 'UTC')
    this.boundedness = interval === undefined ? 'bounded' : 'unbounded'
    if (interval !== undefined)
      this.discoveryIntervalMs = durationMs(interval, 'source.monitor-interval')
  }

  async discover(known: ReadonlySet<string>): Promise<readonly SourceSplit[]> {
    this.#listed = await this.#list(known.size === 0)
    return this.#listed
      .filter(f => !known.has(f.identity))
      .map(f => ({ id: f.identity, spec: { path: f.path }, label: f.path }))
  }

  async #files(): Promise<ListedFile[]> {
    const files = await listFiles(this.#path)
    return files.filter(f => this.#isWanted(f.path))
  }

  /** A path that is missing at the start is an error; later its files may come and go. */
  async #list(isStart: boolean): Promise<ListedFile[]> {
    try {
      return await this.#files()
    } catch (error) {
      if (isStart || (error as { code?: string }).code !== 'MR_IO_NOT_FOUND') throw error
      return []
    }
  }

  async sharedValues(split: SourceSplit): Promise<Row> {
    return (await this.#valuesOf?.(this.#pathOf(split))) ?? []
  }

  /** A rotated file has another name now. */
  #pathOf({ id, spec }: SourceSplit): string {
    const { path } = spec as { readonly path: string }
    return this.#listed.find(f => f.identity === id)?.path ?? path
  }

  async open(split: SourceSplit, position: JsonValue | undefined): Promise<SplitReader> {
    const { options } = this.#context.table
    this.#listed = await this.#list(true)
    const path = this.#pathOf(split)
    const reader = await FileReader.open(
      {
        path,
        cutter: () => createRecordCutter(options),
        hasHeader:
          options.get('format') === 'csv' && options.get('csv.header')?.toLowerCase() === 'true',
        maxRecordBytes: this.#maxRecordBytes,
        isWhole: this.#context.framing === 'whole',
        isDrained: () => this.#isDrained(split.id, path),
        wait: signal =>
          this.#context.ports.clock.sleep(Math.min(this.discoveryIntervalMs ?? 0, 1000), signal),
      },
      position as unknown as FilePosition | undefined,
    )
    this.#open = { identity: split.id, reader }
    return reader
  }

  async version(): Promise<string> {
    const files = await this.#files()
    return files.map(f => `${f.path} ${f.identity} ${f.size} ${f.modifiedNs}`).join('\n')
  }

  /** By bytes of the files, of which those before the open one have been read. */
  progress(): number | undefined {
    const total = this.#listed.reduce((sum, f) => sum + f.size, 0)
    if (this.boundedness === 'unbounded' || !this.#open || total === 0) return undefined
    const at = this.#listed.findIndex(f => f.identity === this.#open?.identity)
    const before = this.#listed.slice(0, Math.max(0, at)).reduce((sum, f) => sum + f.size, 0)
    return Math.min(1, (before + this.#open.reader.fileOffset) / total)
  }

  async #isDrained(identity: string, path: string): Promise<boolean> {
    if (this.boundedness === 'bounded') return true
    if ((await identityOf(path)) !== identity) return true
    const files = await this.#list(false)
    return files.some(f => f.path > path)
  }

  describe(): string {
    return `files ${this.#context.table.options.get('path')}`
  }
}
