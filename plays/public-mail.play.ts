import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage } from './stage.ts'

await describeWithPeers(['postfix', 'dovecot', 'chromium'], 'a mail to the site', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ responders: [{ name: 'bo', alias: 'Juniper' }] })
  })
  afterAll(() => stage?.close())

  test('A15 C7 an administrator names an address, a stranger writes there, and they and a responder go on by mail without learning each other’s', async () => {
    const desk = await stage.atDesk('bo')
    await desk.page.goto(`${stage.parley.url}/desk/admin/addresses`)
    await desk.page.getByRole('textbox', { name: 'Address' }).fill('help@relay.test')
    await desk.page.getByRole('button', { name: 'Add', exact: true }).click()
    await desk.page.getByText('help@relay.test').waitFor()
    await desk.leaves()

    const bo = await stage.person('bo')
    const ana = await stage.person('ana')
    await ana.writes({ to: 'help@relay.test', subject: 'Kayaks', text: 'Do you rent them on Sundays?' })
    const how = await ana.receivesEmail(/You are talking to Fjord & Field/)
    const question = await bo.receivesEmail(/Do you rent them on Sundays/)
    expect(question.text).toContain('Kayaks')
    expect(question.raw.toString()).not.toContain('ana@people.test')

    await bo.repliesTo(question, 'Yes, from ten.', { quoting: 'outlook' })
    const answer = await ana.receivesEmail(/Yes, from ten/)
    expect(answer.raw.toString()).not.toContain('bo@people.test')

    await ana.repliesTo(answer, 'For two?')
    await bo.receivesEmail(/For two/)
    await ana.repliesTo(how, 'On the fjord?')
    await bo.receivesEmail(/On the fjord/)
    // Once more to the site itself: it finds its place.
    await ana.writes({ to: 'help@relay.test', subject: 'And', text: 'Is there a ferry?' })
    await bo.receivesEmail(/Is there a ferry/)

    // What a program sends begins nothing, and is passed on to nobody.
    const automatic = { headers: { 'Auto-Submitted': 'auto-replied' } }
    await ana.writes({ to: 'help@relay.test', subject: 'Away', text: 'Back on Monday.', ...automatic })
    await ana.writes({ to: 'help@relay.test', subject: 'One more', text: 'With a car?' })
    await bo.receivesEmail(/With a car/)
    expect((await bo.inbox()).filter(({ text }) => text.includes('Back on Monday'))).toEqual([])
    const { workers } = stage.parley.server.db
    expect(await workers.selectFrom('conversation').select('state').execute()).toEqual([{ state: 'open' }])
    expect(stage.parley.complaints).toEqual([])
  }, 120_000)
})
