import { createKannelChannel } from '@parley/channel-sms'
import { freePort, startMailNetwork, startSmsc, waitFor } from '@parley/dev-env'
import { startKannel } from '@parley/dev-env/kannel'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterEach, expect, test } from 'vitest'
import { Answerer } from './answerer.ts'
import { openSmsStage, publicNumber, type SmsStage, unknownAttempts } from './sms-stage.ts'
import { sees, shownTo } from './window-people.ts'

let stage: SmsStage
afterEach(() => stage?.close())

const bo = { name: 'bo', alias: 'Juniper' }

await describeWithPeers(['postfix', 'dovecot'], 'a stranger with a phone', () => {
  test('A8 A11 A14 A15 writes to the shop’s number, is answered by mail, and then from the desk; neither address shows anywhere', async () => {
    const mail = await startMailNetwork()
    try {
      const bo = await mail.person('Bo Lindqvist', 'bo@people.test')
      stage = await openSmsStage({
        mail,
        responders: [{ name: 'bo', alias: 'Juniper', emails: ['bo@people.test'], addresses: [] }],
      })
      const { parley } = stage
      const gus = stage.phone('gus')
      expect(await gus.sends('Habt ihr am Sonntag geöffnet?', publicNumber)).toBe('taken')
      const offer = await bo.receivesEmail(/Habt ihr am Sonntag geöffnet/)
      await bo.repliesTo(offer, 'Yes, 10 to 16.', { quoting: 'gmail' })
      const answer = await gus.receives(/Yes, 10 to 16/)
      expect(answer).toMatchObject({ from: publicNumber, text: 'Yes, 10 to 16.' })
      expect(await gus.sends('And where do I park?', answer.from)).toBe('taken')
      const second = await bo.receivesEmail(/where do I park/)

      const person = parley.account.responders[0]?.person
      if (!person) throw new Error('Bo is no responder here')
      const desk = await Answerer.signsIn(parley, person, 'bo@people.test')
      const exchange = () =>
        desk.helds().find(({ messages }) => messages.some(({ text }) => text.includes('where do I park')))
      const held = await waitFor('the exchange at the desk', exchange, { timeoutMs: 30_000 })
      desk.says(held.view.id, 'Behind the house.')
      const third = await gus.receives(/Behind the house/)
      expect(third.from).toBe(publicNumber)
      desk.leaves()

      const seenByBo = JSON.stringify([offer, second])
      expect(seenByBo).not.toMatch(/90055507|9005\s?5507/)
      expect(gus.texts.map(({ text }) => text).join()).not.toMatch(/people\.test|Lindqvist/)
      expect(parley.complaints).toEqual([])
    } finally {
      await mail.stop()
    }
  })
})

await describeWithPeers(['kannel'], 'with a real Kannel between', () => {
  test('A7 A8 A18 it is killed under load and comes back: health shows it, nothing is lost, nothing arrives twice', async () => {
    const port = await freePort()
    const smsc = await startSmsc()
    const kannel = await startKannel(smsc, { inUrl: `http://127.0.0.1:${port}/channels/sms/in` })
    const { sendUrl, username, password, secret } = kannel
    const probing = { firstMs: 200, longestMs: 1_000 }
    const channel = createKannelChannel({ sendUrl, username, password, secret, probing })
    try {
      stage = await openSmsStage({ responders: [bo], gateway: { smsc, channel, port } })
      const phone = stage.phone('bo')
      const ana = await stage.visitor()
      ana.says('Shall I count for you?')
      const offer = await phone.receives(/count for you/)
      expect(await phone.sends('Please do.', offer.from)).toBe('taken')
      await sees(ana, 'Please do.')
      const said = Array.from({ length: 20 }, (_, index) => `This is number ${index + 1}.`)
      for (const [index, text] of said.entries()) {
        ana.says(text)
        if (index === 8) {
          await kannel.killSmsbox()
          await phone.sends('I hear you.', offer.from)
          await waitFor('health to show it', () => channel.health().state === 'down', { timeoutMs: 30_000 })
        }
        if (index === 14) await kannel.startSmsbox()
      }
      const numbers = () => phone.texts.flatMap(({ text }) => Number(/number (\d+)/.exec(text)?.[1] ?? 0) || [])
      const waits = { timeoutMs: 90_000, instead: () => phone.texts.map(({ text }) => text) }
      await waitFor(
        'all that was said',
        async () => numbers().length + (await unknownAttempts(stage)) >= said.length,
        waits,
      )
      expect(new Set(numbers()).size).toBe(numbers().length)
      await sees(ana, 'I hear you.')
      expect(shownTo(ana).filter((text) => text === 'I hear you.')).toHaveLength(1)
      await waitFor('health to recover', () => channel.health().state === 'up', { timeoutMs: 30_000 })
    } finally {
      await kannel.stop()
    }
  })
})
