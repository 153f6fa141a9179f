// Errors of Kafka's connector: each names the place, the cause, and what to do.

import { MillraceError } from 'millrace'

/** Where in a topic something is. */
export interface TopicPlace {
  readonly topic: string
  readonly partition: number
}

export const placeText = ({ topic, partition }: TopicPlace): string => `${topic}-${partition}`

/** Bytes of a partition are no record batch that could be read. */
export class MalformedBatchError extends MillraceError {
  constructor(facts: TopicPlace & { readonly offset: number; readonly reason: string }) {
    super(
      'MR_KAFKA_RECORDS',
      `The record batch at offset ${facts.offset} of ${placeText(facts)} cannot be read: ${facts.reason}.`,
      {
        domain: 'external',
        remedy:
          "Look at it with kafka-dump-log.sh on the broker; to go on behind it, set 'scan.startup.mode' = 'specific-offsets'.",
      },
    )
  }
}

/** A record that the broker would refuse for its size. */
export class RecordTooLargeError extends MillraceError {
  constructor(facts: {
    readonly table: string
    readonly topic: string
    /** Its beginning. */
    readonly record: string
    readonly bytes: number
    readonly limit: number
    /** The limit is not the program's own. */
    readonly isOfTopic: boolean
  }) {
    const { table, topic, record, bytes, limit, isOfTopic } = facts
    super(
      'MR_KAFKA_RECORD_TOO_LARGE',
      `A record of "${table}" for topic "${topic}" has ${bytes} bytes, more than the ${limit} that ${isOfTopic ? 'the topic takes' : 'may be sent'}. It begins: ${record}`,
      {
        remedy: isOfTopic
          ? "Raise the topic's max.message.bytes, or write less into a record."
          : "Raise 'properties.max.request.size', or write less into a record.",
      },
    )
  }
}

/** The topic of a changelog is not what it must be. */
export class ChangelogTopicError extends MillraceError {
  constructor(facts: { readonly topic: string; readonly reason: string }) {
    const { topic, reason } = facts
    super(
      'MR_KAFKA_CHANGELOG',
      `The state of the program cannot be kept in topic "${topic}": ${reason}.`,
      {
        domain: 'external',
        remedy:
          "Let the program create it (`millrace kafka acls` prints the rights that it needs), or create it with one partition, cleanup.policy=compact,delete, retention.ms=-1 and retention.bytes=-1. SET 'state.changelog.topic' names another one; SET 'state.changelog.enabled' = 'false' keeps state on the local disk alone.",
      },
    )
  }
}

/** Dead letters cannot go where the program says. */
export class LetterTopicError extends MillraceError {
  constructor(facts: {
    readonly topic: string
    readonly reason: string
    readonly remedy: string
    readonly isOutside?: boolean
  }) {
    const { topic, reason, remedy, isOutside = false } = facts
    super('MR_KAFKA_DEAD_LETTERS', `Topic "${topic}" cannot take dead letters: ${reason}.`, {
      ...(isOutside && { domain: 'external' }),
      remedy,
    })
  }
}

/** A record is sent to a partition that the topic does not have. */
export class PartitionError extends MillraceError {
  constructor(facts: {
    readonly topic: string
    readonly chosen: unknown
    readonly partitions: number
    /** What has chosen it, such as `column "shard"`. */
    readonly by: string
  }) {
    const { topic, chosen, partitions, by } = facts
    super(
      'MR_KAFKA_PARTITION',
      `${by} sends a record to partition ${String(chosen)} of topic "${topic}", which has ${partitions}.`,
      { remedy: `Give a whole number from 0 to ${partitions - 1}, or NULL.` },
    )
  }
}

/** A function that chooses partitions has thrown. */
export class PartitionerFailedError extends MillraceError {
  constructor(facts: { readonly by: string; readonly cause: unknown }) {
    const { by, cause } = facts
    const reason = cause instanceof Error ? cause.message : String(cause)
    super('MR_KAFKA_PARTITION', `${by} has failed: ${reason}.`, {
      cause,
      remedy: 'Mend the function; it may give undefined, which leaves the choice to the key.',
    })
  }
}

