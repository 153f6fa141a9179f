// The token of an epoch: tells it from every other, of any process, and names the generation of the changelog that holds its state.
//
//     token = epoch "-" 12 hexadecimal digits [ "@" generation ]

/** What a token says. */
export interface EpochToken {
  readonly epoch: number
  /** Absent: its state is in no changelog. */
  readonly generation: string | undefined
}

export function makeToken(epoch: number, digits: string, generation: string | undefined): string {
  return `${epoch}-${digits}${generation === undefined ? '' : `@${generation}`}`
}

export function readToken(token: string): EpochToken {
  const [, epoch, generation] = /^(\d+)-[0-9a-f]+(?:@([0-9a-f]{8}))?$/.exec(token) ?? []
  return { epoch: Number(epoch ?? 0), generation }
}
