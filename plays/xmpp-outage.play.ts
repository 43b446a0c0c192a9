import { setTimeout as sleep } from 'node:timers/promises'
import { type WindowPerson, waitFor, type XmppPerson } from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sees } from './window-people.ts'
import { openXmppStage, type XmppStage } from './xmpp-stage.ts'

const pairs = 4
const words = 40

await describeWithPeers(['prosody', 'slixmpp'], 'an XMPP server that dies', () => {
  let stage: XmppStage

  beforeAll(async () => {
    stage = await openXmppStage([{ name: 'bo', alias: 'Juniper' }])
  })
  afterAll(() => stage?.close())

  test('A18 killed in the middle of many conversations and started again: health says so, nothing is lost, and nothing comes twice but what is marked', async () => {
    const bo = await stage.person('bo')
    const visitors: WindowPerson[] = []
    for (let one = 0; one < pairs; one++) {
      const visitor = await stage.visitor()
      visitor.says(`Question ${one}?`)
      const { jid } = await bo.receives(new RegExp(`Question ${one}\\?`))
      bo.says(jid, `Answer ${one}.`)
      await sees(visitor, `Answer ${one}.`)
      visitors.push(visitor)
    }

    for (let n = 0; n < words; n++) {
      for (const [one, visitor] of visitors.entries()) visitor.says(`v${one} n${n}`)
      if (n === words / 2) await stage.prosody.kill()
      await sleep(20)
    }
    await waitFor('health to say so', () => stage.channel.health().state === 'down', { timeoutMs: 30_000 })
    expect(stage.channel.health()).toMatchObject({ reason: expect.stringContaining('server') })
    await bo.leaves()
    await stage.prosody.start()
    await waitFor('health to recover', () => stage.channel.health().state === 'up', { timeoutMs: 60_000 })
    const again = await stage.person('bo')

    await waitFor('everything to be handed over', async () => (await waiting()) === 0, {
      timeoutMs: 120_000,
      instead: states,
    })
    await waitFor(
      'the last of each to arrive',
      () =>
        visitors.every((_, one) =>
          again
            .said()
            .join('\n')
            .includes(`v${one} n${words - 1}`),
        ),
      {
        timeoutMs: 60_000,
      },
    )
    const heard = [...bo.said(), ...again.said()]
    const { rows } = await stage.parley.server.db.workerPool.query<{ body: string; state: string; marked: boolean }>(
      `select m.body, d.state, d.maybe_twice as marked from delivery d join message m using (account_id, message_id)
       where m.body ~ '^v\\d n\\d+$' and d.medium = 'xmpp'`,
    )
    expect(rows).toHaveLength(pairs * words)
    for (const { body, state, marked } of rows) {
      const plain = heard.filter((one) => one === body).length
      const repeated = heard.filter((one) => one === `↻ ${body}`).length
      expect([body, plain <= 1, repeated <= (marked ? 1 : 0)]).toEqual([body, true, true])
      // What the dead server had taken died with it where it had not been passed on yet: then no receipt came, and the tick says so.
      if (plain + repeated === 0) expect([body, state]).toEqual([body, 'sent'])
    }
    const unheard = rows.filter(({ body }) => !heard.includes(body) && !heard.includes(`↻ ${body}`))
    expect(unheard.length).toBeLessThanOrEqual(pairs)
    expect(inOrder(heard, visitors.length)).toBe(true)
  })

  test('A18 one that hangs is noticed too, and what was said meanwhile goes out when it wakes', async () => {
    const bo: XmppPerson = await stage.person('bo')
    const visitor = await stage.visitor()
    visitor.says('Are you there?')
    const { jid } = await bo.receives(/Are you there/)
    bo.says(jid, 'I am.')
    await sees(visitor, 'I am.')
    process.kill(stage.prosody.pid(), 'SIGSTOP')
    try {
      visitor.says('Still there?')
      await waitFor('health to say so', () => stage.channel.health().state === 'down', { timeoutMs: 60_000 })
    } finally {
      process.kill(stage.prosody.pid(), 'SIGCONT')
    }
    await bo.receives(/Still there\?$/)
    await bo.leaves()
  })

  async function waiting(): Promise<number> {
    return (await states()).filter(({ state }) => ['queued', 'sending', 'unknown'].includes(state)).length
  }

  async function states(): Promise<{ state: string; reason: string | null }[]> {
    const { rows } = await stage.parley.server.db.workerPool.query(
      `select state, reason from delivery where medium = 'xmpp'`,
    )
    return rows
  }
})

/** Each visitor's words come in the order in which they were said; what is marked may come after what it repeats. */
function inOrder(heard: readonly string[], visitors: number): boolean {
  for (let one = 0; one < visitors; one++) {
    const numbers = heard.flatMap((body) => {
      const found = new RegExp(`^v${one} n(\\d+)$`).exec(body)
      return found ? [Number(found[1])] : []
    })
    if (numbers.some((n, index) => index > 0 && n < (numbers[index - 1] ?? 0))) return false
  }
  return true
}
