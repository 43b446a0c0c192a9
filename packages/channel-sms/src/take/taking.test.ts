import { waitFor } from '@parley/dev-env/wait-for'
import { describe, expect, it } from 'vitest'
import { aDelivery, BO, OUR_NUMBER, type SmppRig, whileUp } from '../smpp-rig.fixture.ts'

const long = `${'Yes, from ten to four, and on Sunday too. '.repeat(8)}Bye.`
const textsOf = ({ host }: SmppRig) => host.received.map(({ said }) => said.visible)

describe('long messages from a phone', () => {
  it('parts are one message, in whatever order they come (A8)', async () => {
    await whileUp(async (rig) => {
      const phone = rig.smsc.phone(BO)
      expect(await phone.sends(long, OUR_NUMBER, { parts: [3, 1, 2] })).toBe('taken')
      expect(await phone.sends('Жду ответа. '.repeat(12), OUR_NUMBER, { parts: [2, 1, 3] })).toBe('taken')
      expect(textsOf(rig)).toEqual([long, 'Жду ответа. '.repeat(12).trim()])
      expect(rig.host.received[0]).toMatchObject({ to: OUR_NUMBER, from: { address: BO, standing: 'proven' } })
    })
  })

  it('a network that brings one part at a time gets its message through all the same', async () => {
    await whileUp(
      async (rig) => {
        expect(await rig.smsc.phone(BO).sends(long, OUR_NUMBER)).toBe('taken')
        expect(textsOf(rig)).toEqual([long])
      },
      {},
      { window: 1 },
    )
  })

  it('no part is acknowledged before the whole is durable', async () => {
    await whileUp(async (rig) => {
      rig.host.answer = () => Promise.reject(new Error('the database is down'))
      expect(await rig.smsc.phone(BO).sends(long, OUR_NUMBER, { tries: 1 })).toBe('try-again')
      rig.host.answer = () => ({ outcome: 'accepted', messageId: 'one' })
      const phone = rig.smsc.phone(BO)
      expect(await phone.sends(long, OUR_NUMBER, { reference: 9 })).toBe('taken')
    })
  })

  it('when a part is lost, what came is given with a mark where it is missing', async () => {
    await whileUp(
      async (rig) => {
        const told = rig.smsc.phone(BO).sends(long, OUR_NUMBER, { parts: [1, 3], reference: 4 })
        await waitFor('what came', () => rig.host.received.length > 0)
        expect(textsOf(rig)).toEqual([`${long.slice(0, 153)}[…]${long.slice(306)}`])
        expect(await told).toBe('taken')
        expect(await rig.smsc.phone(BO).sends(long, OUR_NUMBER, { parts: [2], reference: 4 })).toBe('taken')
        expect(textsOf(rig)[1]).toBe(`[…]${long.slice(153, 306)}[…]`)
      },
      { partsPatience: { answerMs: 50, giveUpMs: 400 } },
    )
  })

  it('a reference that comes round again does not mix two messages', async () => {
    await whileUp(
      async (rig) => {
        const phone = rig.smsc.phone(BO)
        const other = long.replaceAll('ten', 'six').replaceAll('Bye', 'Hei')
        expect(await phone.sends(long, OUR_NUMBER, { reference: 5 })).toBe('taken')
        expect(await phone.sends(other, OUR_NUMBER, { reference: 5 })).toBe('taken')
        expect(textsOf(rig)).toEqual([long, other])
      },
      { partsPatience: { answerMs: 200, giveUpMs: 60_000 } },
    )
  })
})

