import { type AccountId, newId, type PersonId } from '@parley/model'
import type { ServerFrame } from '@parley/protocol'
import { expect, test } from 'vitest'
import { Session } from './session.ts'
import { FrameTaker, type TakingParts } from './take-frames.ts'

/** A connection that asks for pages, each of which takes until it is let go. */
function aReader() {
  const sent: ServerFrame[] = []
  const wire = { send: (frame: ServerFrame) => void sent.push(frame), sendText: () => {}, close: () => {} }
  const holder = { account: newId<AccountId>(), person: newId<PersonId>(), kind: 'visitor', language: 'en' } as const
  const session = new Session(holder, wire)
  session.welcomed()
  const underWay: (() => void)[] = []
  let isHere = true
  const hub = {
    isHere: () => isHere,
    tellAnew: () => {},
    read: () => new Promise<boolean>((resolve) => underWay.push(() => resolve(true))),
  }
  const parts = { db: { read: async () => 'the conversation' }, hub, log: { warn: () => {} } }
  const taker = new FrameTaker(parts as unknown as TakingParts, session, '192.0.2.1')
  const leaves = () => {
    isHere = false
  }
  return { sent, underWay, leaves, reads: () => taker.take({ t: 'read', interaction: 'intake' }) }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('of many pages that a connection asks for at once, one is read at a time, and what is too much is refused', async () => {
  const { sent, underWay, reads } = aReader()
  for (let n = 0; n < 1_003; n += 1) reads()
  await settled()
  expect(underWay).toHaveLength(1)
  expect(sent.map((frame) => frame.t === 'refused' && frame.reason)).toEqual(['too-fast', 'too-fast'])
  underWay[0]?.()
  await settled()
  expect(underWay).toHaveLength(2)
})

test('nothing more is read for a connection that has gone', async () => {
  const { underWay, reads, leaves } = aReader()
  for (let n = 0; n < 5; n += 1) reads()
  await settled()
  leaves()
  underWay[0]?.()
  await settled()
  expect(underWay).toHaveLength(1)
})
