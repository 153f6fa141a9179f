// A program's sources read a second time: nothing that other systems know of the program's progress changes by it.

import { ConnectorRegistry } from '../../connector/registry.ts'
import type { Source, SourceFactory } from '../../connector/source.ts'
import { MillraceError } from '../../types/errors.ts'

/** The connectors of a program for queries beside it; `replaced` stand over its sources of the same name. */
export function connectorsApart(
  own: ConnectorRegistry,
  replaced: readonly SourceFactory[],
): ConnectorRegistry {
  const apart = new ConnectorRegistry()
  for (const factory of own.sources.values()) apart.addSource(readApart(factory))
  for (const factory of replaced) apart.addSource(factory)
  for (const factory of own.sinks.values()) apart.addSink(factory)
  for (const format of own.decoders.values()) apart.addDecoder(format)
  for (const format of own.encoders.values()) apart.addEncoder(format)
  return apart
}

function readApart(factory: SourceFactory): SourceFactory {
  return {
    ...factory,
    create(context) {
      if (factory.isConsumed)
        throw new MillraceError(
          'MR_SQL_UNSUPPORTED',
          `What "${context.table.name}" reads is gone once it is read: the running program needs it.`,
          { remedy: 'Query a table that the program writes.' },
        )
      return withoutCommits(factory.create(context))
    },
  }
}

/** Told of no commit, a source moves no position that is kept elsewhere. */
function withoutCommits(source: Source): Source {
  return new Proxy(source, {
    get(target, name) {
      if (name === 'committed') return undefined
      const value = Reflect.get(target, name, target) as unknown
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
