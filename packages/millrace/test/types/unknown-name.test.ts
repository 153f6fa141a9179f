// Proposals for mistyped names.

import { describe, expect, it } from 'vitest'
import { listNames, proposal, proposeName } from '../../src/types/unknown-name.ts'

describe('proposeName', () => {
  it.each([
    ['prise', ['price', 'product'], 'price'],
    ['Price', ['pride', 'price'], 'price'],
    ['delayMim', ['delay', 'delayMin', 'origin'], 'delayMin'],
    ['orgiin', ['origin', 'dest'], 'origin'],
  ])('takes %s to be one of %j', (name, candidates, expected) => {
    expect(proposeName(name, candidates)).toBe(expected)
  })

  it('proposes nothing when nothing is near', () => {
    expect(proposeName('xyz', ['origin', 'dest'])).toBeUndefined()
    expect(proposal('xyz', ['origin'])).toBe('')
  })
})

describe('listNames', () => {
  it('counts what it does not list', () => {
    expect(listNames(['a', 'b', 'c'], 2)).toBe('"a", "b", and 1 more')
  })
})
