import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import {
  findLeaks,
  openBrowser,
  sendsWithGoSendxmpp,
  startProfanity,
  type TestBrowser,
  tempFolder,
  waitFor,
} from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop, type Shop } from './shop.ts'
import { Visitor } from './visitor.ts'
import { sees, shownTo } from './window-people.ts'
import { openXmppStage, publicJid, type XmppStage } from './xmpp-stage.ts'

await describeWithPeers(['prosody', 'go-sendxmpp', 'slixmpp'], 'over XMPP', () => {
  let stage: XmppStage

  beforeAll(async () => {
    stage = await openXmppStage(
      [
        { name: 'bo', alias: 'Juniper' },
        { name: 'cleo', alias: 'Heather' },
      ],
      { users: ['gus', 'fay'] },
    )
  })
  afterAll(() => stage?.close())

  test('A7 A8 A9 A10 A11 A18 a stranger asks on a page, a responder answers from an XMPP program, the other one hears that it is answered, and ticks tell what arrived and was read', async () => {
    const [bo, cleo] = [await stage.person('bo'), await stage.person('cleo')]
    const ana = await stage.visitor()
    ana.says('Are you open on Sunday?')
    const offer = await bo.receives(/Are you open on Sunday/)
    expect(offer.jid).toMatch(/^[a-z2-7]{26}@chat\.test$/)
    await cleo.receives(/Are you open on Sunday/)

    const id = bo.says(offer.jid, 'Yes, 10 to 16.')
    await bo.isToldStored(id)
    await sees(ana, 'Yes, 10 to 16.')
    await cleo.receives(/answered by someone else/)

    ana.says('Great, and where do I park?')
    const second = await bo.receives(/^Great, and where do I park\?$/)
    // The place that the question stood for is now the responder's own: the thread in their program goes on.
    expect(second.jid).toBe(offer.jid)
    expect(cleo.said().join()).not.toContain('where do I park')
    await stands('Great, and where do I park?', 'delivered')
    bo.shows(second)
    await stands('Great, and where do I park?', 'read')

    const answered = await sendsWithGoSendxmpp(stage.prosody, { user: 'bo', to: second.jid, text: 'Behind the house.' })
    expect(answered.exitCode).toBe(0)
    await sees(ana, 'Behind the house.')
    expect(stage.parley.complaints).toEqual([])
    await Promise.all([bo.leaves(), cleo.leaves()])
  })

  test('A8 one person in two conversations at once answers each by its own address', async () => {
    const bo = await stage.person('bo')
    const [ana, ben] = [await stage.visitor(), await stage.visitor()]
    ana.says('Is the blue tent in stock?')
    ben.says('Do you repair boots?')
    const tent = await bo.receives(/blue tent/)
    const boots = await bo.receives(/repair boots/)
    expect(tent.jid).not.toBe(boots.jid)
    bo.says(boots.jid, 'We do, it takes a week.')
    bo.says(tent.jid, 'Three are left.')
    await sees(ana, 'Three are left.')
    await sees(ben, 'We do, it takes a week.')
    ana.says('Keep one, please.')
    expect((await bo.receives(/Keep one/)).jid).toBe(tent.jid)
    expect(shownTo(ana)).toEqual(['Is the blue tent in stock?', 'Three are left.', 'Keep one, please.'])
    expect(shownTo(ben)).toEqual(['Do you repair boots?', 'We do, it takes a week.'])
    await bo.leaves()
  })

  test('typing is seen both ways: in the window, and in the program', async () => {
    const bo = await stage.person('bo')
    const ana = await stage.visitor()
    ana.says('Do you sell rope by the metre?')
    const { jid } = await bo.receives(/rope by the metre/)
    expect(await bo.featuresOf(jid)).toEqual(expect.arrayContaining(['http://jabber.org/protocol/chatstates']))
    bo.says(jid, 'We do.')
    await sees(ana, 'We do.')
    const exchange = exchangeOf(ana, 'We do.')
    bo.types(jid, 'composing')
    await waitFor('the window to show that somebody types', () => (ana.client?.typing(exchange).length ?? 0) > 0, {
      timeoutMs: 30_000,
    })
    bo.types(jid, 'paused')
    await waitFor('the window to show that they stopped', () => ana.client?.typing(exchange).length === 0, {
      timeoutMs: 30_000,
    })
    ana.client?.setTyping({ interaction: exchange as never }, true)
    await bo.seesTyping(jid)
    await bo.leaves()
  })

  test('A15 a stranger writes to the public address of the shop from an XMPP program, and goes on in it', async () => {
    const [bo, gus] = [await stage.person('bo'), await stage.person('gus')]
    const id = gus.says(publicJid, 'Can I bring back a kettle?')
    await gus.isToldStored(id)
    const offer = await bo.receives(/bring back a kettle/)
    expect(JSON.stringify(offer)).not.toContain('gus')
    bo.says(offer.jid, 'Within thirty days.')
    const answer = await gus.receives(/Within thirty days/)
    gus.says(answer.jid, 'And without the box?')
    await bo.receives(/without the box/)
    const seenByBo = bo.raw().filter((xml) => xml.includes('@chat.test'))
    const seenByGus = gus.raw().filter((xml) => xml.includes('@chat.test'))
    expect(findLeaks(seenByBo.join('\n'), ['gus@people.test', 'Petrosyan'])).toEqual([])
    expect(findLeaks(seenByGus.join('\n'), ['bo@people.test', 'Lindqvist'])).toEqual([])
    await Promise.all([bo.leaves(), gus.leaves()])
  })

  test('A18 a message to an address that is none, and one that cannot be read, is refused with an error that its program shows', async () => {
    const fay = await stage.person('fay')
    const nobody = await fay.isToldRefused(fay.says('nobodyatall@chat.test', 'Hello?'))
    expect(nobody).toMatchObject({ condition: 'item-not-found', type: 'cancel' })
    fay.sendsRaw(
      "<message to='help@chat.test' type='chat' id='e1'><body>x</body><encrypted xmlns='eu.siacs.conversations.axolotl'/></message>",
    )
    expect((await fay.isToldRefused('e1')).text).toMatch(/Encrypted messages cannot be read/)
    await fay.leaves()
  })

  test('C8 a file that a responder uploads to their own server reaches the window as a file, and its address does not', async () => {
    await using folder = await tempFolder('upload')
    const file = path.join(folder.path, 'opening-hours.txt')
    await writeFile(file, 'From ten to four.')
    const bo = await stage.person('bo')
    const ana = await stage.visitor()
    ana.says('Is there a list of your hours?')
    const { jid } = await bo.receives(/list of your hours/)
    bo.says(jid, 'Here it is:')
    await sees(ana, 'Here it is:')
    await sendsWithGoSendxmpp(stage.prosody, { user: 'bo', to: jid, file })
    await waitFor('the file in the window', () => filesOf(ana).includes('opening-hours.txt'), {
      timeoutMs: 60_000,
      instead: () => [shownTo(ana), bo.happened.filter(({ event }) => event === 'fault' || event === 'error')],
    })
    expect(findLeaks(JSON.stringify([...(ana.client?.transcript.interactions ?? [])]), ['upload.people.test'])).toEqual(
      [],
    )
    expect(shownTo(ana).join()).not.toContain('file_share')
    await bo.leaves()
  })

  test('A7 A18 what is asked of somebody who is away waits at their own server, and an address that is gone fails with its reason', async () => {
    const ana = await stage.visitor()
    ana.says('Do you sharpen ice axes?')
    const asked = async () => {
      const { rows } = await stage.parley.server.db.workerPool.query<{ state: string }>(
        `select d.state from delivery d join offer o using (account_id, offer_id) where o.excerpt ~ 'ice axes'`,
      )
      return rows.map(({ state }) => state)
    }
    await waitFor('the question to be handed over', async () => (await asked()).join() === 'sent,sent', {
      timeoutMs: 60_000,
      instead: asked,
    })
    const cleo = await stage.person('cleo')
    const { jid } = await cleo.receives(/ice axes/)
    cleo.says(jid, 'On Mondays.')
    await sees(ana, 'On Mondays.')
    await cleo.leaves()

    await stage.prosody.forget('cleo')
    ana.says('Which Mondays?')
    const failed = async () => {
      const { rows } = await stage.parley.server.db.workerPool.query<{ state: string; reason: string }>(
        `select d.state, d.reason from delivery d join message m using (account_id, message_id) where m.body = 'Which Mondays?'`,
      )
      return rows
    }
    await waitFor('the failure', async () => (await failed()).some(({ state }) => state === 'failed'), {
      timeoutMs: 60_000,
      instead: failed,
    })
    expect(await failed()).toContainEqual({ state: 'failed', reason: 'the other server says service-unavailable' })
  })

  test('who adds one of our addresses to their list sees it there', async () => {
    const fay = await stage.person('fay')
    fay.addsToList(publicJid)
    await fay.seesThere(publicJid)
    await fay.leaves()
  })

  async function stands(words: string, state: string): Promise<void> {
    const states = async () => {
      const { rows } = await stage.parley.server.db.workerPool.query<{ state: string }>(
        `select d.state from delivery d join message m using (account_id, message_id) where m.body = $1 and d.medium = 'xmpp'`,
        [words],
      )
      return rows.map((row) => row.state)
    }
    await waitFor(`"${words}" to be ${state}`, async () => (await states()).includes(state), {
      timeoutMs: 60_000,
      instead: states,
    })
  }
})

