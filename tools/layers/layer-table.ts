// The layers of the core package: which folder may import which. A change here is a change of the architecture.

/** What each folder of `packages/millrace/src` may import, besides itself. Ranks only fall from left to right. */
export const ALLOWED_IMPORTS: Readonly<Record<string, readonly string[]>> = {
  types: [],
  functions: ['types'],
  plan: ['connector', 'functions', 'types'],
  format: ['functions', 'types'],
  connector: ['format', 'functions', 'types'],
  state: ['types'],
  sql: ['plan', 'connector', 'format', 'functions', 'types'],
  optimizer: ['plan', 'connector', 'format', 'functions', 'types'],
  api: ['sql', 'optimizer', 'plan', 'connector', 'format', 'functions', 'types'],
  runtime: ['plan', 'connector', 'format', 'state', 'functions', 'types'],
  compiler: ['runtime', 'optimizer', 'plan', 'connector', 'format', 'state', 'functions', 'types'],
  runner: [
    'compiler',
    'runtime',
    'api',
    'sql',
    'optimizer',
    'plan',
    'connector',
    'format',
    'state',
    'functions',
    'types',
  ],
}

/** Folders that touch the world themselves; every other one goes through the ports of `types/ports.ts`. */
export const WORLDLY_LAYERS: readonly string[] = ['runner']

/** Globals that read time or randomness, or reach the process, disk or network. */
export const WORLDLY_GLOBALS: readonly string[] = [
  'process',
  'console',
  'performance',
  'crypto',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
]

/** The same, where only one property of the global is at fault. */
export const WORLDLY_MEMBERS: readonly string[] = ['Date.now', 'Math.random']

/** Words that name no role, and so gather whatever comes along. */
export const VAGUE_NAMES: readonly string[] = [
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'manager',
  'misc',
]

export const MAX_FILE_LINES = 500
export const MAX_FOLDER_FILES = 25

/** Folders that hold one small thing a file, so that their number says nothing. */
export const UNLIMITED_FOLDERS: readonly string[] = ['packages/millrace/src/functions']
