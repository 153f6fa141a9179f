// Reads an SQL script and binds it.

import { readFile } from 'node:fs/promises'
import { basename, dirname, extname } from 'node:path'
import {
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
  // DuckDB is a package of its own: a script may use it where it is installed.
  if (text.includes('duckdb')) await registerDuckDb(connectors)
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

async function registerDuckDb(connectors: ReturnType<typeof createConnectors>): Promise<void> {
  try {
    const { duckdbSinkFactory, duckdbSourceFactory } = await import('@millrace/duckdb')
    connectors.addSource(duckdbSourceFactory).addSink(duckdbSinkFactory)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
  }
}
