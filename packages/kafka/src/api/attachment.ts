// What a table of the TypeScript API has that no option of SQL can say.

import type { TableDescriptor } from 'millrace'
import type { CustomPartitioner } from '../options/partitioner-options.ts'
import type { TokenProvider } from '../client/token.ts'

/** Functions of the program, which its tables bring along. */
export interface KafkaAttachment {
  /** Gives tokens for OAUTHBEARER. */
  readonly token?: TokenProvider
  /** Chooses partitions. */
  readonly partitioner?: CustomPartitioner
}

export const attachmentOf = ({
  attachment,
}: Pick<TableDescriptor, 'attachment'>): KafkaAttachment =>
  (attachment as KafkaAttachment | undefined) ?? {}
