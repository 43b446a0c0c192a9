import assert from 'node:assert/strict'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Abilities } from '../channel.ts'
import type { Receipt } from '../inbound.ts'
import type { ChannelRig, MakeRig } from './channel-driver.ts'
import { type ContractCheck, checksOn, eventually, type StartedRig } from './run-checks.ts'

/**
 * What every channel promises, each as a check on a fresh channel with its far end. Hand each to your test runner under its title. Where
 * `addresses` is `none` nobody can answer, and what comes in is not looked at.
 */
export function channelContract(
  make: MakeRig,
  { addresses }: Partial<Pick<Abilities, 'addresses'>> = {},
): ContractCheck[] {
  return checksOn(
    make,
    checks.filter(({ isInward }) => !isInward || addresses !== 'none'),
  )
}

const checks: { title: string; isInward?: true; check(rig: StartedRig<ChannelRig>): Promise<void> }[] = [
  {
    title: 'what is sent arrives, and only then counts as sent',
    async check({ channel, delivery, arrived }) {
      const outcome = await channel.send(delivery('ref-one', 'Yes, from ten to four.'))
      assert.equal(outcome.status, 'sent')
      const [only, ...more] = await arrived()
      assert.ok(only?.includes('Yes, from ten to four.'))
      assert.equal(more.length, 0)
    },
  },
  {
    title: 'what is sent names neither this machine nor its user',
    async check({ channel, delivery, arrived }) {
      await channel.send(delivery('ref-two', 'Hello'))
      const sent = (await arrived()).join('\n').toLowerCase()
      for (const own of [hostname(), process.env.USER, process.env.HOME, process.cwd()]) {
        if (own && own.length > 4) assert.ok(!sent.includes(own.toLowerCase()), 'the far end can read where this runs')
      }
    },
  },
  {
    title: 'an address that the far end refuses is rejected as an address',
    async check({ channel, delivery, refusesAddress }) {
      await refusesAddress()
      const outcome = await channel.send(delivery('ref-three', 'Hello'))
      assert.equal(outcome.status, 'rejected')
      assert.ok(outcome.status === 'rejected' && outcome.scope === 'address')
    },
  },
  {
    title: 'a far end that is away is a retry and a state of health with its reason, and passes when it is back',
    async check({ channel, delivery, goesAway, comesBack }) {
      await goesAway()
      const away = await channel.send(delivery('ref-four', 'Hello'))
      assert.equal(away.status, 'retry')
      const ill = channel.health()
      assert.ok(ill.state === 'down' || ill.state === 'degraded', `health is ${ill.state}`)
      assert.ok(ill.reason.length > 0 && ill.since <= new Date())
      await comesBack()
      const back = await eventually(async () => {
        const outcome = await channel.send(delivery('ref-four', 'Hello'))
        return outcome.status === 'sent' ? outcome : null
      }, 'the far end is back and nothing is sent')
      assert.equal(back.status, 'sent')
      await eventually(async () => (channel.health().state === 'up' ? true : null), 'health does not recover')
    },
  },
  {
    title: 'what comes in reaches the server whole, under the address it was written to',
    isInward: true,
    async check({ channel, host, ourAddress, says }) {
      assert.equal(await says(ourAddress, 'Are you open on Sunday?', 'id-1'), 'taken')
      const [inbound, ...more] = host.received
      assert.ok(inbound)
      assert.equal(more.length, 0)
      assert.equal(inbound.channel, channel.name)
      assert.equal(inbound.to, ourAddress)
      assert.deepEqual(inbound.verdict, { kind: 'message' })
      assert.ok(inbound.said.full.includes('Are you open on Sunday?'))
      assert.ok(inbound.raw.byteLength > 0)
    },
  },
  {
    title: 'nothing is acknowledged before it is durable',
    isInward: true,
    async check({ host, ourAddress, says }) {
      let store: (receipt: Receipt) => void = () => undefined
      const stored = new Promise<Receipt>((resolve) => {
        store = resolve
      })
      host.answer = () => stored
      let isTold = false
      const telling = says(ourAddress, 'Wait for me', 'id-2').then((told) => {
        isTold = true
        return told
      })
      await eventually(async () => (host.received.length > 0 ? true : null), 'nothing came in')
      await sleep(150)
      assert.equal(isTold, false)
      store({ outcome: 'accepted', messageId: 'message-1' })
      assert.equal(await telling, 'taken')
    },
  },
  {
    title: 'when the server cannot store, the far end is told to try again',
    isInward: true,
    async check({ host, ourAddress, says }) {
      host.answer = () => Promise.reject(new Error('the database is down'))
      assert.equal(await says(ourAddress, 'Try again', 'id-3'), 'try-again')
      host.answer = () => ({ outcome: 'accepted', messageId: 'message-1' })
      assert.equal(await says(ourAddress, 'Try again', 'id-3'), 'taken')
    },
  },
  {
    title: 'what the server refuses, the far end hears of',
    isInward: true,
    async check({ host, ourAddress, says }) {
      host.answer = () => ({ outcome: 'refused', because: 'too-many', text: 'Too many messages.' })
      assert.notEqual(await says(ourAddress, 'One more', 'id-4'), 'taken')
    },
  },
  {
    title: 'what the server holds, notes or has already is acknowledged',
    isInward: true,
    async check({ host, ourAddress, says }) {
      const receipts: Receipt[] = [{ outcome: 'held' }, { outcome: 'noted', because: 'late' }, { outcome: 'duplicate' }]
      for (const [index, receipt] of receipts.entries()) {
        host.answer = () => receipt
        assert.equal(await says(ourAddress, `Hello ${index}`, `id-5-${index}`), 'taken')
      }
    },
  },
  {
    title: 'the same thing twice has the same external id, and two things have two',
    isInward: true,
    async check({ host, ourAddress, says }) {
      await says(ourAddress, 'Hello', 'id-6')
      await says(ourAddress, 'Hello', 'id-6')
      await says(ourAddress, 'Hello again', 'id-7')
      const [first, again, other] = host.received.map((inbound) => inbound.externalId)
      assert.equal(first, again)
      assert.notEqual(first, other)
      for (const id of [first, other]) assert.ok(id && id.length > 0 && id.length <= 500)
    },
  },
  {
    title: 'an address that is not in use is refused before anything reaches the server',
    isInward: true,
    async check({ host, unknownAddress, says }) {
      assert.equal(await says(unknownAddress, 'Anybody there?', 'id-8'), 'refused')
      assert.equal(host.received.length, 0)
    },
  },
  {
    title: 'neither words nor addresses reach the log',
    async check({ channel, host, delivery, ourAddress, unknownAddress, says, goesAway }) {
      await says(ourAddress, 'Marmalade one', 'id-9')
      await says(unknownAddress, 'Marmalade two', 'id-10')
      host.answer = () => Promise.reject(new Error('Marmalade three'))
      await says(ourAddress, 'Marmalade four', 'id-11')
      await goesAway()
      const outgoing = delivery('ref-five', 'Marmalade five')
      await channel.send(outgoing)
      const logged = host.logged.join('\n').toLowerCase()
      for (const secret of ['marmalade', outgoing.to, ourAddress, unknownAddress]) {
        assert.ok(!logged.includes(secret.toLowerCase()), `the log holds ${secret}`)
      }
    },
  },
  {
    title: 'a stopped channel sends nothing, and throws nothing',
    async check({ channel, delivery, arrived, stop }) {
      await stop()
      const outcome = await channel.send(delivery('ref-six', 'Too late'))
      assert.equal(outcome.status, 'retry')
      assert.deepEqual(await arrived(), [])
    },
  },
]
