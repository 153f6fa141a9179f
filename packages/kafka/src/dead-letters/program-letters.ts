// The dead letters of a program, looked for in the topics that it names: connections are opened for the question alone.

import {
  letterPlaces,
  type Program,
  programTables,
  type RuntimePorts,
  type TableDescriptor,
} from 'millrace'
import { Cluster } from '../client/cluster.ts'
import { brokersOf, clusterSettingsOf } from '../options/client-options.ts'
import type { FoundLetter } from './letter-headers.ts'
import { readLetters, type TopicLetters } from './read-letters.ts'

/** A topic, and the table over whose connection it is reached. */
export interface LetterTopic {
  readonly table: TableDescriptor
  readonly topic: string
}

const CONNECTORS = new Set(['kafka', 'upsert-kafka'])

/** The topics that a program's dead letters go to, each once. */
export function letterTopicsOf(program: Program): readonly LetterTopic[] {
  const places = letterPlaces(programTables(program), program.settings.options, table =>
    CONNECTORS.has(table.connector),
  )
  const once = new Map(
    places.map(p => [JSON.stringify([brokersOf(p.table).toSorted(), p.topic]), p]),
  )
  return [...once.values()]
}

/** The program's letters in its topics that are committed, topic by topic. Letters of other programs are left out. */
export async function lettersOfProgram(
  program: Program,
  ports: RuntimePorts,
  isWanted: (letter: FoundLetter) => boolean = () => true,
): Promise<readonly TopicLetters[]> {
  const found: TopicLetters[] = []
  for (const { table, topic } of letterTopicsOf(program)) {
    const cluster = new Cluster(clusterSettingsOf(table, program.name), ports)
    try {
      const options = {
        waits: false,
        isWanted: (l: FoundLetter) => l.program === program.name && isWanted(l),
      }
      found.push(await readLetters(cluster, topic, options))
    } finally {
      await cluster.close()
    }
  }
  return found
}
