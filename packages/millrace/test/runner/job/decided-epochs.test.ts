// Which stored epoch holds, by the token that a system outside gives.

import { describe, expect, it } from 'vitest'
import type { EpochTransaction } from '../../../src/connector/epoch-transaction.ts'
import type { StateChangelog } from '../../../src/connector/state-changelog.ts'
import { KeptChangelog } from '../../../src/runner/changelog/kept-changelog.ts'
import { DecidedEpochs, StateSupersededError } from '../../../src/runner/job/decided-epochs.ts'
import type { RecoveredState } from '../../../src/state/state-backend.ts'

/** What an epoch after `previous` stores, with its token. */
function storedEpoch(epochs: DecidedEpochs, epoch: number): RecoveredState {
  const blobs = new Map(
    epochs.begin(epoch).blobs.map(({ name, bytes }) => [name, bytes as Uint8Array]),
  )
  return { epoch, blobs, outboxes: [], operators: [], discardedBytes: 0 }
}

const tokenOf = ({ blobs }: RecoveredState): string =>
  JSON.parse(new TextDecoder().decode([...blobs.values()][0])).token

const NOTHING: RecoveredState = {
  epoch: 0,
  blobs: new Map(),
  outboxes: [],
  operators: [],
  discardedBytes: 0,
}

/** A log whose last committed token is `committed`. */
function epochsOf(
  committed: { token: string | undefined },
  { isStateless = false, isFresh = false, hasChangelog = false } = {},
): DecidedEpochs {
  const changelog: StateChangelog = {
    place: 'the changelog',
    open: async () => ({ identity: '', end: 0 }),
    read: async function* () {},
    append: () => {},
    commitPart: async () => {},
    dropBefore: async () => {},
  }
  const transaction: EpochTransaction = {
    system: 'the log',
    acquire: async () => {},
    decided: async () => committed.token,
    prepare: async () => {},
    commit: async () => {},
    changelog: () => changelog,
    release: async () => {},
  }
  let n = 0
  const random = { next: () => ++n / 1000 }
  const readSources = () => []
  return new DecidedEpochs({
    program: 'orders',
    transaction,
    random,
    readSources,
    isStateless,
    isFresh,
    changelog: hasChangelog
      ? new KeptChangelog({ program: 'orders', changelog, random, notice: () => {} })
      : undefined,
  })
}

describe('the last stored epoch', () => {
  it('holds when its transaction was committed', async () => {
    const log = { token: undefined as string | undefined }
    const stored = storedEpoch(epochsOf(log), 1)
    log.token = tokenOf(stored)
    expect(await epochsOf(log).holds(stored, true)).toBe(true)
    expect(await epochsOf(log).holds(stored, false)).toBe(true)
  })

  it('does not hold when the one before was the last to be committed', async () => {
    const log = { token: undefined as string | undefined }
    const epochs = epochsOf(log)
    const first = storedEpoch(epochs, 1)
    log.token = tokenOf(first)
    await epochs.holds(first, true)
    const second = storedEpoch(epochs, 2)
    expect(await epochsOf(log).holds(second, true)).toBe(false)
  })

  it('does not hold when none was ever committed', async () => {
    const log = { token: undefined }
    expect(await epochsOf(log).holds(storedEpoch(epochsOf(log), 1), true)).toBe(false)
    expect(await epochsOf(log).holds(NOTHING, false)).toBe(true)
  })

  it('holds when it was found to before, though its token is forgotten', async () => {
    const log = { token: undefined }
    expect(await epochsOf(log).holds(storedEpoch(epochsOf(log), 5), false)).toBe(true)
  })

  it.each([true, false])(
    'is refused when another process has committed since (may be undone: %s)',
    async mayBeUndone => {
      const log = { token: 'another' }
      const stored = storedEpoch(epochsOf(log), 5)
      const held = epochsOf(log).holds(stored, mayBeUndone)
      await expect(held).rejects.toThrow(StateSupersededError)
      await expect(held).rejects.toMatchObject({ code: 'MR_STATE_SUPERSEDED' })
      await expect(held).rejects.toThrow('"orders" (another)')
    },
  )

  it('is to be had from the changelog when that has another one', async () => {
    const epochs = epochsOf({ token: '7-0a@0123abcd' }, { hasChangelog: true })
    expect(await epochs.holds(NOTHING, false)).toBe(true)
    expect(epochs.wanted).toMatchObject({
      epoch: 7,
      generation: '0123abcd',
      token: '7-0a@0123abcd',
    })
  })

  it('is refused when another one was committed without a changelog', async () => {
    const epochs = epochsOf({ token: '7-0a' }, { hasChangelog: true })
    await expect(epochs.holds(NOTHING, false)).rejects.toThrow(StateSupersededError)
  })

  it('is refused when it is missing', async () => {
    await expect(epochsOf({ token: '7-x' }).holds(NOTHING, false)).rejects.toThrow('which is empty')
  })

  it('does not matter to a program without state, which goes on from where the log is', async () => {
    const epochs = epochsOf({ token: '7-x' }, { isStateless: true })
    expect(await epochs.holds(NOTHING, false)).toBe(true)
    expect(epochs.isStoredOutdated).toBe(true)
  })

  it('does not matter to a program that was told to begin anew', async () => {
    const epochs = epochsOf({ token: '7-x' }, { isFresh: true })
    expect(await epochs.holds(NOTHING, false)).toBe(true)
    expect(epochs.isStoredOutdated).toBe(false)
  })
})