type Shown = Parameters<typeof shownTo>[0]

function exchangeOf({ client }: Shown, words: string): string {
  const found = [...(client?.transcript.interactions ?? [])].find(({ messages }) =>
    messages.some(({ text }) => text === words),
  )
  if (!found) throw new Error(`nobody said "${words}"`)
  return found.view.id
}

function filesOf({ client }: Shown): string[] {
  return [...(client?.transcript.interactions ?? [])].flatMap(({ messages }) =>
    messages.flatMap(({ attachments = [] }) => attachments.map(({ name }) => name)),
  )
}

await describeWithPeers(['prosody', 'profanity'], 'at a terminal', () => {
  let stage: XmppStage
  beforeAll(async () => {
    stage = await openXmppStage([{ name: 'bo', alias: 'Juniper' }])
  })
  afterAll(() => stage?.close())

  test('A7 A8 a responder answers from Profanity, and typing there is seen in the window', async () => {
    const bo = await startProfanity(stage.prosody, 'bo')
    try {
      const ana = await stage.visitor()
      ana.says('Do you lend out ladders?')
      const address = await waitFor(
        'the question on the screen',
        async () => {
          const screen = await bo.screen()
          return /[a-z2-7]{26}@chat\.test/.exec(screen)?.[0]
        },
        { timeoutMs: 30_000, instead: bo.screen },
      )
      await bo.opens(address)
      await bo.sees(/Do you lend out ladders/)
      await bo.says('By the day.')
      await sees(ana, 'By the day.')
      const exchange = exchangeOf(ana, 'By the day.')
      await bo.types('And also')
      await waitFor('typing in the window', () => (ana.client?.typing(exchange).length ?? 0) > 0, { timeoutMs: 30_000 })
      ana.says('Two metres?')
      await bo.sees(/Two metres\?/)
    } finally {
      await bo.stop()
    }
  })
})

