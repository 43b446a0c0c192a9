import { channelContract } from '@parley/channel-sdk/conformance'
import { certificate } from '@parley/dev-env/certificate'
import { waitFor } from '@parley/dev-env/wait-for'
import { describe, expect, it } from 'vitest'
import { createSmppChannel } from './smpp-channel.ts'
import { aDelivery, BO, isUp, OUR_NUMBER, smppRig, whileUp } from './smpp-rig.fixture.ts'

describe('the contract of every channel, kept by SMPP', () => {
  const checks = channelContract(async () => {
    const rig = await smppRig()
    const { channel } = rig
    return {
      // The kit sends at once; a channel that is still connecting rightly says "later".
      channel: {
        ...channel,
        async start(host) {
          await channel.start(host)
          await isUp(channel)
        },
        send: (delivery) => channel.send(delivery),
        stop: () => channel.stop(),
        health: () => channel.health(),
      },
      host: rig.host,
      ourAddress: OUR_NUMBER,
      unknownAddress: '+4790019999',
      delivery: (reference, text) => aDelivery({ reference }, text),
      says: (to, text, id) => rig.smsc.phone(BO).sends(text, to, { id, tries: 1 }),
      arrived: async () => rig.smsc.submitted.map(({ text }) => text),
      refusesAddress: async () => {
        rig.smsc.judge = () => ({ status: 0x0b })
      },
      goesAway: async () => {
        await rig.smsc.close()
        await waitFor('the channel to notice', () => channel.health().state === 'down')
      },
      comesBack: async () => {
        await rig.smsc.listen()
      },
      dispose: rig.dispose,
    }
  })
  for (const { title, run } of checks) it(title, run)
})

describe('sending by SMPP', () => {
  it('a long text arrives whole on the phone, whatever its alphabet (A8)', async () => {
    await whileUp(async ({ channel, smsc }) => {
      const texts = [
        `${'Yes, we are. '.repeat(30)}{€}`,
        'Мы открыты и в воскресенье. '.repeat(9),
        `${'👨‍👩‍👧‍👦'.repeat(14)} ok`,
      ]
      for (const [index, text] of texts.entries()) {
        const outcome = await channel.send(aDelivery({ reference: `ref-${index}` }, text))
        expect(outcome).toMatchObject({ status: 'sent' })
        const shown = smsc.phone(BO).texts.at(-1)
        expect(shown).toMatchObject({ from: OUR_NUMBER, text: text.trim() })
        expect(shown?.parts).toBeGreaterThan(1)
        expect(outcome.status === 'sent' && outcome.providerIds).toHaveLength(shown?.parts ?? 0)
      }
    })
  })

  it('a text that needs more than ten messages is refused for itself, so that another address takes it', async () => {
    await whileUp(async ({ channel, smsc }) => {
      const outcome = await channel.send(aDelivery({}, 'a'.repeat(1_531)))
      expect(outcome).toEqual({
        status: 'rejected',
        scope: 'message',
        reason: 'too long for 10 text messages: it takes 11',
      })
      expect(await channel.send(aDelivery({}, 'a'.repeat(1_530)))).toMatchObject({ status: 'sent' })
      expect(smsc.submitted).toHaveLength(10)
    })
  })

  it('an SMSC that has too much to do is left alone for a while, and is told nothing meanwhile', async () => {
    await whileUp(
      async ({ channel, smsc }) => {
        smsc.judge = () => ({ status: 0x58 })
        const first = await channel.send(aDelivery())
        expect(first).toMatchObject({ status: 'retry', reason: 'throttled, 0x58' })
        expect(first.status === 'retry' && first.afterMs).toBeGreaterThan(50_000)
        expect(await channel.send(aDelivery())).toMatchObject({ status: 'retry', afterMs: expect.any(Number) })
        expect(smsc.offered).toBe(1)
      },
      { throttling: { firstMs: 60_000, longestMs: 60_000 } },
    )
  })

  it('a full queue in the middle of a long text is waited for, and no part is sent twice', async () => {
    await whileUp(async ({ channel, smsc }) => {
      let complaints = 2
      smsc.judge = ({ concatenation }) => (concatenation?.part === 2 && complaints-- > 0 ? { status: 0x14 } : 'take')
      expect(await channel.send(aDelivery({}, 'Yes. '.repeat(80)))).toMatchObject({ status: 'sent' })
      expect(smsc.submitted.map(({ concatenation }) => concatenation?.part)).toEqual([1, 2, 3])
      expect(smsc.phone(BO).texts).toHaveLength(1)
    })
  })

  it('what the SMSC never answered for is unknown, and not sent again', async () => {
    await whileUp(
      async ({ channel, smsc }) => {
        smsc.judge = () => 'swallow'
        expect(await channel.send(aDelivery())).toEqual({
          status: 'unknown',
          reason: 'the SMSC did not answer in time',
        })
        expect(smsc.offered).toBe(1)
      },
      { limits: { answerMs: 300 } },
    )
  })

  it('what was on its way when the connection broke is unknown; what comes after it waits', async () => {
    await whileUp(async ({ channel, smsc }) => {
      smsc.judge = () => 'swallow'
      const sending = channel.send(aDelivery())
      await waitFor('the submission', () => smsc.offered === 1)
      await smsc.close()
      expect(await sending).toMatchObject({ status: 'unknown' })
      expect(await channel.send(aDelivery())).toMatchObject({ status: 'retry' })
    })
  })

  it('no more than the window allows are on their way at once', async () => {
    await whileUp(
      async ({ channel, smsc }) => {
        let release = () => {}
        const released = new Promise<void>((resolve) => {
          release = resolve
        })
        smsc.beforeAnswer = () => released
        const sending = Array.from({ length: 5 }, (_, index) => channel.send(aDelivery({ reference: `ref-${index}` })))
        await waitFor('the first two', () => smsc.offered === 2)
        expect(await smsc.enquires()).toBe(true)
        expect(smsc.offered).toBe(2)
        release()
        expect((await Promise.all(sending)).map(({ status }) => status)).toEqual(Array(5).fill('sent'))
      },
      { limits: { window: 2 } },
    )
  })

  it('a message that may have arrived before says so in the reader’s language', async () => {
    await whileUp(async ({ channel, smsc }) => {
      await channel.send(aDelivery({ maybeTwice: true, language: 'de' }, 'Ja.'))
      expect(smsc.phone(BO).texts).toMatchObject([{ text: '(doppelt?) Ja.' }])
    })
  })

  it('a notice that nobody can answer comes from a number of the account, else from the name for such, and without either is not sent', async () => {
    const notice = aDelivery({ relay: null, kind: 'notice' }, 'Your code: 123456')
    await whileUp(
      async ({ channel, smsc }) => {
        expect(await channel.send(notice)).toMatchObject({ status: 'sent' })
        expect(await channel.send({ ...notice, own: OUR_NUMBER })).toMatchObject({ status: 'sent' })
        expect(smsc.submitted).toMatchObject([{ from: 'Fjord' }, { from: OUR_NUMBER }])
      },
      { sender: 'Fjord' },
    )
    await whileUp(async ({ channel }) => {
      expect(await channel.send(notice)).toMatchObject({ status: 'rejected', scope: 'message' })
    })
  })
})

