import {
  type MailNetwork,
  openBrowser,
  type Parley,
  startMailNetwork,
  startParley,
  type TestBrowser,
} from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop, type Shop } from './shop.ts'
import { Visitor } from './visitor.ts'

await describeWithPeers(['postfix', 'dovecot', 'chromium'], 'the main story', () => {
  let mail: MailNetwork
  let parley: Parley
  let shop: Shop
  let browser: TestBrowser

  beforeAll(async () => {
    mail = await startMailNetwork()
    shop = await openShop()
    parley = await startParley({
      mail,
      account: {
        name: 'Fjord & Field',
        sites: [{ key: 'shop', name: 'Fjord & Field', domains: [shop.host], topics: [] }],
        responders: [
          { name: 'Bo Lindqvist', alias: 'Juniper', language: 'en', emails: ['bo@people.test'] },
          { name: 'Cleo Marchetti', alias: 'Heather', language: 'en', emails: ['cleo@people.test'] },
        ],
      },
    })
    shop.embed(parley.url, 'shop')
    browser = await openBrowser()
  })

  afterAll(async () => {
    await browser?.close()
    await parley?.stop()
    await shop?.close()
    await mail?.stop()
  })

  test('A1 A2 A7 A8 A9 A10 A11 a stranger asks on a page, a responder answers by mail, and both go on without learning the other’s address', async () => {
    const bo = await mail.person('Bo Lindqvist', 'bo@people.test')
    const cleo = await mail.person('Cleo Marchetti', 'cleo@people.test')
    const ana = await Visitor.opens(browser, shop.url)
    await ana.says('Are you open on Sunday?')

    const offer = await bo.receivesEmail(/Are you open on Sunday/)
    await bo.repliesTo(offer, 'Yes, 10 to 16.', { quoting: 'outlook' })
    await ana.sees('Yes, 10 to 16.')

    await cleo.receivesEmail(/Are you open on Sunday/)
    await cleo.receivesEmail(/answered by someone else/)

    await ana.says('Great, and where do I park?')
    const second = await bo.receivesEmail(/where do I park/)
    await bo.repliesTo(second, 'Behind the house.', { quoting: 'gmail' })
    await ana.sees('Behind the house.')

    expect(await ana.transcript()).toEqual([
      'Are you open on Sunday?',
      'Yes, 10 to 16.',
      'Great, and where do I park?',
      'Behind the house.',
    ])
    expect(ana.problems()).toEqual([])
    expect(parley.complaints).toEqual([])
    await ana.leaves()
  })
})