await describeWithPeers(['prosody', 'slixmpp', 'chromium'], 'a visitor who goes on at a messenger', () => {
  let stage: XmppStage
  let shop: Shop
  let browser: TestBrowser
  beforeAll(async () => {
    shop = await openShop()
    stage = await openXmppStage([{ name: 'bo', alias: 'Juniper' }], { users: ['ana'], domain: shop.host })
    shop.embed(stage.parley.url, 'shop')
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await stage?.close()
    await shop?.close()
  })

  test('A12 A20 gives a JID in the window, types the code that came there, is answered there and answers, and nobody learns the JID', async () => {
    const [bo, anas] = [await stage.person('bo'), await stage.person('ana')]
    const ana = await Visitor.opens(browser, shop.url)
    await ana.says('Is the ferry running?')
    const { jid } = await bo.receives(/ferry running/)
    bo.says(jid, 'Until six.')
    await ana.sees('Until six.')
    await ana.goesOnElsewhere('By messenger', 'Messenger address', anas.jid, async () => {
      const { body } = await anas.receives(/\b\d{6}\b/)
      return /\b\d{6}\b/.exec(body)?.[0] ?? 'no code'
    })
    await ana.page.close()
    bo.says(jid, 'From the north pier.')
    const answer = await anas.receives(/north pier/)
    expect(answer.nick).toBe('Juniper')
    anas.says(answer.jid, 'See you there.')
    await bo.receives(/See you there/)
    const toBo = bo.raw().filter((stanza) => stanza.includes('@chat.test'))
    const toAna = anas.raw().filter((stanza) => stanza.includes('chat.test'))
    expect(findLeaks(toBo.join('\n'), ['ana@people.test', 'Castellanos'])).toEqual([])
    expect(findLeaks(toAna.join('\n'), ['bo@people.test', 'Lindqvist'])).toEqual([])
    expect([ana.problems(), stage.parley.complaints]).toEqual([[], []])
    await Promise.all([ana.leaves(), bo.leaves(), anas.leaves()])
  })
})
