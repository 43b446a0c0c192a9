import { findLeaks } from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addressOf, names, openStage, type Stage } from './stage.ts'
import { Visitor } from './visitor.ts'

const identitiesOf = (name: string) => [
  addressOf(name),
  names[name] ?? name,
  (names[name] ?? name).split(' ')[1] ?? name,
]

await describeWithPeers(['postfix', 'dovecot', 'chromium'], 'the visitor moves to mail and back', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ responders: [{ name: 'bo', alias: 'Juniper' }] })
  })
  afterAll(() => stage?.close())

  test('A2 A12 A20 closes the laptop, is answered by mail, replies there, comes back: the whole conversation, once and in order, and nobody learned an address', async () => {
    const [bo, anasMail] = [await stage.person('bo'), await stage.person('ana')]
    const ana = await stage.visitor()
    await ana.says('Can I return a worn jacket?')
    const question = await bo.receivesEmail(/worn jacket/)
    await ana.goesOnByEmail(anasMail)
    await ana.page.close()

    await bo.repliesTo(question, 'Yes, within 30 days.', { signature: 'Bo Lindqvist\n+49 30 901820' })
    const answer = await anasMail.receivesEmail(/within 30 days/)
    expect(answer.from.name).toBe('Juniper')
    await anasMail.repliesTo(answer, 'And without the receipt?', { signature: 'Ana Castellanos', quoting: 'outlook' })
    const second = await bo.receivesEmail(/without the receipt/)
    await bo.repliesTo(second, 'Then for a voucher.', { quoting: 'apple' })
    await anasMail.receivesEmail(/voucher/)

    const said = [
      'Can I return a worn jacket?',
      'Yes, within 30 days.',
      'And without the receipt?\n\n•••',
      'Then for a voucher.',
    ]
    const back = new Visitor(ana.person, await ana.person.newPage())
    await back.goes(stage.shop.url)
    await back.opensWindow()
    await back.seesExactly(said)
    await back.says('A voucher is fine.')
    await bo.repliesTo(await bo.receivesEmail(/voucher is fine/), 'Good.')
    await back.seesExactly([...said, 'A voucher is fine.', 'Good.'])
    // Back in the window, the window is where answers go: not into the mailbox too.
    expect((await anasMail.inbox()).filter(({ text }) => /^Good\.$/m.test(text))).toEqual([])

    const raws = { bo: await bo.allRaw(), ana: await anasMail.allRaw() }
    expect(raws.bo.length).toBe(3)
    expect(raws.ana.length).toBe(3)
    expect(raws.bo.flatMap((raw) => findLeaks(raw, identitiesOf('ana')))).toEqual([])
    expect(raws.ana.flatMap((raw) => findLeaks(raw, identitiesOf('bo')))).toEqual([])
    const desk = await stage.atDesk('bo')
    await desk.opens('Good.')
    await desk.seesExactly([...said, 'A voucher is fine.', 'Good.'])
    expect(await desk.heard.leaks(identitiesOf('ana'))).toEqual([])
    expect(await ana.heard.leaks(identitiesOf('bo'))).toEqual([])
    expect(ana.heard.pieces).toBeGreaterThan(10)
    expect(desk.heard.pieces).toBeGreaterThan(5)
    expect([ana.problems(), desk.problems(), stage.parley.complaints]).toEqual([[], [], []])
    await Promise.all([desk.leaves(), back.leaves()])
  })

  test('A2 a transcript comes by mail, and its link opens the conversation in another browser', async () => {
    const [bo, bensMail] = [await stage.person('bo'), await stage.person('ben')]
    const ben = await stage.visitor()
    await ben.says('Which size is a large pot?')
    await bo.repliesTo(await bo.receivesEmail(/large pot/), 'Four litres.')
    await ben.sees('Four litres.')
    await ben.asksForTranscript(bensMail)

    const transcript = await bensMail.receivesEmail(
      (mail) => /Four litres/.test(mail.text) && /recover=/.test(mail.text),
    )
    expect(transcript.text.indexOf('Which size')).toBeLessThan(transcript.text.indexOf('Four litres'))
    expect(findLeaks(transcript.raw, identitiesOf('bo'))).toEqual([])
    const link = /https?:\/\/\S+#recover=\S+/.exec(transcript.text)?.[0] ?? ''
    const elsewhere = await Visitor.recovers(stage.browser, link)
    await elsewhere.seesExactly(['Which size is a large pot?', 'Four litres.'])
    await elsewhere.says('And the small one?')
    await ben.sees('And the small one?')
    await bo.repliesTo(await bo.receivesEmail(/the small one/), 'One litre.')
    await elsewhere.sees('One litre.')
    await ben.sees('One litre.')
    expect([ben.problems(), elsewhere.problems(), stage.parley.complaints]).toEqual([[], [], []])
    await Promise.all([ben.leaves(), elsewhere.leaves()])
  })
})

await describeWithPeers(['postfix', 'dovecot', 'chromium'], 'a visitor at a mailbox, with two who answer', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({
      responders: [
        { name: 'bo', alias: 'Juniper' },
        { name: 'cleo', alias: 'Heather' },
      ],
      policy: { admission: { kind: 'any' } },
    })
  })
  afterAll(() => stage?.close())

  test('A12 A14 a reply goes to the one who wrote, and the address named in the mail answers everyone', async () => {
    const [bo, cleo, anasMail] = [await stage.person('bo'), await stage.person('cleo'), await stage.person('ana')]
    const ana = await stage.visitor()
    await ana.says('How do I dry morels?')
    const [toBo, toCleo] = [await bo.receivesEmail(/morels/), await cleo.receivesEmail(/morels/)]
    await ana.goesOnByEmail(anasMail)
    await ana.page.close()
    await bo.repliesTo(toBo, 'On a thread.')
    const first = await anasMail.receivesEmail(/On a thread/)
    expect(first.text).not.toMatch(/everyone/)
    await cleo.repliesTo(toCleo, 'In the oven.')
    const second = await anasMail.receivesEmail(/In the oven/)
    const everyone = /To answer everyone, write to (\S+@relay\.test)/.exec(second.text)?.[1] ?? 'nobody'
    expect(everyone).not.toBe(second.replyTo[0]?.address)

    await anasMail.repliesTo(second, 'How hot?')
    await cleo.receivesEmail(/How hot/)
    await anasMail.repliesTo(second, 'Thanks to both.', { to: everyone })
    await Promise.all([bo.receivesEmail(/Thanks to both/), cleo.receivesEmail(/Thanks to both/)])
    await anasMail.repliesTo(first, 'A cotton one?')
    await bo.receivesEmail(/cotton one/)

    expect(
      (await bo.allRaw()).flatMap((raw) => findLeaks(raw, ['How hot', 'In the oven', ...identitiesOf('ana')])),
    ).toEqual([])
    expect(
      (await cleo.allRaw()).flatMap((raw) => findLeaks(raw, ['cotton one', 'On a thread', ...identitiesOf('ana')])),
    ).toEqual([])
    const back = new Visitor(ana.person, await ana.person.newPage())
    await back.goes(stage.shop.url)
    await back.opensWindow()
    await back.seesExactly([
      'How do I dry morels?',
      'On a thread.',
      'In the oven.',
      'How hot?',
      'Thanks to both.',
      'A cotton one?',
    ])
    expect([ana.problems(), stage.parley.complaints]).toEqual([[], []])
    await ana.leaves()
  })
})