/** No broker could be reached. */
export class KafkaUnreachableError extends MillraceError {
  constructor(facts: { readonly brokers: readonly string[]; readonly cause: unknown }) {
    const reason = facts.cause instanceof Error ? deepest(facts.cause).message : String(facts.cause)
    super(
      'MR_KAFKA_UNREACHABLE',
      `No Kafka broker answers at ${facts.brokers.join(', ')}: ${reason}.`,
      {
        domain: 'external',
        retry: 'backoff',
        cause: facts.cause,
        remedy: "Check 'properties.bootstrap.servers', and whether a broker runs there.",
      },
    )
  }
}

/** A broker does not take who we say we are, or we do not trust its certificate. */
export class KafkaSecurityError extends MillraceError {
  constructor(facts: { readonly brokers: readonly string[]; readonly cause: Error }) {
    super(
      'MR_KAFKA_SECURITY',
      `Kafka at ${facts.brokers.join(', ')} and this program do not trust each other: ${deepest(facts.cause).message}.`,
      {
        domain: 'user',
        cause: facts.cause,
        remedy:
          "Check 'properties.security.protocol', user and password or token, and the certificates that the program has and trusts.",
      },
    )
  }
}

/** There is no token to say with who the program is. */
export class TokenError extends MillraceError {
  constructor(facts: {
    /** Who was asked. */
    readonly from: string
    readonly cause: unknown
    /** Asking again would be refused again. */
    readonly isRefused?: boolean
  }) {
    const { from, cause, isRefused = false } = facts
    const reason = cause instanceof Error ? deepest(cause).message : String(cause)
    super('MR_KAFKA_SECURITY', `No token came from ${from}: ${reason}.`, {
      domain: isRefused ? 'user' : 'external',
      retry: isRefused ? 'never' : 'backoff',
      cause,
      remedy:
        'Check the URL, the id and the secret of the client, or the function that gives tokens.',
    })
  }
}

/** A topic that is not there. */
export class UnknownTopicError extends MillraceError {
  constructor(facts: { readonly topic: string; readonly brokers: readonly string[] }) {
    super(
      'MR_KAFKA_UNKNOWN_TOPIC',
      `Topic "${facts.topic}" does not exist at ${facts.brokers.join(', ')}.`,
      {
        remedy: `Create it (kafka-topics.sh --create --topic ${facts.topic}), or correct the option 'topic'.`,
      },
    )
  }
}

/** A pattern that no topic matches which the program may see, though what it reads has to end. */
export class NoTopicError extends MillraceError {
  constructor(facts: { readonly pattern: string; readonly brokers: readonly string[] }) {
    super(
      'MR_KAFKA_UNKNOWN_TOPIC',
      `No topic that this program may see at ${facts.brokers.join(', ')} matches "${facts.pattern}".`,
      {
        remedy:
          "Correct the option 'topic-pattern', or let the program read the topics: `millrace kafka acls` prints the rights that it needs.",
      },
    )
  }
}

/** Records that were still to be read are gone, or some that were read are. */
export class DataLostError extends MillraceError {
  constructor(facts: TopicPlace & { readonly reason: string; readonly remedy?: string }) {
    super('MR_KAFKA_DATA_LOST', `${placeText(facts)} has lost data: ${facts.reason}.`, {
      domain: 'external',
      remedy:
        facts.remedy ??
        "To go on with what is there, set 'properties.auto.offset.reset' to earliest or latest; to begin anew, start with fresh state. Against deleted records, raise the topic's retention.",
    })
  }
}

/** Someone else goes on in this program's place. */
export class FencedError extends MillraceError {
  constructor(facts: { readonly who: string; readonly reason: string }) {
    super('MR_KAFKA_FENCED', `${facts.who} was fenced off: ${facts.reason}.`, {
      domain: 'external',
      retry: 'backoff',
      remedy:
        'Another process of the same program has taken over, or this one was silent for too long; it joins again by itself.',
    })
  }
}

