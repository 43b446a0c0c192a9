import { waitFor } from '@parley/dev-env'
import { afterEach, describe, expect, test } from 'vitest'
import { openSmsStage, publicNumber, type SmsStage, unknownAttempts } from './sms-stage.ts'
import { sees, shownTo } from './window-people.ts'

let stage: SmsStage
afterEach(() => stage?.close())

const bo = { name: 'bo', alias: 'Juniper' }
const cleo = { name: 'cleo', alias: 'Heather' }

describe('over SMS', () => {
  test('A7 A8 A10 A11 A18 a stranger asks on a page, a responder answers from a phone, and both go on', async () => {
    stage = await openSmsStage({ responders: [bo, cleo] })
    const [boPhone, cleoPhone] = [stage.phone('bo'), stage.phone('cleo')]
    const ana = await stage.visitor()
    ana.says('Are you open on Sunday?')
    const offer = await boPhone.receives(/Are you open on Sunday/)
    expect(offer.from).toMatch(/^\+479001000[123]$/)
    await cleoPhone.receives(/Are you open on Sunday/)

    expect(await boPhone.sends('Yes, 10 to 16.', offer.from)).toBe('taken')
    await sees(ana, 'Yes, 10 to 16.')
    await cleoPhone.receives(/answered by someone else/)

    ana.says('Großartig, and where do I park? 😀')
    const second = await boPhone.receives(/^Großartig, and where do I park\? 😀$/)
    expect(second.from).toBe(offer.from)
    const long = `Behind the house. ${'There is room for forty cars. '.repeat(12)}See you.`
    expect(await boPhone.sends(long, second.from)).toBe('taken')
    await sees(ana, long)
    expect(cleoPhone.texts.map(({ text }) => text).join()).not.toContain('where do I park')
    expect(stage.parley.complaints).toEqual([])
  })

  test('A15 C7 somebody writes to the shop’s number, and goes on in the same conversation', async () => {
    stage = await openSmsStage({ responders: [bo] })
    const [boPhone, gus] = [stage.phone('bo'), stage.phone('gus')]
    expect(await gus.sends('Do you rent out tents?', publicNumber)).toBe('taken')
    const offer = await boPhone.receives(/Do you rent out tents/)
    await boPhone.sends('We do, from May on.', offer.from)
    const answer = await gus.receives(/We do, from May on/)
    expect(answer.from).toBe(publicNumber)
    expect(await gus.sends('Wonderful.', answer.from)).toBe('taken')
    const more = await boPhone.receives(/Wonderful/)
    expect(more.from).toBe(offer.from)
    expect(stage.parley.complaints).toEqual([])
  })

  test('A8 one phone in three conversations at once: every answer reaches the one it is for', async () => {
    stage = await openSmsStage({ responders: [bo], pool: 3 })
    const phone = stage.phone('bo')
    const asked = []
    for (const what of ['boots', 'tents', 'stoves']) {
      const visitor = await stage.visitor()
      visitor.says(`Do you have ${what}?`)
      asked.push({ what, visitor, offer: await phone.receives(new RegExp(what)) })
    }
    expect(new Set(asked.map(({ offer }) => offer.from)).size).toBe(3)
    for (const { what, offer } of [...asked].reverse()) await phone.sends(`Yes, ${what}.`, offer.from)
    for (const { what, visitor } of asked) {
      await sees(visitor, `Yes, ${what}.`)
      expect(shownTo(visitor).filter((text) => text.startsWith('Yes'))).toEqual([`Yes, ${what}.`])
    }
    expect(stage.parley.complaints).toEqual([])
  })

  test('A8 when the numbers are used up, a tag tells the conversations apart, and an answer without one is asked about', async () => {
    stage = await openSmsStage({ responders: [bo], pool: 1 })
    const phone = stage.phone('bo')
    const [ana, eli] = [await stage.visitor(), await stage.visitor()]
    ana.says('Do you have boots?')
    const boots = await phone.receives(/boots/)
    expect(await phone.sends('Yes, in all sizes.', boots.from)).toBe('taken')
    await sees(ana, 'Yes, in all sizes.')
    eli.says('Do you have tents?')
    const tents = await phone.receives(/tents/)
    expect(tents.from).toBe(boots.from)
    const tag = /^([A-Z]\d[A-Z]?\d?): /.exec(tents.text)?.[1] ?? ''
    expect(tag).not.toBe('')

    expect(await phone.sends(`${tag} For two and for four.`, tents.from)).toBe('taken')
    await sees(eli, 'For two and for four.')
    expect(shownTo(ana).join()).not.toContain('For two')

    // Without a tag it could be either; nobody reads it before it is known.
    expect(await phone.sends('Come by at noon.', tents.from)).toBe('taken')
    await phone.receives(/Come by at noon|Which|which/)
    expect([...shownTo(ana), ...shownTo(eli)].join()).not.toContain('noon')
    expect(await phone.sends(tag, tents.from)).toBe('taken')
    await sees(eli, 'Come by at noon.')
    expect(shownTo(ana).join()).not.toContain('noon')
    expect(stage.parley.complaints).toEqual([])
  })

  test('the service centre is killed under load and comes back: health shows it, nothing is lost, nothing arrives twice', async () => {
    stage = await openSmsStage({ responders: [bo] })
    const { smsc, channel } = stage
    const phone = stage.phone('bo')
    const ana = await stage.visitor()
    ana.says('Shall I count for you?')
    const offer = await phone.receives(/count for you/)
    await phone.sends('Please do.', offer.from)
    await sees(ana, 'Please do.')

    const said = Array.from({ length: 30 }, (_, index) => `This is number ${index + 1}.`)
    const answers = Array.from({ length: 10 }, (_, index) => `I heard ${index + 1}.`)
    const telling = (async () => {
      for (const text of answers) expect(await phone.sends(text, offer.from, { tries: 200 })).toBe('taken')
    })()
    for (const [index, text] of said.entries()) {
      ana.says(text)
      if (index === 10) {
        await smsc.close()
        await waitFor('health to show it', () => channel.health().state === 'down', { timeoutMs: 30_000 })
      }
      if (index === 20) await smsc.listen()
    }
    await telling
    const waitsFor = { timeoutMs: 90_000, instead: () => phone.texts.map(({ text }) => text) }
    const arrived = () => phone.texts.map(({ text }) => text).filter((text) => /This is number/.test(text))
    await waitFor(
      'all that was said',
      async () => arrived().length + (await unknownAttempts(stage)) >= said.length,
      waitsFor,
    )
    const numbers = arrived().map((text) => Number(/number (\d+)/.exec(text)?.[1]))
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
    for (const text of answers) await sees(ana, text)
    const heard = shownTo(ana).filter((text) => text.startsWith('I heard'))
    expect(heard).toEqual(answers)
    await waitFor('health to recover', () => channel.health().state === 'up', { timeoutMs: 30_000 })
  })

  test('A8 a mistyped tag is asked about and never guessed; a reply after the conversation has closed is told so', async () => {
    stage = await openSmsStage({ responders: [bo], pool: 1 })
    const { parley } = stage
    const phone = stage.phone('bo')
    const [ana, eli] = [await stage.visitor(), await stage.visitor()]
    ana.says('Do you have boots?')
    const boots = await phone.receives(/boots/)
    await phone.sends('Yes.', boots.from)
    await sees(ana, 'Yes.')
    eli.says('Do you have tents?')
    const tents = await phone.receives(/tents/)
    const tag = /^([A-Z]\d[A-Z]?\d?): /.exec(tents.text)?.[1] ?? ''
    const last = tag.at(-1) === '9' ? '8' : '9'
    const before = phone.texts.length
    await phone.sends(`${tag.slice(0, -1)}${last} For two.`, tents.from)
    await waitFor('the question back', () => phone.texts.length > before, { timeoutMs: 30_000 })
    expect([...shownTo(ana), ...shownTo(eli)].join()).not.toContain('For two')
    await phone.sends(tag, tents.from)
    await sees(eli, 'For two.')
    expect(shownTo(ana).join()).not.toContain('For two')

    await parley.server.db.workerPool.query(
      `update conversation set state = 'closed', ends_at = now(), structure = structure + 1 where account_id = $1`,
      [parley.account.account],
    )
    const told = phone.texts.length
    expect(await phone.sends(`${tag} And for four.`, tents.from)).toBe('taken')
    await waitFor('word that it is over', () => phone.texts.length > told, { timeoutMs: 30_000 })
    expect(shownTo(eli).join()).not.toContain('for four')
    expect(parley.complaints).toEqual([])
  })

  test('an answer that comes after the end is kept and its writer is told', async () => {
    stage = await openSmsStage({ responders: [bo, cleo] })
    const [boPhone, cleoPhone] = [stage.phone('bo'), stage.phone('cleo')]
    const ana = await stage.visitor()
    ana.says('Are you open on Sunday?')
    const [offer, other] = [await boPhone.receives(/Sunday/), await cleoPhone.receives(/Sunday/)]
    await boPhone.sends('Yes.', offer.from)
    await sees(ana, 'Yes.')
    await cleoPhone.receives(/answered by someone else/)
    expect(await cleoPhone.sends('Yes, we are.', other.from)).toBe('taken')
    await cleoPhone.receives(/./)
    expect(shownTo(ana)).not.toContain('Yes, we are.')
    expect(stage.parley.complaints).toEqual([])
  })
})
