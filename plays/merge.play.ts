import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Deskperson } from './deskperson.ts'
import { openStage, type Stage } from './stage.ts'

interface Did {
  operation: string
  ticket?: string
  interaction?: string
}

/** An operation, as the desk of who is signed in asks for it. */
function does({ page }: Deskperson, name: string, input: object): Promise<Did> {
  return page.evaluate(
    async ({ name, input, operation }) => {
      const answer = await fetch(`/api/desk/operations/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ operation, input }),
      })
      if (!answer.ok) throw new Error(await answer.text())
      return (await answer.json()) as Did
    },
    { name, input, operation: crypto.randomUUID() },
  )
}

async function rowsOf<T extends object>(stage: Stage, query: string): Promise<T[]> {
  return (await stage.parley.server.db.workerPool.query<T>(query)).rows
}

await describeWithPeers(['postfix', 'dovecot', 'chromium'], 'two who are one', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ responders: [{ name: 'bo', alias: 'Juniper' }] })
  })
  afterAll(() => stage?.close())

  test('C4 who asked in the window and who wrote a mail turn out to be one person: both threads go on in one conversation, and are two again when that was wrong', async () => {
    const desk = await stage.atDesk('bo')
    await desk.page.goto(`${stage.parley.url}/desk/admin/addresses`)
    await desk.page.getByRole('textbox', { name: 'Address' }).fill('help@relay.test')
    await desk.page.getByRole('button', { name: 'Add', exact: true }).click()
    await desk.page.getByText('help@relay.test').waitFor()

    const bo = await stage.person('bo')
    const mail = await stage.person('ana')
    const ana = await stage.visitor()
    await ana.says('Do you rent kayaks?')
    await bo.repliesTo(await bo.receivesEmail(/kayaks/), 'We do.')
    await ana.sees('We do.')
    await mail.writes({ to: 'help@relay.test', subject: 'Paddles', text: 'And do you rent paddles?' })
    await bo.repliesTo(await bo.receivesEmail(/rent paddles/), 'Those too.')
    const answer = await mail.receivesEmail(/Those too/)

    const found = await rowsOf<{ conversation: string }>(
      stage,
      'select conversation_id as conversation from conversation order by created_at',
    )
    const [into, from] = found
    const merged = await does(desk, 'merge', { into, from, samePerson: true })
    // The window shows what was said by mail, and a reply to the old mail finds its way.
    await ana.sees('And do you rent paddles?')
    await ana.sees('Those too.')
    await mail.repliesTo(answer, 'For two people?')
    const question = await bo.receivesEmail(/For two people/)
    await ana.sees('For two people?')
    await bo.repliesTo(question, 'Two are there.')
    await ana.sees('Two are there.')

    await does(desk, 'undo', { operation: merged.operation })
    await ana.seesExactly(['Do you rent kayaks?', 'We do.'])
    await mail.repliesTo(answer, 'Blue ones?')
    await bo.receivesEmail(/Blue ones/)
    await ana.says('And on Sunday?')
    await bo.receivesEmail(/And on Sunday/)
    await ana.seesExactly(['Do you rent kayaks?', 'We do.', 'And on Sunday?'])
    expect([ana.problems(), desk.problems(), stage.parley.complaints]).toEqual([[], [], []])
    await Promise.all([ana.leaves(), desk.leaves()])
  }, 180_000)
})

await describeWithPeers(['postfix', 'dovecot', 'chromium'], 'two matters in one', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({
      responders: [
        { name: 'bo', alias: 'Juniper' },
        { name: 'cleo', alias: 'Heather' },
      ],
    })
  })
  afterAll(() => stage?.close())

  test('C4 one ticket turns out to be two: the second matter goes to somebody else by mail, who gets its words and no others', async () => {
    const [bo, cleo] = await Promise.all([stage.person('bo'), stage.person('cleo')])
    const ana = await stage.visitor()
    await ana.says('My tent leaks.')
    await bo.repliesTo(await bo.receivesEmail(/tent leaks/), 'Where?')
    await ana.sees('Where?')
    await cleo.receivesEmail(/answered by someone else/)
    await ana.says('At the seam.')
    await ana.says('And my invoice is wrong.')
    await bo.receivesEmail(/invoice is wrong/)

    const desk = await stage.atDesk('bo')
    const [matter] = await rowsOf<{ ticket: string; from: string; message: string; cleo: string }>(
      stage,
      `select i.ticket_id as ticket, i.interaction_id as from, m.message_id as message,
         (select person_id from responder where alias = 'Heather') as cleo
       from message m join placement p using (account_id, message_id) join interaction i using (account_id, interaction_id)
       where m.body like '%invoice%'`,
    )
    if (!matter) throw new Error('the invoice was never mentioned')
    const { message, cleo: other, ...where } = matter
    await does(desk, 'split', { ...where, messages: [message], people: [other], name: 'Invoice' })
    const story = await cleo.receivesEmail(/invoice is wrong/)
    expect(story.text).not.toContain('seam')
    await cleo.repliesTo(story, 'Which number?')
    await ana.sees('Which number?')
    await bo.repliesTo(await bo.receivesEmail(/At the seam/), 'Send it in.')
    await ana.sees('Send it in.')
    const texts = async (person: typeof bo) => (await person.inbox()).map(({ text }) => text).join('\n')
    expect(await texts(bo)).not.toContain('Which number')
    expect(await texts(cleo)).not.toContain('Send it in')
    const own = (await ana.transcript()).filter((text) => text === 'And my invoice is wrong.')
    expect(own).toHaveLength(1)
    expect([ana.problems(), desk.problems(), stage.parley.complaints]).toEqual([[], [], []])
    await Promise.all([ana.leaves(), desk.leaves()])
  }, 180_000)
})
