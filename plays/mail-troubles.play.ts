import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startGreylist } from './greylist.ts'
import { openStage, type Stage } from './stage.ts'

await describeWithPeers(['postfix', 'dovecot', 'chromium'], 'automata and addresses that are gone', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({
      responders: [
        { name: 'bo', alias: 'Juniper', emails: ['bo@people.test', 'bo.home@people.test'] },
        { name: 'cleo', alias: 'Heather' },
      ],
      policy: { admission: { kind: 'first-n', slots: 2 } },
    })
    await stage.mail.person('Bo Lindqvist', 'bo.home@people.test')
  })
  afterAll(() => stage?.close())

  test('A18 A10 vacation notices of four kinds are no answer, take no place and start no exchange of courtesies', async () => {
    const [bo, cleo] = [await stage.person('bo'), await stage.person('cleo')]
    const ana = await stage.visitor()
    await ana.says('Who sharpens skates?')
    const [toBo, toCleo] = [await bo.receivesEmail(/sharpens skates/), await cleo.receivesEmail(/sharpens skates/)]
    for (const kind of ['vacation', 'exchange', 'gmail', 'rude'] as const) await bo.autoReplies(toBo, kind)
    await cleo.repliesTo(toCleo, 'I do, on Mondays.')
    await ana.sees('I do, on Mondays.')
    await ana.says('Good.')
    await cleo.receivesEmail(/^Good\.$/m)
    await ana.seesExactly(['Who sharpens skates?', 'I do, on Mondays.', 'Good.'])
    const { db } = stage.parley.server
    const noted = await db.workers.selectFrom('event').select('kind').where('kind', '=', 'automatic-reply').execute()
    expect(noted.length).toBe(3)
    expect(await db.workers.selectFrom('ticket').select('admitted').execute()).toEqual([{ admitted: 1 }])
    expect((await bo.inbox()).length).toBe(1)
    expect([ana.problems(), stage.parley.complaints]).toEqual([[], []])
    await ana.leaves()
  })

  test('A18 a mailbox that is gone: the next address gets the words, and the desk shows what became of them; without a next address they wait, and are sent again when asked', async () => {
    const [bo, boAtHome, cleo] = [
      await stage.person('bo'),
      await stage.mail.person('Bo Lindqvist', 'bo.home@people.test'),
      await stage.person('cleo'),
    ]
    const ana = await stage.visitor()
    await ana.says('Do you print maps?')
    const [toBo, toCleo] = [await bo.receivesEmail(/print maps/), await cleo.receivesEmail(/print maps/)]
    await boAtHome.receivesEmail(/print maps/)
    await bo.repliesTo(toBo, 'Up to A2.')
    await ana.sees('Up to A2.')
    await cleo.repliesTo(toCleo, 'And I draw them.')
    await ana.sees('And I draw them.')

    const { dovecot } = stage.mail
    await Promise.all([dovecot.removePerson('bo@people.test'), dovecot.removePerson('cleo@people.test')])
    await ana.says('One of the lakes, please.')
    const moved = await boAtHome.receivesEmail(/One of the lakes/)
    await boAtHome.repliesTo(moved, 'Here it comes.')
    await ana.sees('Here it comes.')

    const atBos = await stage.atDesk('bo')
    await atBos.opens('Here it comes.')
    await atBos.page.getByRole('button', { name: 'Deliveries' }).click()
    await atBos.page.getByText('Sent another way').first().waitFor()
    await atBos.page.goto(`${stage.parley.url}/desk/settings`)
    await atBos.page.getByText(/Mail to this address came back/).waitFor()
    await atBos.leaves()

    const atCleos = await stage.atDesk('cleo')
    await atCleos.opens('One of the lakes, please.')
    await atCleos.seesExactly(['Do you print maps?', 'And I draw them.', 'One of the lakes, please.'])
    await atCleos.page.getByRole('button', { name: 'Deliveries' }).click()
    await atCleos.page.getByText('Not delivered').first().waitFor()
    await dovecot.addPerson('cleo@people.test')
    await atCleos.page.getByRole('button', { name: 'Send again' }).first().click()
    const again = await cleo.receivesEmail(/One of the lakes/)
    await cleo.repliesTo(again, 'The northern ones too?')
    await ana.sees('The northern ones too?')
    expect((await cleo.inbox()).filter(({ text }) => text.includes('One of the lakes')).length).toBe(1)
    expect((await boAtHome.inbox()).filter(({ text }) => text.includes('One of the lakes')).length).toBe(1)
    expect([ana.problems(), atCleos.problems(), stage.parley.complaints]).toEqual([[], [], []])
    await Promise.all([ana.leaves(), atCleos.leaves()])
  })
})

await describeWithPeers(
  ['postfix', 'dovecot', 'chromium'],
  'a mail server that says “later”, and one that is away',
  () => {
    let stage: Stage
    let greylist: Awaited<ReturnType<typeof startGreylist>>
    let aheadMs = 0
    beforeAll(async () => {
      greylist = await startGreylist()
      stage = await openStage({
        responders: [{ name: 'bo', alias: 'Juniper' }],
        network: {
          postfix: { settings: { smtpd_recipient_restrictions: `${greylist.restriction}, permit_mynetworks, reject` } },
        },
        clock: { now: () => new Date(Date.now() + aheadMs) },
        behindWire: true,
      })
    })
    afterAll(async () => {
      await stage?.close()
      await greylist?.stop()
    })

    const reasons = async () =>
      (
        await stage.parley.server.db.workers.selectFrom('delivery').select(['state', 'reason', 'attempts']).execute()
      ).map(({ state, reason, attempts }) => ({ state, isTold: reason !== null, attempts }))

    test('A18 greylisting and a mail server that is down for a while only delay: it arrives later, once, and in order', async () => {
      const bo = await stage.person('bo')
      const ana = await stage.visitor()
      await ana.says('Is the hut heated?')
      await expect.poll(reasons, { timeout: 30_000 }).toEqual([{ state: 'queued', isTold: true, attempts: 1 }])
      expect(greylist.deferred).toEqual(['bo@people.test'])
      aheadMs += 15 * 60_000
      stage.parley.server.outbox.wake()
      const question = await bo.receivesEmail(/hut heated/)
      // The relay's own address is new to the greylist too: Postfix, as every mail server, is asked again by who sends.
      await bo.repliesTo(question, 'By a stove.').catch(() => bo.repliesTo(question, 'By a stove.'))
      await ana.sees('By a stove.')

      await stage.wire.refuse()
      stage.wire.cutAll()
      await ana.says('Is there wood?')
      await expect
        .poll(async () => (await reasons()).at(-1), { timeout: 30_000 })
        .toEqual({
          state: 'queued',
          isTold: true,
          attempts: 1,
        })
      await ana.says('And matches?')
      await stage.wire.accept()
      aheadMs += 15 * 60_000
      stage.parley.server.outbox.wake()
      await bo.receivesEmail(/And matches/)
      const texts = (await bo.inbox()).map(({ text }) => /^(?:Visitor wrote:|Visitor asks:)\s+(.*)$/m.exec(text)?.[1])
      expect(texts).toEqual(['Is the hut heated?', 'Is there wood?', 'And matches?'])
      // The mail is there a moment before the outcome of its attempt is written down.
      await expect.poll(reasons, { timeout: 30_000 }).toEqual([
        { state: 'sent', isTold: false, attempts: 2 },
        { state: 'sent', isTold: false, attempts: 2 },
        { state: 'sent', isTold: false, attempts: 1 },
      ])
      expect(ana.problems()).toEqual([])
      await ana.leaves()
    })
  },
)
