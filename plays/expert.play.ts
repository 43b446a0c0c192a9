import { randomUUID } from 'node:crypto'
import { findLeaks } from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import type { ConversationView, OperationResult, WatchPage } from '@parley/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Deskperson } from './deskperson.ts'
import { openStage, type Stage } from './stage.ts'

const patience = 30_000

await describeWithPeers(['postfix', 'dovecot', 'chromium'], 'behind the scenes, by mail', () => {
  let stage: Stage
  let desk: Deskperson
  beforeAll(async () => {
    stage = await openStage({
      responders: [
        { name: 'bo', alias: 'Juniper' },
        { name: 'cleo', alias: 'Heather' },
      ],
    })
    desk = await stage.atDesk('bo')
  })
  afterAll(() => stage?.close())

  /** What Bo's desk calls, from its own page. */
  const calls = async <T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> => {
    const answer = await desk.page.evaluate(
      async ([method, path, body]) => {
        const headers = { 'content-type': 'application/json' }
        const given = await fetch(path, { method, ...(body === null ? {} : { headers, body }) })
        if (!given.ok) throw new Error(await given.text())
        return given.text()
      },
      [method, path, body ? JSON.stringify(body) : null] as const,
    )
    return JSON.parse(answer)
  }
  const does = (name: string, input: object) =>
    calls<OperationResult>('POST', `/api/desk/operations/${name}`, { operation: randomUUID(), input })

  test('C3 an expert outside and a colleague help by mail in a backchannel; the visitor sees nothing of it, and nobody an address', async () => {
    const ina = await stage.mail.person('Ina Solberg', 'ina@people.test')
    const cleo = await stage.person('cleo')
    const ana = await stage.visitor()
    await ana.says('My hands itch after the seeds.')
    await desk.opens('My hands itch')
    await desk.answersQuestion('Let me find out.')
    const [conversation] = await calls<ConversationView[]>('GET', '/api/desk/conversations')
    const from = conversation?.interactions.find(({ kind }) => kind === 'exchange')?.id
    const { interaction } = await does('open-backchannel', {
      from,
      outside: { medium: 'email', address: 'ina@people.test', name: 'Dr. Ina' },
      note: 'Itching after handling treated seeds. What helps?',
    })
    const asked = await ina.receivesEmail(/treated seeds/)
    expect(asked.subject).toBe('Juniper asks for your help')
    expect(asked.text).not.toContain('My hands itch')
    await ina.repliesTo(asked, 'Cold water, at once.', { quoting: 'gmail' })
    await desk.page.getByText('Cold water, at once.').first().waitFor({ timeout: patience })

    const person = stage.parley.account.responders[1]?.person
    await does('invite', { interaction, people: [person], note: 'You had this last year.' })
    await cleo.repliesTo(await cleo.receivesEmail(/You had this last year/), 'And no gloves of wool.', {
      quoting: 'outlook',
    })
    const told = await ina.receivesEmail(/no gloves of wool/)
    expect(told.text).toContain('sees neither this nor your answer')
    expect(told.subject).toContain('Behind the scenes at Fjord & Field')
    await ina.repliesTo(told, 'Right.', { quoting: 'thunderbird' })
    const answer = await cleo.receivesEmail(/Right\./)
    const people = ['bo@people.test', 'cleo@people.test', 'ina@people.test', 'Bo Lindqvist', 'Cleo Marchetti']
    const others = (own: string) => people.filter((one) => !own.includes(one))
    for (const mail of [asked, told]) expect(findLeaks(mail.raw, others('ina@people.test'))).toEqual([])
    expect(findLeaks(answer.raw, others('cleo@people.test Cleo Marchetti'))).toEqual([])
    await desk.says('Rinse them well.')
    await ana.seesExactly(['My hands itch after the seeds.', 'Let me find out.', 'Rinse them well.'])
    expect(ana.heard.pieces).toBeGreaterThan(0)
    expect(await ana.heard.leaks(['Cold water', 'treated seeds', 'Dr. Ina', interaction ?? 'none'])).toEqual([])
    await ana.leaves()
  })

  test('E6 a coach whispers to who answers by mail: each of their two replies lands where it was written', async () => {
    const cleo = await stage.person('cleo')
    const ben = await stage.visitor()
    await ben.says('Do you rent tents?')
    await cleo.repliesTo(await cleo.receivesEmail(/rent tents/), 'We do.')
    await ben.sees('We do.')
    await ben.says('For a week?')
    const question = await cleo.receivesEmail(/For a week/)
    const { conversations } = await calls<WatchPage>('GET', '/api/desk/watch')
    const exchange = conversations
      .flatMap(({ interactions }) => interactions)
      .find(({ kind, you }) => kind === 'exchange' && you === 'none')
    await does('whisper', { interaction: exchange?.id, text: 'They are all back by Friday.' })
    const whisper = await cleo.receivesEmail(/back by Friday/)
    expect(whisper.subject).toBe('Whispered at Fjord & Field')
    expect(whisper.text).toContain('Whispered: Visitor sees neither this nor your answer.')
    await cleo.repliesTo(whisper, 'Thanks for the hint.', { quoting: 'gmail' })
    await cleo.repliesTo(question, 'From Friday on.', { quoting: 'gmail' })
    await ben.seesExactly(['Do you rent tents?', 'We do.', 'For a week?', 'From Friday on.'])
    await desk.opens('Thanks for the hint.')
    await desk.page.getByText('Thanks for the hint.').first().waitFor({ timeout: patience })
    expect([ben.problems(), desk.problems(), stage.parley.complaints]).toEqual([[], [], []])
    await ben.leaves()
    await desk.leaves()
  })
})
