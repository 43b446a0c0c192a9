import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSipStage, publicUser, type SipStage } from './sip-stage.ts'
import { sees } from './xmpp-stage.ts'

await describeWithPeers(['kamailio'], 'over SIP', () => {
  let stage: SipStage

  beforeAll(async () => {
    stage = await openSipStage(
      [
        { name: 'bo', alias: 'Juniper' },
        { name: 'cleo', alias: 'Heather' },
      ],
      { users: ['gus'] },
    )
  })
  afterAll(() => stage?.close())

  test('A7 A8 A10 A11 A18 a stranger asks on a page, a responder answers from a SIP phone, and the other one hears that it is answered', async () => {
    const [bo, cleo] = [await stage.kamailio.phone('bo'), await stage.kamailio.phone('cleo')]
    const ana = await stage.visitor()
    ana.says('Are you open on Sunday?')
    const offer = await bo.receives(/Are you open on Sunday/)
    expect(offer.from).toMatch(/^sip:[a-z2-7]{26}@chat\.test$/)
    await cleo.receives(/Are you open on Sunday/)

    expect(await bo.replies(offer, 'Yes, 10 to 16.')).toBe(200)
    await sees(ana, 'Yes, 10 to 16.')
    await cleo.receives(/answered by someone else/)

    ana.says('Great, and where do I park?')
    const second = await bo.receives(/^Great, and where do I park\?$/)
    // The place that the question stood for is now the responder's own: the thread in their phone goes on.
    expect(second.from).toBe(offer.from)
    expect(await bo.replies(second, 'Behind the house.')).toBe(200)
    await sees(ana, 'Behind the house.')
    expect(cleo.received.map(({ text }) => text).join()).not.toContain('where do I park')
    expect(stage.parley.complaints).toEqual([])
  })

  test('A15 somebody writes to the site’s public SIP user: a conversation opens, is answered, and goes on', async () => {
    const [bo, gus] = [await stage.kamailio.phone('bo'), await stage.kamailio.phone('gus')]
    expect(await gus.sends(publicUser, 'Do you rent out tents?')).toBeLessThan(300)
    const offer = await bo.receives(/Do you rent out tents/)
    await bo.replies(offer, 'We do, from May on.')
    const answer = await gus.receives(/We do, from May on/)
    expect(await gus.replies(answer, 'Wonderful.')).toBe(200)
    await bo.receives(/Wonderful/)
    expect(stage.parley.complaints).toEqual([])
  })
})
