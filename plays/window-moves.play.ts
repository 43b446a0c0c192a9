import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FarEnd } from './far-end.ts'
import { Visitor } from './visitor.ts'
import { openWindowStage, type WindowStage } from './window-stage.ts'

const patience = 30_000

await describeWithPeers(['chromium'], 'the visitor moves to a phone, to a messenger and back', () => {
  let stage: WindowStage
  const mail = new FarEnd('email')
  const phones = new FarEnd('sms')
  const messenger = new FarEnd('xmpp')
  beforeAll(async () => {
    stage = await openWindowStage({
      channels: [mail, phones, messenger],
      sites: [{ key: 'shop', policy: { countries: ['NO'], admission: { kind: 'first' } } }],
    })
  })
  afterAll(() => stage?.close())

  test('A12 A20 gives a number in the window, is answered there, answers from there, moves to a messenger, and comes back: every word once, and nobody learned a number', async () => {
    const [number, jid] = ['+4740612345', 'ana@jabber.test']
    const juniper = await stage.answerer('Juniper')
    const ana = await stage.visitor()
    await ana.says('Is the trail open?')
    const exchange = await juniper.answers('Is the trail open?', 'Since May.')
    await ana.sees('Since May.')
    await ana.window.getByText('Juniper has joined.').waitFor({ timeout: patience })
    await ana.goesOnElsewhere('By text message', 'Mobile number', '40 61 23 45', () => phones.codeAt(number))
    await ana.page.close()

    juniper.says(exchange, 'Bring boots.')
    const first = await phones.receives(number, 'Bring boots.')
    expect((await phones.replies(first, 'Which size of stream? Call 40 61 23 45.')).outcome).toBe('accepted')
    await juniper.hears('Which size of stream?')
    juniper.says(exchange, 'Up to the knee.')
    await phones.receives(number, 'Up to the knee.')

    const back = new Visitor(ana.person, await ana.person.newPage())
    await back.goes(stage.shop.url)
    await back.opensWindow()
    await back.sees('Up to the knee.')
    await back.says('I am back.')
    await juniper.hears('I am back.')
    juniper.says(exchange, 'Welcome.')
    await back.sees('Welcome.')
    await back.goesOnElsewhere('By messenger', 'Messenger address', 'Ana@Jabber.test/phone', () =>
      messenger.codeAt(jid),
    )
    await back.page.close()
    juniper.says(exchange, 'Safe travels.')
    const last = await messenger.receives(jid, 'Safe travels.')
    expect((await messenger.replies(last, 'Thank you.')).outcome).toBe('accepted')
    await juniper.hears('Thank you.')

    const saidTo = (post: FarEnd) =>
      post.sent.flatMap(({ to, content }) =>
        [number, jid].includes(to) ? content.blocks.flatMap((each) => (each.kind === 'said' ? [each.text] : [])) : [],
      )
    // What was read in the window meanwhile does not come to the phone too.
    expect([saidTo(phones), saidTo(messenger), saidTo(mail)]).toEqual([
      ['Bring boots.', 'Up to the knee.'],
      ['Safe travels.'],
      [],
    ])
    const heard = juniper.texts().join('\n')
    expect(heard).not.toMatch(/40 ?61 ?23 ?45|jabber/)
    expect(new Set(juniper.texts()).size).toBe(juniper.texts().length)
    expect([ana.problems(), stage.parley.complaints]).toEqual([[], []])
    juniper.leaves()
    await back.leaves()
  })

  test('A12 an address that was given can be taken away again, and what cannot be one is said in words', async () => {
    const number = '+4740699999'
    const ana = await stage.visitor()
    await ana.says('Is there a hut?')
    await ana.chooses('Continue elsewhere')
    const dialog = ana.window.getByRole('dialog', { name: 'Continue elsewhere' })
    await dialog.getByRole('button', { name: 'By text message' }).click({ timeout: patience })
    await dialog.getByRole('textbox', { name: 'Mobile number' }).fill('12')
    await dialog.getByRole('button', { name: 'Send me a code' }).click()
    await dialog.getByRole('alert').getByText('We cannot send to this address').waitFor({ timeout: patience })
    await dialog.getByRole('button', { name: 'Close' }).click()
    await ana.goesOnElsewhere('By text message', 'Mobile number', number, () => phones.codeAt(number))
    await ana.chooses('Continue elsewhere')
    await dialog.getByRole('button', { name: 'Remove this address' }).click({ timeout: patience })
    await dialog.getByText('Removed. Answers will reach you here.').waitFor({ timeout: patience })
    const { rows } = await stage.parley.server.db.workerPool.query('select 1 from parley.address where value = $1', [
      number,
    ])
    expect(rows).toEqual([])
    await ana.leaves()
  })
})
