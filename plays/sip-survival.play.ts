import { waitFor } from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSipStage, type SipStage } from './sip-stage.ts'
import { sees, shownTo } from './window-people.ts'

await describeWithPeers(['kamailio'], 'a SIP proxy that dies', () => {
  let stage: SipStage

  beforeAll(async () => {
    stage = await openSipStage([{ name: 'bo', alias: 'Juniper' }])
  })
  afterAll(() => stage?.close())

  test('A8 the proxy is killed under load and comes back: health shows it, nothing is lost, and what arrives twice is the same message by its Call-ID', async () => {
    const { kamailio, channel } = stage
    const bo = await kamailio.phone('bo')
    const ana = await stage.visitor()
    ana.says('Shall I count for you?')
    const offer = await bo.receives(/count for you/)
    await bo.replies(offer, 'Please do.')
    await sees(ana, 'Please do.')

    const said = Array.from({ length: 30 }, (_, index) => `This is number ${index + 1}.`)
    const answers = Array.from({ length: 15 }, (_, index) => `I heard ${index + 1}.`)
    const telling = (async () => {
      for (const text of answers) await bo.insists(offer.from, text)
    })()
    for (const [index, text] of said.entries()) {
      ana.says(text)
      if (index === 10) {
        await kamailio.kill()
        await waitFor('health to show it', () => channel.health().state === 'down', { timeoutMs: 30_000 })
      }
      if (index === 20) {
        await kamailio.start()
        await bo.registers()
      }
    }
    await telling
    const arrived = () => bo.received.filter(({ text }) => /This is number/.test(text))
    const numbers = () => [...new Set(arrived().map(({ text }) => Number(/number (\d+)/.exec(text)?.[1])))]
    await waitFor('all that was said', () => numbers().length === said.length, { timeoutMs: 90_000, instead: numbers })
    expect(numbers()).toEqual([...numbers()].sort((a, b) => a - b))
    const callIds = new Set(arrived().map(({ raw }) => /^Call-ID: (.+)$/im.exec(raw)?.[1]))
    expect(callIds.size).toBe(said.length)
    for (const text of answers) await sees(ana, text)
    expect(shownTo(ana).filter((text) => text.startsWith('I heard'))).toEqual(answers)
    await waitFor('health to recover', () => channel.health().state === 'up', { timeoutMs: 30_000 })
  })
})