describe('which message it is', () => {
  it('"yes" twice is two messages', async () => {
    await whileUp(async (rig) => {
      const phone = rig.smsc.phone(BO)
      await phone.sends('Yes', OUR_NUMBER)
      await phone.sends('Yes', OUR_NUMBER)
      expect(new Set(rig.host.received.map(({ externalId }) => externalId)).size).toBe(2)
    })
  })

  it('what was still being stored when the connection broke is the same message when it is brought again', async () => {
    await whileUp(async (rig) => {
      let store = () => {}
      rig.host.answer = () =>
        new Promise((resolve) => {
          store = () => resolve({ outcome: 'accepted', messageId: 'one' })
        })
      const telling = rig.smsc.phone(BO).sends('Yes', OUR_NUMBER)
      await waitFor('it to come', () => rig.host.received.length === 1)
      rig.smsc.breakConnections()
      await waitFor('the channel to notice', () => rig.channel.health().state === 'down')
      store()
      rig.host.answer = () => ({ outcome: 'duplicate' })
      expect(await telling).toBe('taken')
      const [first, again] = rig.host.received.map(({ externalId }) => externalId)
      expect(again).toBe(first)
    })
  })

  it('what was being looked at when the connection broke is the same message when it is brought again', async () => {
    await whileUp(async (rig) => {
      const { mayReceive } = rig.host
      const looked = Promise.withResolvers<void>()
      const asked = Promise.withResolvers<void>()
      rig.host.mayReceive = async (address) => {
        asked.resolve()
        await looked.promise
        return mayReceive.call(rig.host, address)
      }
      const telling = rig.smsc.phone(BO).sends('Yes', OUR_NUMBER)
      await asked.promise
      rig.smsc.breakConnections()
      await waitFor('the channel to notice', () => rig.channel.health().state === 'down')
      looked.resolve()
      expect(await telling).toBe('taken')
      const ids = rig.host.received.map(({ externalId }) => externalId)
      expect(ids.length).toBeGreaterThan(1)
      expect(new Set(ids).size).toBe(1)
    })
  })

  it('what is brought again because the answer was lost is the same message', async () => {
    await whileUp(async (rig) => {
      rig.host.answer = () => {
        rig.smsc.breakConnections()
        return { outcome: 'accepted', messageId: 'one' }
      }
      const telling = rig.smsc.phone(BO).sends('Yes', OUR_NUMBER)
      await waitFor('it to come', () => rig.host.received.length === 1)
      rig.host.answer = () => ({ outcome: 'duplicate' })
      expect(await telling).toBe('taken')
      const [first, again] = rig.host.received.map(({ externalId }) => externalId)
      expect(again).toBe(first)
    })
  })
})

describe('what becomes of what we sent', () => {
  const sendsOne = async ({ channel, smsc }: SmppRig) => {
    const outcome = await channel.send(aDelivery())
    expect(outcome).toMatchObject({ status: 'sent' })
    return { outcome, id: smsc.submitted.at(-1)?.id ?? '' }
  }

  it('a receipt is reported under the id that the answer gave, whichever way it writes it', async () => {
    for (const receiptIds of ['same', 'decimal'] as const) {
      await whileUp(
        async (rig) => {
          const ids = new Set<string>()
          rig.host.answerReport = ({ of }) => ('providerId' in of && ids.has(of.providerId) ? 'taken' : 'unknown')
          rig.smsc.beforeAnswer = async () => undefined
          const { id } = await sendsOne(rig)
          ids.add(id)
          const known = () => rig.host.reports.find(({ of }) => 'providerId' in of && ids.has(of.providerId))
          await waitFor('the report', known, { timeoutMs: 30_000, instead: () => rig.host.reports })
          expect(known()).toEqual({ of: { providerId: id }, state: 'delivered' })
        },
        {},
        { receiptIds },
      )
    }
  })

  it('a receipt that overtakes the answer to its own submission is kept until that is known', async () => {
    await whileUp(
      async (rig) => {
        let isKnown = false
        rig.host.answerReport = () => (isKnown ? 'taken' : 'unknown')
        await sendsOne(rig)
        expect(rig.host.reports.length).toBeGreaterThan(0)
        const before = rig.host.reports.length
        isKnown = true
        await waitFor('the second try', () => rig.host.reports.length > before, { timeoutMs: 30_000 })
      },
      {},
      { receipts: 'before' },
    )
  })

  it.each(['UNDELIV', 'EXPIRED', 'REJECTD', 'DELETED', 'UNKNOWN'])('%s is reported as failed', async (stat) => {
    await whileUp(async (rig) => {
      rig.smsc.fate = () => stat
      await sendsOne(rig)
      await waitFor('the report', () => rig.host.reports.length > 0, { timeoutMs: 30_000 })
      expect(rig.host.reports[0]).toMatchObject({ state: 'failed', scope: 'message', reason: stat })
    })
  })

  it('a message that is still on its way is not reported, and a receipt without an id is refused', async () => {
    await whileUp(async (rig) => {
      rig.smsc.fate = () => 'ACCEPTD'
      await sendsOne(rig)
      const [submitted] = rig.smsc.submitted
      if (!submitted) throw new Error('nothing was submitted')
      expect(await rig.smsc.tellFate(submitted)).toBe(0)
      expect(await rig.smsc.tellFate({ ...submitted, id: '' })).toBe(0x65)
      expect(rig.host.reports).toEqual([])
    })
  })

  it('a receipt about another’s phone is not taken for ours, however its id can be read', async () => {
    await whileUp(
      async (rig) => {
        const { id } = await sendsOne(rig)
        const [submitted] = rig.smsc.submitted
        if (!submitted) throw new Error('nothing was submitted')
        await rig.smsc.tellFate({ ...submitted, to: '+4790066666' }, 'UNDELIV')
        expect(rig.host.reports.some(({ of }) => 'providerId' in of && of.providerId === id)).toBe(false)
      },
      {},
      { receipts: 'none' },
    )
  })
})
