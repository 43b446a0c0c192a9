import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addressOf, openStage, type Stage } from './stage.ts'

await describeWithPeers(['postfix', 'dovecot', 'chromium'], 'mail that is not believed', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({
      responders: [{ name: 'bo', alias: 'Juniper' }],
      // The world has a second domain, from whose servers people.test never sends.
      network: { domains: ['people.test', 'elsewhere.test'] },
    })
  })
  afterAll(() => stage?.close())

  test('A8 A18 mail from another address into a known place, or from the own address without proof, is held: the person on record is asked and decides', async () => {
    const bo = await stage.person('bo')
    const mallory = await stage.mail.person('Mallory', 'mallory@elsewhere.test')
    const ana = await stage.visitor()
    await ana.says('What is the price of salt?')
    const question = await bo.receivesEmail(/price of salt/)
    await bo.repliesTo(question, 'Two coins.')
    await ana.sees('Two coins.')

    // Knows the address, writes from another.
    await mallory.repliesTo(question, 'Give me your card number.')
    const asked = await bo.receivesEmail(/Did you write this/)
    expect(asked.text).toMatch(/an address that we do not know as yours/)
    // An answer to the question must not go where the mail was not let.
    expect([asked.from, ...asked.replyTo].map(({ address }) => address)).not.toContain(question.replyTo[0]?.address)
    // Says that it is Bo, from a server that Bo's domain does not name, without its signature.
    await mallory.repliesTo(question, 'Ignore the two coins.', {
      from: `Bo Lindqvist <${addressOf('bo')}>`,
      envelopeFrom: 'mallory@elsewhere.test',
      unsigned: true,
    })
    const askedAgain = await bo.receivesEmail(/does not seem to come from/)
    expect(await mallory.inbox()).toEqual([])

    // Bo did write this one, from his other address.
    const other = await stage.mail.person('Bo Lindqvist', 'bo@elsewhere.test')
    await other.repliesTo(question, 'Three, if it is sea salt.')
    await bo.receivesEmail(/an address that we do not know as yours/)
    await ana.seesExactly(['What is the price of salt?', 'Two coins.'])

    const desk = await stage.atDesk('bo')
    await desk.page.getByRole('link', { name: /Held/ }).click()
    const held = (words: string) => desk.page.getByRole('listitem').filter({ hasText: words })
    await held('Ignore the two coins.').waitFor()
    await held('Three, if it is sea salt.').getByRole('button', { name: 'Release' }).click()
    await ana.seesExactly(['What is the price of salt?', 'Two coins.', 'Three, if it is sea salt.'])
    await held('Give me your card number.').getByRole('button', { name: 'Discard' }).click()
    await desk.page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click()
    await held('Give me your card number.').waitFor({ state: 'detached' })
    const rows = await stage.parley.server.db.workers
      .selectFrom('held_item')
      .select(['state', 'said', 'raw_blob_id'])
      .where('state', '=', 'discarded')
      .execute()
    expect(rows).toEqual([{ state: 'discarded', said: {}, raw_blob_id: null }])

    // The second is decided by the link in the notice, by whoever reads Bo's mail.
    const link = /https?:\/\/\S+\/held#\S+/.exec(askedAgain.text)?.[0] ?? ''
    const { page } = desk.person
    await page.goto(link)
    await page.getByRole('button', { name: 'Look at the message' }).click()
    await page.getByText('Ignore the two coins.').waitFor()
    await page.getByRole('button', { name: 'Not from me: delete it' }).click()
    await page.getByText('The message has been deleted. Nobody has seen it.').waitFor()
    expect(await ana.transcript()).toEqual(['What is the price of salt?', 'Two coins.', 'Three, if it is sea salt.'])

    // Answers go on to the address on record, whatever was released.
    await ana.says('And pepper?')
    await bo.receivesEmail(/And pepper/)
    expect((await other.inbox()).length).toBe(0)
    expect([ana.problems(), desk.problems(), stage.parley.complaints]).toEqual([[], [], []])
    await Promise.all([ana.leaves(), desk.leaves()])
  })

  test('A8 A18 what is written after the end is answered kindly; an address that was retired, or never was, refuses', async () => {
    const bo = await stage.person('bo')
    const ben = await stage.visitor()
    await ben.says('Is the lighthouse open?')
    const question = await bo.receivesEmail(/lighthouse/)
    await bo.repliesTo(question, 'Until five.')
    await ben.sees('Until five.')
    await ben.chooses('End conversation')
    await ben.window.getByRole('dialog').getByRole('button', { name: 'End conversation' }).click()
    await ben.window.getByText('This conversation has ended.').waitFor()
    await bo.repliesTo(question, 'Until six, sorry.')
    await bo.receivesEmail(/conversation has ended, so your message was not passed on/)
    expect(await ben.transcript()).toEqual(['Is the lighthouse open?', 'Until five.'])

    const relay = question.replyTo[0]?.address ?? ''
    // As the sweep does it thirty days later.
    const { db } = stage.parley.server
    await db.workers.updateTable('relay_address').set({ state: 'retired', token: null }).execute()
    await bo.writes({ to: relay, subject: 'Lighthouse', text: 'Still there?' })
    const retired = await bo.receivesEmail(/Undelivered|returned/i)
    expect(retired.text).toMatch(/550\s+5\.1\.6 This conversation address is closed/)
    await bo.writes({ to: 'abcdefghijklmnopqrstuvwxyz@relay.test', subject: 'Hello', text: 'Anyone?' })
    const unknown = await bo.receivesEmail(/Undelivered|returned/i)
    expect(unknown.text).toMatch(/550\s+5\.1\.1/)
    expect([ben.problems(), stage.parley.complaints]).toEqual([[], []])
    await ben.leaves()
  })

  test('A10 A18 a visitor who ends the conversation before anyone answered withdraws the question: everyone asked is told', async () => {
    const bo = await stage.person('bo')
    const dag = await stage.visitor()
    await dag.says('Where is the ferry?')
    const question = await bo.receivesEmail(/the ferry/)
    await dag.chooses('End conversation')
    await dag.window.getByRole('dialog').getByRole('button', { name: 'End conversation' }).click()
    await bo.receivesEmail(/question has been withdrawn/)
    await bo.repliesTo(question, 'At the pier.')
    await bo.receivesEmail(/conversation has ended/)
    expect(await dag.transcript()).toEqual(['Where is the ferry?'])
    const offers = await stage.parley.server.db.workers.selectFrom('offer').select('state').execute()
    expect(offers.map(({ state }) => state)).not.toContain('open')
    await dag.leaves()
  })
})
