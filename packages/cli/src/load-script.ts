// Reads an SQL script and binds it.

import { readFile } from 'node:fs/promises'
import { basename, dirname, extname } from 'node:path'
import {
  type ConnectorRegistry,
  createConnectors,
  loadFunctionModules,
  loadScript,
  type LoadedScript,
  type LoadScriptOptions,
  type ProgramSettings,
} from 'millrace'
import { UsageError } from './usage-error.ts'

export interface PreparedScript {
  readonly text: string
  readonly options: LoadScriptOptions
}

/** @param settings those of the command line, which go over the script's SET statements */
export async function loadScriptFile(
  file: string,
  settings: ProgramSettings,
): Promise<LoadedScript> {
  const { text, options } = await prepareScript(file, settings)
  return loadScript(text, options)
}

/** Reads a script and loads what binding it needs: connectors, and the modules of its functions. */
export async function prepareScript(
  file: string,
  settings: ProgramSettings,
): Promise<PreparedScript> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UsageError(
      code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read (${code}).`,
    )
  }
  const connectors = createConnectors()
  await registerPackages(text, connectors)
  // State belongs to the name: it must not depend on the folder from which the script is started.
  const name = basename(file, extname(file))
  const baseFolder = settings.baseFolder ?? dirname(file)
  return {
    text,
    options: {
      name,
      connectors,
      settings: { ...settings, baseFolder },
      functionModules: await loadFunctionModules(text, baseFolder),
    },
  }
}

/** Connectors that are packages of their own: a script may use them where they are installed. */
const PACKAGES = [
  {
    word: 'duckdb',
    async register(connectors: ConnectorRegistry) {
      const { duckdbSinkFactory, duckdbSourceFactory } = await import('@millrace/duckdb')
      connectors.addSource(duckdbSourceFactory).addSink(duckdbSinkFactory)
    },
  },
  {
    word: 'alert',
    async register(connectors: ConnectorRegistry) {
      const { alertSinkFactory } = await import('@millrace/alerts')
      connectors.addSink(alertSinkFactory)
    },
  },
  {
    word: 'kafka',
    async register(connectors: ConnectorRegistry) {
      const { kafkaFactories } = await import('@millrace/kafka')
      for (const source of kafkaFactories.sources) connectors.addSource(source)
      for (const sink of kafkaFactories.sinks) connectors.addSink(sink)
    },
  },
  {
    word: /avro|protobuf|confluent/,
    async register(connectors: ConnectorRegistry) {
      const { registryFormats } = await import('@millrace/schema-registry')
      for (const format of registryFormats) connectors.addDecoder(format).addEncoder(format)
    },
  },
] as const

async function registerPackages(text: string, connectors: ConnectorRegistry): Promise<void> {
  for (const { word, register } of PACKAGES) {
    if (text.search(word) < 0) continue
    try {
      await register(connectors)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    }
  }
}