describe('the connection to the SMSC', () => {
  it('a wrong password is a state of health with its reason', async () => {
    const rig = await smppRig()
    rig.smsc.bindStatus = 0x0e
    await rig.channel.start(rig.host)
    const ill = await waitFor('the refusal', () => {
      const health = rig.channel.health()
      return health.state === 'down' && health.reason.includes('password') ? health : null
    })
    expect(ill.reason).toBe('the SMSC refused the bind (wrong password, 0x0e)')
    rig.smsc.bindStatus = 0
    await isUp(rig.channel)
    await rig.channel.stop()
    await rig.dispose()
  })

  it('goes over TLS where that is wanted, and to nobody whose certificate is not trusted', async () => {
    const { key, cert } = certificate()
    const rig = await smppRig({}, { host: 'localhost', tls: { key, cert } })
    const { host, port, systemId, password } = rig.smsc
    const smsc = { host, port, systemId, password, systemType: '', isSingle: true }
    const wary = createSmppChannel({ smsc: { ...smsc, tls: {} }, reconnecting: { firstMs: 50, longestMs: 100 } })
    await wary.start(rig.host)
    await waitFor('the refusal', () => {
      const health = wary.health()
      return health.state === 'down' && /SELF_SIGNED|UNABLE_TO_VERIFY|LEAF/.test(health.reason)
    })
    await wary.stop()
    expect(rig.smsc.bound).toBe(0)
    const trusting = createSmppChannel({ smsc: { ...smsc, tls: { ca: cert } } })
    await trusting.start(rig.host)
    await isUp(trusting)
    expect(await trusting.send(aDelivery())).toMatchObject({ status: 'sent' })
    await trusting.stop()
    await rig.dispose()
  })

  it('an SMSC that falls silent is left, and connected to anew', async () => {
    await whileUp(
      async ({ smsc }) => {
        expect(smsc.bound).toBe(1)
        smsc.isDeaf = true
        await waitFor('the connection to be given up', () => smsc.bound === 0, { timeoutMs: 30_000 })
        smsc.isDeaf = false
        await waitFor('a new one', () => smsc.bound === 1, { timeoutMs: 30_000 })
      },
      { limits: { quietMs: 100, answerMs: 300 } },
    )
  })

  it('where one connection is allowed, it is one process’s, and the other stands by', async () => {
    const rig = await smppRig()
    let grant = () => {}
    const lost = new AbortController()
    rig.host.lease = (_, isStopping) =>
      new Promise((resolve, reject) => {
        isStopping.addEventListener('abort', () => reject(new Error('stopping')))
        grant = () => resolve({ isLost: lost.signal, release: async () => undefined })
      })
    await rig.channel.start(rig.host)
    expect(rig.channel.health()).toEqual({ state: 'standby' })
    expect(await rig.channel.send(aDelivery())).toMatchObject({ status: 'retry' })
    expect(rig.smsc.bound).toBe(0)
    grant()
    await isUp(rig.channel)
    lost.abort()
    await waitFor('standing by', () => rig.channel.health().state === 'standby')
    await waitFor('the connection to be closed', () => rig.smsc.bound === 0)
    await rig.channel.stop()
    await rig.dispose()
  })
})
