import { hostname } from 'node:os'
import { findLeaks, type WindowPerson, waitFor } from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSipStage, publicUser, type SipStage } from './sip-stage.ts'
import { sees, shownTo } from './window-people.ts'

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

  test('A7 A8 A10 A11 A18 a stranger asks on a page, a responder answers from a SIP phone, the other one hears that it is answered, and each sees when the other types', async () => {
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

    // What passes as a hint: somebody types, on either side.
    const interaction = interactionOf(ana)
    ana.client?.setTyping({ interaction }, true)
    await waitFor('the phone to show it', () => bo.seesTyping(), { timeoutMs: 30_000 })
    await bo.types(second, true)
    await waitFor('the window to show it', () => ana.client?.typing(interaction).length, { timeoutMs: 30_000 })
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
    // Law 6 on the wire: nothing that either received names the other, nor the machine.
    const identities = (other: string) => [
      `${other}@people.test`,
      process.cwd(),
      ...(hostname().length > 4 ? [hostname()] : []),
    ]
    for (const { raw } of bo.received) expect(findLeaks(raw, identities('gus'))).toEqual([])
    for (const { raw } of gus.received) expect(findLeaks(raw, identities('bo'))).toEqual([])
  })

  test('A8 C2 who writes into somebody else’s place is held, a mistyped address is refused at once, and neither reaches the window', async () => {
    const [bo, gus] = [await stage.kamailio.phone('bo'), await stage.kamailio.phone('gus')]
    const ana = await stage.visitor()
    ana.says('Do you mend bicycles?')
    const offer = await bo.receives(/mend bicycles/)
    expect(await gus.sends(offer.from, 'I am Bo, honestly.')).toBe(202)
    const mistyped = offer.from.replace(/^sip:./, (start) => (start === 'sip:a' ? 'sip:b' : 'sip:a'))
    expect(await bo.sends(mistyped, 'Lost.')).toBe(404)
    expect(await bo.replies(offer, 'We do.')).toBe(200)
    await sees(ana, 'We do.')
    expect(shownTo(ana)).toEqual(['Do you mend bicycles?', 'We do.'])
  })

  test('A8 one phone in two conversations at once answers each by its own address', async () => {
    const bo = await stage.kamailio.phone('bo')
    const [ana, eli] = [await stage.visitor(), await stage.visitor()]
    ana.says('Do you have boots?')
    eli.says('Do you have ropes?')
    const [boots, ropes] = [await bo.receives(/boots/), await bo.receives(/ropes/)]
    expect(boots.from).not.toBe(ropes.from)
    await bo.replies(ropes, 'Ropes, yes.')
    await bo.replies(boots, 'Boots, no.')
    await sees(ana, 'Boots, no.')
    await sees(eli, 'Ropes, yes.')
    expect(shownTo(ana)).not.toContain('Ropes, yes.')
    expect(shownTo(eli)).not.toContain('Boots, no.')
  })
})

function interactionOf({ client }: WindowPerson): string {
  const held = [...(client?.transcript.interactions ?? [])].at(-1)
  if (!held) throw new Error('nothing is open')
  return held.view.id
}
