import { createSipChannel } from '@parley/channel-sip'
import { createSmppChannel } from '@parley/channel-sms'
import { createXmppChannel } from '@parley/channel-xmpp'
import {
  freePort,
  type Kamailio,
  type MailNetwork,
  openBrowser,
  type Parley,
  type Prosody,
  type Smsc,
  startKamailio,
  startMailNetwork,
  startParley,
  startProsody,
  startSmsc,
  type TestBrowser,
} from '@parley/dev-env'
import type { InteractionId, PersonId } from '@parley/model'
import { readMessages, readViews } from '@parley/server/conversations'
import { spansOf } from '@parley/server/road'
import { giveOwnAddresses } from './own-addresses.ts'
import { openShop, type Shop } from './shop.ts'
import { names } from './stage.ts'

/** One shop that speaks every medium, each to real peers where there are any, with three who answer there. */
export interface FiveMediaStage {
  parley: Parley
  mail: MailNetwork
  prosody: Prosody
  smsc: Smsc
  kamailio: Kamailio
  shop: Shop
  browser: TestBrowser
  /** All that somebody may read of the conversation, interaction by interaction, as the product reads it. */
  transcriptOf(person: PersonId): Promise<string[]>
  close(): Promise<void>
}

/** How each can be reached, and what would betray them. */
export const cast = {
  ana: { mail: 'ana@people.test', betrays: ['ana@people.test', 'Castellanos'] },
  bo: {
    jid: 'bo@jabber.test',
    mail: 'bo@people.test',
    betrays: ['bo@jabber.test', 'bo@people.test', 'Lindqvist', '+49 30 901820'],
  },
  cleo: { number: '+4790055502', betrays: ['+4790055502', 'Marchetti'] },
  dag: { sip: 'sip:dag@phones.test', betrays: ['dag@phones.test', 'Halvorsen'] },
} as const

export async function openFiveMediaStage(): Promise<FiveMediaStage> {
  const sipPort = await freePort()
  const [mail, prosody, smsc, kamailio, shop, browser] = await Promise.all([
    startMailNetwork(),
    startProsody({ domain: 'jabber.test', users: ['bo'] }),
    startSmsc(),
    startKamailio({ domain: 'phones.test', users: ['dag'], ours: { port: sipPort } }),
    openShop(),
    openBrowser(),
  ])
  await Promise.all([mail.person('Ana Castellanos', cast.ana.mail), mail.person('Bo Lindqvist', cast.bo.mail)])
  const xmpp = createXmppChannel({ ...prosody.component, publicName: 'Fjord & Field' })
  const sms = createSmppChannel({
    smsc: {
      host: smsc.host,
      port: smsc.port,
      tls: null,
      systemId: smsc.systemId,
      password: smsc.password,
      systemType: '',
      isSingle: true,
    },
    reconnecting: { firstMs: 100, longestMs: 500 },
    partsPatience: { answerMs: 1_000, giveUpMs: 60_000 },
  })
  const sip = createSipChannel({
    domain: kamailio.ours.domain,
    publicHost: 'sip.chat.test',
    listen: { host: '127.0.0.1', udp: sipPort, tcp: sipPort, tls: null, ws: null, wss: null },
    proxy: kamailio.proxyFor('tcp'),
    credentials: { username: kamailio.ours.user, password: kamailio.ours.password },
    trustedPeers: ['127.0.0.1'],
    probeEveryMs: 1_000,
  })
  const person = { language: 'en', emails: [] }
  const parley = await startParley({
    mail,
    channels: [xmpp, sms, sip],
    account: {
      name: 'Fjord & Field',
      sites: [
        {
          key: 'shop',
          name: 'Fjord & Field',
          domains: [shop.host],
          topics: [],
          policy: { circle: 'private', admission: { kind: 'first-n', slots: 3 } },
        },
      ],
      responders: [
        {
          ...person,
          name: names.bo ?? '',
          alias: 'Juniper',
          emails: [cast.bo.mail],
          addresses: [{ medium: 'xmpp', value: cast.bo.jid }],
        },
        {
          ...person,
          name: names.cleo ?? '',
          alias: 'Heather',
          addresses: [{ medium: 'sms', value: cast.cleo.number }],
        },
        { ...person, name: names.dag ?? '', alias: 'Rowan', addresses: [{ medium: 'sip', value: cast.dag.sip }] },
      ],
    },
  })
  await giveOwnAddresses(parley, 'sms', { pool: ['+4790010001'] })
  shop.embed(parley.url, 'shop')
  return {
    parley,
    mail,
    prosody,
    smsc,
    kamailio,
    shop,
    browser,
    transcriptOf: (one) => transcriptOf(parley, one),
    async close() {
      await browser.close()
      await parley.stop()
      await Promise.all([shop.close(), smsc.close(), kamailio.stop(), prosody.stop(), mail.stop()])
    },
  }
}

async function transcriptOf({ server, account: { account } }: Parley, person: PersonId): Promise<string[]> {
  return server.db.read(account, async (reader) => {
    const lines: { at: string; text: string }[] = []
    for (const { view, structure } of await readViews(reader, { account, person, language: 'en', limit: 10 })) {
      for (const { id } of view.interactions) {
        const page = await readMessages(reader, {
          account,
          person,
          interaction: id as InteractionId,
          spans: spansOf(structure, person),
          cursor: { after: 0 },
          url: () => '',
        })
        lines.push(...page.messages)
      }
    }
    // What is said to several stands in several exchanges; in a person's own view it is one.
    const once = new Map(lines.map(({ at, text }) => [`${at} ${text}`, { at, text }]))
    return [...once.values()].sort((a, b) => (a.at < b.at ? -1 : 1)).map(({ text }) => text)
  })
}
