import { JsSipPhone, openBrowser, startBaresip, startLinphone, type TestBrowser, waitFor } from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSipStage, publicUser, type SipStage } from './sip-stage.ts'
import { sees } from './window-people.ts'

await describeWithPeers(
  ['kamailio', 'linphone', 'baresip', 'chromium'],
  'over SIP, with phone programs of others',
  () => {
    let stage: SipStage
    let browser: TestBrowser

    beforeAll(async () => {
      stage = await openSipStage([{ name: 'bo', alias: 'Juniper' }], { users: ['gus', 'fay'], transport: 'udp' })
      browser = await openBrowser()
    })
    afterAll(async () => {
      await browser?.close()
      await stage?.close()
    })

    test('A7 A8 A10 A11 A18 a responder answers from Linphone, and what it reports is known', async () => {
      const bo = await startLinphone(stage.kamailio, 'bo')
      const ana = await stage.visitor()
      ana.says('Are you open on Sunday?')
      const offer = await bo.receives(/Are you open on Sunday/)
      bo.sends(offer.from, 'Yes, 10 to 16.')
      await sees(ana, 'Yes, 10 to 16.')
      ana.says('Great, and where do I park?')
      const second = await bo.receives(/where do I park/)
      bo.sends(second.from, 'Behind the house.')
      await sees(ana, 'Behind the house.')
      const states = async () => {
        const { rows } = await stage.parley.server.db.workerPool.query<{ state: string }>(
          `select state from delivery where medium = 'sip' order by sequence`,
        )
        return rows.map(({ state }) => state)
      }
      await waitFor('the phone to report', async () => (await states()).includes('delivered'), {
        timeoutMs: 30_000,
        instead: states,
      })
      expect(stage.parley.complaints).toEqual([])
      await bo.close()
    })

    test('A15 somebody writes to the site from JsSIP in a browser, and reads the answer there', async () => {
      const gus = await JsSipPhone.opens(await browser.newPerson(), stage.kamailio, 'gus')
      const bo = await stage.kamailio.phone('bo')
      expect(await gus.sends(`sip:${publicUser}`, 'Vermietet ihr Zelte? ⛺')).toBeLessThan(300)
      const offer = await bo.receives(/Vermietet ihr Zelte\? ⛺/)
      await bo.replies(offer, 'Ja, ab Mai.')
      const answer = await gus.receives(/Ja, ab Mai/)
      expect(await gus.sends(answer.from, 'Wunderbar.')).toBe(200)
      await bo.receives(/Wunderbar/)
      expect(stage.parley.complaints).toEqual([])
    })

    test('A15 C7 somebody writes to the site from baresip, and what they write there later lands in the same conversation', async () => {
      const fay = await startBaresip(stage.kamailio, 'fay', `sip:${publicUser}`)
      const bo = await stage.kamailio.phone('bo')
      fay.says('Is the red kayak still there?')
      const offer = await bo.receives(/red kayak/)
      await bo.replies(offer, 'It is, until noon.')
      await fay.receives(/It is, until noon/)
      fay.says('I take it.')
      const second = await bo.receives(/I take it/)
      expect(second.from).toBe(offer.from)
      expect(stage.parley.complaints).toEqual([])
      await fay.close()
    })
  },
)