/** The group that a program would be a member of is another program's. */
export class ForeignGroupError extends MillraceError {
  constructor(facts: {
    readonly groupId: string
    readonly program: string
    readonly other: string
    /** Otherwise what it has committed is in the group. */
    readonly isRunning?: boolean
  }) {
    const { groupId, program, other, isRunning = true } = facts
    const why = isRunning ? 'which is running' : 'which keeps there what it has committed'
    const remedy =
      "Give each program a name, or a 'properties.group.id', of its own; processes of one program share both."
    super(
      'MR_KAFKA_FOREIGN_GROUP',
      `Group "${groupId}" is that of another program, "${other}", ${why}: "${program}" cannot share it.`,
      {
        remedy: isRunning
          ? remedy
          : `${remedy} If that one is gone for good: kafka-consumer-groups.sh --delete --group ${groupId}.`,
      },
    )
  }
}

/** A broker has answered a request with an error. */
export class KafkaResponseError extends MillraceError {
  /** The protocol's name of the error, such as `NOT_LEADER_OR_FOLLOWER`. */
  readonly error: string
  readonly isRetriable: boolean

  constructor(facts: {
    readonly request: string
    readonly error: string
    readonly isRetriable: boolean
    readonly place?: string
    readonly message?: string | null
  }) {
    const { request, error, place, message } = facts
    super(
      'MR_KAFKA_RESPONSE',
      `Kafka refuses ${request}${place === undefined ? '' : ` of ${place}`}: ${error}${message ? ` (${message})` : ''}.`,
      {
        domain: 'external',
        retry: facts.isRetriable ? 'backoff' : 'never',
        remedy:
          REMEDIES[error] ?? "Look the error up in Kafka's protocol guide, and the broker's log.",
      },
    )
    this.error = error
    this.isRetriable = facts.isRetriable
  }
}

/** A broker has answered something that is no answer to the request. */
export class UnreadableReplyError extends MillraceError {
  constructor(facts: { readonly broker: string; readonly cause: Error }) {
    super(
      'MR_KAFKA_RESPONSE',
      `A reply of ${facts.broker} cannot be read: ${facts.cause.message}.`,
      {
        domain: 'external',
        retry: 'backoff',
        cause: facts.cause,
        remedy:
          'It is asked again. If that goes on, look for what else answers there, or changes bytes on the way.',
      },
    )
  }
}

/** The reply to a request of a transaction did not come: whether it was committed is unknown. */
export class UnknownOutcomeError extends MillraceError {
  constructor(facts: { readonly request: string; readonly cause: unknown }) {
    super(
      'MR_KAFKA_UNKNOWN_OUTCOME',
      `The reply to ${facts.request} did not come: whether the transaction holds is not known.`,
      {
        domain: 'external',
        retry: 'backoff',
        cause: facts.cause,
        remedy: 'Start again: the committed offsets then tell, and nothing is lost or doubled.',
      },
    )
  }
}

const REMEDIES: Readonly<Record<string, string>> = {
  TOPIC_AUTHORIZATION_FAILED:
    'Give the principal the rights that the program needs: `millrace kafka acls` prints them.',
  GROUP_AUTHORIZATION_FAILED:
    'Give the principal the rights that the program needs: `millrace kafka acls` prints them.',
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
    'Give the principal the rights that the program needs: `millrace kafka acls` prints them.',
  CLUSTER_AUTHORIZATION_FAILED:
    'Give the principal the rights that the program needs: `millrace kafka acls` prints them.',
  INVALID_TRANSACTION_TIMEOUT:
    "Lower 'properties.transaction.timeout.ms', or raise the broker's transaction.max.timeout.ms.",
  INCONSISTENT_GROUP_PROTOCOL:
    "Other consumers are members of this group: set 'properties.group.id' to a group of the program's own.",
  INVALID_SESSION_TIMEOUT:
    "Set 'properties.session.timeout.ms' between the broker's group.min.session.timeout.ms and group.max.session.timeout.ms.",
  RECORD_LIST_TOO_LARGE: "Raise the topic's max.message.bytes, or lower 'properties.batch.size'.",
  MESSAGE_TOO_LARGE: "Raise the topic's max.message.bytes, or lower 'properties.batch.size'.",
  NOT_ENOUGH_REPLICAS: "Wait for replicas to come back, or lower the topic's min.insync.replicas.",
}

function deepest(error: Error): Error {
  let at = error
  for (let depth = 0; depth < 8; depth++) {
    const next =
      at.cause ?? (at instanceof AggregateError ? (at.errors as unknown[])[0] : undefined)
    if (!(next instanceof Error)) break
    at = next
  }
  return at
}
