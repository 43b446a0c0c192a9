import { findLeaks, XmppPerson } from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import type { PersonId } from '@parley/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cast, type FiveMediaStage, openFiveMediaStage } from './five-media-stage.ts'
import { noisyPicture } from './noisy-picture.ts'
import { Visitor } from './visitor.ts'

await describeWithPeers(
  ['postfix', 'dovecot', 'chromium', 'prosody', 'slixmpp', 'kamailio'],
  'five media in one conversation',
  () => {
    let stage: FiveMediaStage

    beforeAll(async () => {
      stage = await openFiveMediaStage()
    })
    afterAll(() => stage?.close())

    test('A8 A9 A11 A12 A13 A14 A20 C2 C8 a visitor and three who answer use the web, mail, text messages, XMPP and SIP, two of them move, and each ends with their own part of one transcript, and with nothing of anybody else', async () => {
      const { mail, parley } = stage
      const [boMail, anaMail] = [await mail.person('Bo', cast.bo.mail), await mail.person('Ana', cast.ana.mail)]
      const bo = await XmppPerson.signsIn(stage.prosody, 'bo')
      const cleo = stage.smsc.phone(cast.cleo.number)
      const dag = await stage.kamailio.phone('dag')

      // Ana, at the window, asks; each of the three answers where they were asked.
      const ana = await Visitor.opens(stage.browser, stage.shop.url)
      await ana.says('Which boots for a glacier?')
      const byXmpp = await bo.receives(/glacier/)
      const byText = await cleo.receives(/glacier/)
      const bySip = await dag.receives(/glacier/)
      bo.says(byXmpp.jid, 'Stiff ones.')
      await ana.sees('Stiff ones.')
      expect(await cleo.sends('With crampons.', byText.from)).toBe('taken')
      await ana.sees('With crampons.')
      expect(await dag.replies(bySip, 'One size up.')).toBe(200)
      await ana.sees('One size up.')
      expect((await ana.faces()).map(({ alias }) => alias)).toEqual(['Juniper', 'Heather', 'Rowan'])

      // To all, with a picture that names her.
      const picture = noisyPicture(40_000, 'Ana Castellanos')
      await ana.attaches({ name: 'my boots.png', mimeType: 'image/png', buffer: picture })
      await ana.says('Are these stiff enough?')
      const links = [
        (await bo.receives(/stiff enough/)).body,
        (await cleo.receives(/stiff enough/)).text,
        (await dag.receives(/stiff enough/)).text,
      ].map(linkIn)

      // Bo moves to mail, by answering the question there, and sends a picture that names him.
      const question = await boMail.receivesEmail(/glacier/)
      await boMail.repliesTo(question, 'Not quite. Rather these.', {
        signature: 'Bo Lindqvist\n+49 30 901820',
        quoting: 'outlook',
        attachments: [
          { filename: 'these.png', content: noisyPicture(30_000, 'Bo Lindqvist'), contentType: 'image/png' },
        ],
      })
      await ana.sees('Not quite. Rather these.')

      // Ana moves to mail; what Cleo says by text message reaches her there, and her answer goes to Cleo alone.
      await ana.goesOnElsewhere('By email', 'Email address', cast.ana.mail, async () => {
        const { text } = await anaMail.receivesEmail(/code/i)
        return /\b\d{6}\b/.exec(text)?.[0] ?? 'no code'
      })
      await ana.page.close()
      expect(await cleo.sends('One pair is left.', byText.from)).toBe('taken')
      const answer = await anaMail.receivesEmail(/One pair is left/)
      expect(answer.from.name).toBe('Heather')
      await anaMail.repliesTo(answer, 'Keep it for me.', { signature: 'Ana Castellanos', quoting: 'gmail' })
      await cleo.receives(/Keep it for me/)

      // And back at the window she says goodbye to all, each where they are now.
      const back = new Visitor(ana.person, await ana.person.newPage())
      await back.goes(stage.shop.url)
      await back.opensWindow()
      const theirs = await back.window.locator('a.picture').last().getAttribute('href')
      const boots = await back.page.request.get(new URL(theirs ?? '', parley.url).href)
      expect((await boots.body()).length).toBeGreaterThan(20_000)
      await back.says('Thank you all.')
      await boMail.receivesEmail(/Thank you all/)
      await cleo.receives(/Thank you all/)
      await dag.receives(/Thank you all/)
      expect(bo.said().join()).not.toContain('Thank you all')

      const toAll = ['Which boots for a glacier?', 'Are these stiff enough?', 'Thank you all.'] as const
      const [asked, shown, thanks] = toAll
      const { account } = parley
      const [boId, cleoId, dagId] = account.responders.map(({ person }) => person)
      const { rows } = await parley.server.db.workerPool.query<{ visitor_id: PersonId }>(
        'select visitor_id from conversation',
      )
      expect(rows).toHaveLength(1)
      const read = async (person: PersonId | undefined) =>
        (await stage.transcriptOf(person ?? raise())).map((text) => text.split('\n')[0])
      expect(await read(rows[0]?.visitor_id)).toEqual([
        asked,
        'Stiff ones.',
        'With crampons.',
        'One size up.',
        shown,
        'Not quite. Rather these.',
        'One pair is left.',
        'Keep it for me.',
        thanks,
      ])
      expect(await read(boId)).toEqual([asked, 'Stiff ones.', shown, 'Not quite. Rather these.', thanks])
      expect(await read(cleoId)).toEqual([
        asked,
        'With crampons.',
        shown,
        'One pair is left.',
        'Keep it for me.',
        thanks,
      ])
      expect(await read(dagId)).toEqual([asked, 'One size up.', shown, thanks])

      // Law 6: what reached each, on every medium, opened as far as it opens.
      const reached = {
        ana: [...(await anaMail.allRaw()), await boots.body()],
        bo: [...bo.raw().filter((xml) => xml.includes('@chat.test')), ...(await boMail.allRaw())],
        cleo: stage.smsc.submitted.map((one) => JSON.stringify(one)),
        dag: dag.received.map(({ raw }) => raw),
      }
      for (const [name, pieces] of Object.entries(reached)) expect([name, pieces.length >= 2]).toEqual([name, true])
      const files = await Promise.all(links.map(opened))
      expect(files.map(({ length }) => length > 30_000)).toEqual([true, true, true])
      reached.bo.push(files[0] ?? raise())
      reached.cleo.push(files[1]?.toString('latin1') ?? raise())
      reached.dag.push(files[2]?.toString('latin1') ?? raise())
      for (const name of ['ana', 'bo', 'cleo', 'dag'] as const) {
        const others = (['ana', 'bo', 'cleo', 'dag'] as const).filter((one) => one !== name)
        const identities = others.flatMap((one) => [...cast[one].betrays])
        expect([name, reached[name].flatMap((piece) => findLeaks(piece, identities))]).toEqual([name, []])
        // The search does find what is there: their own address, on the way to them.
        const [own] = cast[name].betrays
        expect([name, reached[name].some((piece) => findLeaks(piece, [own]).length > 0)]).toEqual([name, true])
      }
      const responders = [...cast.bo.betrays, ...cast.cleo.betrays, ...cast.dag.betrays]
      expect(await ana.heard.leaks(responders)).toEqual([])
      expect(ana.heard.pieces).toBeGreaterThan(10)
      expect([ana.problems(), parley.complaints]).toEqual([[], []])
      await Promise.all([bo.leaves(), back.leaves()])
    })
  },
)

/** The address of our page for a file, in a line of text. */
function linkIn(text: string): string {
  return /https?:\/\/\S+\/f\/\S+/.exec(text)?.[0] ?? raise(`there is no link in: ${text}`)
}

/** The page behind a link, with the file that it gives. */
async function opened(link: string): Promise<Buffer> {
  const page = await fetch(link, { headers: { accept: 'text/html' } })
  const html = await page.text()
  const href = /href="([^"]+)" download/.exec(html)?.[1] ?? raise('there is no file on the page')
  const file = await fetch(new URL(href.replaceAll('&amp;', '&'), link))
  return Buffer.concat([Buffer.from(html), Buffer.from(await file.arrayBuffer())])
}

function raise(what = 'there is none'): never {
  throw new Error(what)
}
