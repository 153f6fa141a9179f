// Rights as the commands that give them, for whoever administers the brokers.

import { shellWord } from '../shell-word.ts'
import type { ClusterAcls, RequiredAcl } from './required-acls.ts'

const OPTIONS: Readonly<Record<RequiredAcl['resource'], string>> = {
  Topic: '--topic',
  Group: '--group',
  TransactionalId: '--transactional-id',
}

/** The lines of a shell: a command per name, what it is for above it. @param principal such as `User:alice` */
export function aclCommands({ brokers, acls }: ClusterAcls, principal: string): readonly string[] {
  const byName = Map.groupBy(acls, a => `${a.resource} ${a.pattern} ${a.name}`)
  return [...byName.values()].flatMap(ofName => {
    const [{ resource, name, pattern }] = ofName as [RequiredAcl]
    return [
      ...ofName.flatMap(({ operation, reasons, isOptional }) =>
        reasons.map(r => `# ${operation}${isOptional ? ', not strictly needed' : ''}: ${r}`),
      ),
      [
        `kafka-acls.sh --bootstrap-server ${shellWord(brokers.join(','))} --add`,
        `--allow-principal ${shellWord(principal)}`,
        ...ofName.map(({ operation }) => `--operation ${operation}`),
        `${OPTIONS[resource]} ${shellWord(name)}`,
        ...(pattern === 'Prefixed' ? ['--resource-pattern-type prefixed'] : []),
      ].join(' '),
    ]
  })
}
