import { RecordingHost } from '@parley/channel-sdk/conformance'
import { describe, expect, it } from 'vitest'
import { Memory, onePass, type WaitingMail } from './one-pass.ts'
import { StoreUnavailable } from './take-fetched.ts'
import type { MailboxPost } from './watch-mailbox.ts'

describe('going through a mailbox', () => {
  const mailbox = (...keys: string[]) => {
    const fate = new Map<string, 'taken' | 'aside'>()
    const waiting = () =>
      keys
        .filter((key) => !fate.has(key))
        .map(
          (key): WaitingMail => ({
            key,
            fetch: async () => ({ raw: Buffer.from(key) }),
            taken: async () => void fate.set(key, 'taken'),
            putAside: async () => !!fate.set(key, 'aside'),
          }),
        )
    return { fate, waiting, arrives: (key: string) => keys.push(key) }
  }
  const post = (take: (key: string) => void): MailboxPost => ({
    async take(raw) {
      try {
        take(Buffer.from(raw).toString())
        return { become: 'done' }
      } catch (cause) {
        throw new StoreUnavailable('', { cause })
      }
    },
    maxBytes: 1_000,
    onStanding: () => undefined,
    log: new RecordingHost().log,
    isStopping: new AbortController().signal,
  })
  const refuses = (...bad: string[]) =>
    post((key) => {
      if (bad.includes(key)) throw new Error('the store cannot swallow it')
    })

  it('a mail that the store cannot swallow holds up no other, and is put aside in the end', async () => {
    const box = mailbox('poison', 'good')
    const memory = new Memory()
    await expect(onePass(box.waiting(), refuses('poison'), memory)).rejects.toThrow(StoreUnavailable)
    expect(box.fate).toEqual(new Map([['good', 'taken']]))
    for (let visit = 0; visit < 5; visit++) {
      box.arrives(`later ${visit}`)
      await onePass(box.waiting(), refuses('poison'), memory).catch(() => undefined)
    }
    expect(box.fate.get('poison')).toBe('aside')
    expect(box.waiting()).toEqual([])
  })

  it.each([
    ['one mail', ['a']],
    ['four mails', ['a', 'b', 'c', 'd']],
  ])('while nothing can be stored none of %s is put aside, however long it lasts', async (_, keys) => {
    const box = mailbox(...keys)
    const memory = new Memory()
    for (let visit = 0; visit < 50; visit++) {
      await expect(onePass(box.waiting(), refuses(...keys), memory)).rejects.toThrow(StoreUnavailable)
    }
    expect(box.fate.size).toBe(0)
    expect(await onePass(box.waiting(), refuses(), memory)).toBe(0)
    expect([...box.fate]).toEqual(keys.map((key) => [key, 'taken']))
  })
})
