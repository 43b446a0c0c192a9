import { createServer } from 'node:http'
import { RecordingHost } from '@parley/channel-sdk/conformance'
import { startKannel } from '@parley/dev-env/kannel'
import { startNetSmpp } from '@parley/dev-env/net-smpp'
import { startSmsc } from '@parley/dev-env/smsc'
import { waitFor } from '@parley/dev-env/wait-for'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { expect, it } from 'vitest'
import { createKannelChannel } from './kannel/kannel-channel.ts'
import { createSmppChannel } from './smpp-channel.ts'
import { aDelivery, BO, isUp, OUR_NUMBER } from './smpp-rig.fixture.ts'
import { decodeGsm } from './text/gsm-text.ts'

const patient = { timeoutMs: 60_000 }

await describeWithPeers(['net-smpp'], 'with a service centre written in Perl', () => {
  it('binds, sends every alphabet, hears receipts with decimal ids, and takes what phones write (A8)', async () => {
    const perl = await startNetSmpp()
    const host = new RecordingHost().uses(OUR_NUMBER)
    const known = new Set<string>()
    host.answerReport = ({ of }) => ('providerId' in of && known.has(of.providerId) ? 'taken' : 'unknown')
    const channel = createSmppChannel({
      smsc: {
        host: perl.host,
        port: perl.port,
        tls: null,
        systemId: 'parley',
        password: 'secret',
        systemType: '',
        isSingle: true,
      },
    })
    try {
      await channel.start(host)
      await isUp(channel)
      const texts = ['Prices in € {all}', 'Ответ 😀', 'one that is very long, is it? '.repeat(9).trim()]
      const ids: string[] = []
      for (const [index, text] of texts.entries()) {
        const outcome = await channel.send(aDelivery({ reference: `ref-${index}` }, text))
        if (outcome.status !== 'sent') throw new Error(`it was not sent: ${JSON.stringify(outcome)}`)
        for (const id of outcome.providerIds ?? []) known.add(id)
        ids.push(...(outcome.providerIds ?? []))
      }
      const submitted = () => perl.events().flatMap((event) => (event.kind === 'submit' ? [event] : []))
      await waitFor('what it saw', () => submitted().length >= 4, patient)
      const submits = submitted()
      expect(submits.map(({ dataCoding, esmClass }) => [dataCoding, esmClass])).toEqual([
        [0, 0],
        [8, 0],
        [0, 0x40],
        [0, 0x40],
      ])
      expect(decodeGsm(Buffer.from(submits[0]?.hex ?? '', 'hex'))).toBe(texts[0])
      expect(
        Buffer.from(submits[1]?.hex ?? '', 'hex')
          .swap16()
          .toString('utf16le'),
      ).toBe(texts[1])
      const parts = submits.slice(2).map(({ hex }) => decodeGsm(Buffer.from(hex, 'hex').subarray(6)))
      expect(parts.join('')).toBe(texts[2])

      const delivered = () =>
        new Set(
          host.reports.flatMap(({ of, state }) => ('providerId' in of && state === 'delivered' ? [of.providerId] : [])),
        )
      await waitFor('all receipts', () => ids.every((id) => delivered().has(id)), patient)
      const said = () => host.received.map(({ said }) => said.visible)
      await waitFor('the answer', () => said().length > 0, patient)
      expect(said()).toContain('Yes, the first part. And the second one. And the last.')
      expect(host.received[0]?.from).toMatchObject({ address: BO, standing: 'proven' })
      await waitFor('our answers', () => perl.events().filter(({ kind }) => kind === 'answered').length >= 8, patient)
      const answers = perl.events().flatMap((event) => (event.kind === 'answered' ? [event.status] : []))
      expect(new Set(answers)).toEqual(new Set([0]))
    } finally {
      await channel.stop()
      await waitFor('our goodbye', () => perl.events().some(({ kind }) => kind === 'unbind'), patient)
      await perl.stop()
    }
  })
})

await describeWithPeers(['kannel'], 'with a real Kannel', () => {
  it('phones and we reach each other through it, in every alphabet, and it tells what became of each (A8)', async () => {
    const smsc = await startSmsc()
    let take: ReturnType<typeof createKannelChannel>['takeHttp']
    // In place of the server: hands the channel what Kannel calls.
    const web = createServer(async (request, response) => {
      const url = request.url ?? ''
      const path = url.slice('/channels/kit'.length).split('?')[0] ?? ''
      const answer = await take?.({
        method: 'GET',
        url: `http://x${url}`,
        path,
        headers: {},
        body: new Uint8Array(),
      }).catch(() => null)
      response.writeHead(answer?.status ?? 503)
      response.end(answer?.body ?? '')
    })
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
    const address = web.address()
    const httpUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/channels/kit`
    const kannel = await startKannel(smsc, { inUrl: `${httpUrl}/in` })
    const host = Object.assign(new RecordingHost().uses(OUR_NUMBER), { httpUrl })
    const { sendUrl, username, password, secret } = kannel
    const channel = createKannelChannel({ sendUrl, username, password, secret })
    take = (request) => channel.takeHttp?.(request) ?? Promise.resolve({ status: 503 })
    try {
      await channel.start(host)
      await isUp(channel)
      await waitFor('Kannel to be bound', () => smsc.bound === 1, patient)
      const texts = ['Prices in € {all}? Åpent & 100%', 'Ответ 😀 + ja', 'A long one, with ø & ü. '.repeat(15).trim()]
      for (const [index, text] of texts.entries()) {
        expect(await channel.send(aDelivery({ reference: `ref-${index}` }, text))).toMatchObject({ status: 'sent' })
      }
      const phone = smsc.phone(BO)
      await waitFor('the texts', () => phone.texts.length === 3, {
        ...patient,
        instead: () => kannel.output().slice(-3_000),
      })
      expect(phone.texts.map(({ text }) => text).sort()).toEqual([...texts].sort())
      expect(new Set(phone.texts.map(({ from }) => from))).toEqual(new Set([OUR_NUMBER]))
      const delivered = () =>
        host.reports.flatMap(({ of, state }) => ('providerId' in of && state === 'delivered' ? [of.providerId] : []))
      await waitFor('the reports', () => new Set(delivered()).size === 5, { ...patient, instead: () => host.reports })
      expect([...new Set(delivered())].sort()).toEqual(['ref-0.1', 'ref-1.1', 'ref-2.1', 'ref-2.2', 'ref-2.3'])

      const replies = ['Ja, 100% & mer €?', 'Жду 😀', `${'Ein langer Text mit ö. '.repeat(12)}Ende`]
      for (const text of replies) expect(await phone.sends(text, OUR_NUMBER)).toBe('taken')
      await waitFor('the replies', () => host.received.length === 3, {
        ...patient,
        instead: () => kannel.output().slice(-3_000),
      })
      expect(host.received.map(({ said }) => said.visible).sort()).toEqual([...replies].sort())
      expect(host.received[0]).toMatchObject({ to: OUR_NUMBER, from: { address: BO } })
      // Nothing of ours goes back to the phone as Kannel's answer.
      expect(phone.texts).toHaveLength(3)
    } finally {
      await channel.stop()
      await kannel.stop()
      web.closeAllConnections()
      web.close()
      await smsc.close()
    }
  })
})
