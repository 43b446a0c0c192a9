import assert from 'node:assert/strict'
import type { Abilities } from '../channel.ts'
import type { OutboundDelivery } from '../outbound.ts'
import type { DeliveryReport } from '../outcome.ts'
import type { AbilityRig, MakeAbilityRig } from './ability-rig.ts'
import { type ContractCheck, checksOn, eventually, type StartedRig } from './run-checks.ts'

/**
 * What a channel promises by its abilities: for each that it claims, the checks that belong to it. `abilities` as the channel has them;
 * `takesHttp` where it has `takeHttp`.
 */
export function abilityContract(
  abilities: Abilities,
  make: MakeAbilityRig,
  { takesHttp = false }: { takesHttp?: boolean } = {},
): ContractCheck[] {
  const claimed: readonly AbilityCheck[] = [
    sameAbilities(abilities),
    ...(abilities.addresses === 'per-place' ? perPlace : []),
    ...(abilities.addresses === 'pooled' ? pooled : []),
    ...(abilities.addresses === 'none' ? [] : answerable),
    ...(abilities.attachments === 'links' ? [filesAsLinks] : [filesAsBytes]),
    ...(abilities.typing ? typing : []),
    ...(abilities.receipts === 'none' ? [] : receipts),
    ...(abilities.receipts === 'read' ? [readReceipt] : []),
    ...(takesHttp ? [unproven] : []),
  ]
  return checksOn(make, claimed)
}

interface AbilityCheck {
  title: string
  check(rig: StartedRig<AbilityRig>): Promise<void>
}

const sameAbilities = (abilities: Abilities): AbilityCheck => ({
  title: 'the channel has the abilities that are checked',
  async check({ channel }) {
    assert.deepEqual({ ...channel.abilities }, { ...abilities })
  },
})

const perPlace: readonly AbilityCheck[] = [
  {
    title: 'each place is written from at an address of its own, and an answer to it names that address',
    async check({ channel, delivery, arrivedFrom, ourAddress, anotherAddress, anotherToken }) {
      const token = given(anotherToken, 'anotherToken')
      const one = delivery('ref-place-one', 'From the first place')
      const other = delivery('ref-place-two', 'From the second place')
      await sent(channel.send(one))
      await sent(channel.send({ ...other, relay: { token, alias: other.relay?.alias ?? '' } }))
      assert.deepEqual(await given(arrivedFrom, 'arrivedFrom')(), [ourAddress, given(anotherAddress, 'anotherAddress')])
    },
  },
]

const pooled: readonly AbilityCheck[] = [
  {
    title:
      'what is sent comes from the shared address that the server chose, with the tag before the text where there is one',
    async check({ channel, delivery, arrived, arrivedFrom, ourAddress, anotherAddress }) {
      const second = given(anotherAddress, 'anotherAddress')
      await sent(channel.send(from(delivery('ref-own-one', 'Plain words'), ourAddress, null)))
      await sent(channel.send(from(delivery('ref-own-two', 'Tagged words'), second, 'K7')))
      assert.deepEqual(await given(arrivedFrom, 'arrivedFrom')(), [ourAddress, second])
      const [plain, tagged] = await arrived()
      assert.ok(plain?.includes('Plain words') && !plain.includes('K7'))
      assert.ok(tagged && tagged.indexOf('K7') >= 0 && tagged.indexOf('K7') < tagged.indexOf('Tagged words'))
    },
  },
  {
    title: 'what nobody can answer comes from the shared address that the server named for it',
    async check({ channel, delivery, arrivedFrom, anotherAddress }) {
      const own = given(anotherAddress, 'anotherAddress')
      await sent(channel.send({ ...delivery('ref-notice', 'A code: 123456'), kind: 'notice', relay: null, own }))
      assert.deepEqual(await given(arrivedFrom, 'arrivedFrom')(), [own])
    },
  },
]

const answerable: readonly AbilityCheck[] = [
  {
    title: 'what comes in at two addresses of ours is told apart by them',
    async check({ host, says, ourAddress, anotherAddress }) {
      const second = given(anotherAddress, 'anotherAddress')
      assert.equal(await says(ourAddress, 'To the first', 'id-to-1'), 'taken')
      assert.equal(await says(second, 'To the second', 'id-to-2'), 'taken')
      assert.deepEqual(
        host.received.map(({ to, said }) => [to, said.visible]),
        [
          [ourAddress, 'To the first'],
          [second, 'To the second'],
        ],
      )
      const [one, other] = host.received
      assert.equal(one?.from.address, other?.from.address)
    },
  },
]

const filesAsLinks: AbilityCheck = {
  title: 'a file goes as the address of its page, and its bytes stay here',
  async check({ channel, delivery, arrived }) {
    let isOpened = false
    const url = 'https://parley.example/f/kit-file'
    const open = async function* () {
      isOpened = true
      yield Buffer.from('never')
    }
    const attachments = [{ name: 'plan.pdf', type: 'application/pdf', size: 5, open, url }]
    await sent(channel.send({ ...delivery('ref-link', 'See this'), attachments }))
    const everything = (await arrived()).join('\n')
    assert.ok(everything.includes(url), 'the address of the file did not arrive')
    assert.ok(everything.includes('See this'))
    assert.equal(isOpened, false)
  },
}

const filesAsBytes: AbilityCheck = {
  title: 'a file arrives whole with what is said',
  async check({ channel, delivery, arrived }) {
    const bytes = Buffer.from('A file of the conformance kit, whole.')
    const open = async function* () {
      yield bytes.subarray(0, 10)
      yield bytes.subarray(10)
    }
    const url = 'https://parley.example/f/kit-file'
    const attachments = [{ name: 'plan.txt', type: 'text/plain', size: bytes.byteLength, open, url }]
    await sent(channel.send({ ...delivery('ref-file', 'See this'), attachments }))
    const everything = (await arrived()).join('\n')
    const forms = [bytes.toString('utf8'), bytes.toString('base64'), bytes.toString('hex')]
    assert.ok(
      forms.some((form) => everything.includes(form)),
      'the bytes did not arrive',
    )
  },
}

const typing: readonly AbilityCheck[] = [
  {
    title: 'that somebody types at the far end is told under the address of ours that they write to',
    async check({ host, typing, ourAddress, says }) {
      const far = given(typing, 'typing')
      await far.says(ourAddress, true)
      await eventually(async () => (host.typings.length > 0 ? true : null), 'typing did not come in')
      await far.says(ourAddress, false)
      await eventually(async () => (host.typings.at(-1)?.isTyping === false ? true : null), 'its end did not come in')
      await says(ourAddress, 'Here it is', 'id-typed')
      const sender = host.received[0]?.from.address
      for (const signal of host.typings) assert.deepEqual([signal.to, signal.from], [ourAddress, sender])
      assert.equal(host.typings[0]?.isTyping, true)
      assert.equal(host.received.length, 1)
    },
  },
  {
    title: 'that somebody types here is seen at the far end, from the address of their place',
    async check({ channel, delivery, typing, ourAddress }) {
      const far = given(typing, 'typing')
      const one = delivery('ref-typing', 'Hello')
      const token = given(one.relay?.token, 'delivery().relay')
      // Programs show it only where a conversation has begun.
      await sent(channel.send(one))
      channel.typing?.({ to: one.to, token, isTyping: true })
      const seen = () => far.seen()
      await eventually(async () => ((await seen()).length > 0 ? true : null), 'nobody saw it')
      assert.deepEqual((await seen())[0], { from: ourAddress, isTyping: true })
      channel.typing?.({ to: one.to, token, isTyping: false })
      await eventually(async () => ((await seen()).at(-1)?.isTyping === false ? true : null), 'nobody saw its end')
    },
  },
  {
    title: 'typing while the far end is away is lost, and nothing else',
    async check({ channel, delivery, goesAway, stop }) {
      await goesAway()
      const { to, relay } = delivery('ref-typing-away', 'Hello')
      channel.typing?.({ to, token: relay?.token ?? '', isTyping: true })
      await stop()
      channel.typing?.({ to, token: relay?.token ?? '', isTyping: false })
    },
  },
]

const receipts: readonly AbilityCheck[] = [
  {
    title: 'what the far end has delivered is reported, by what the server knows it by',
    check: (rig) => reported(rig, 'delivered'),
  },
  {
    title: 'a receipt that the server does not know yet is reported again within the minute',
    async check(rig) {
      const asked: string[] = []
      rig.host.answerReport = ({ of }) => {
        // Our own reference is known from the moment on in which the delivery is made.
        if ('reference' in of) return 'taken'
        asked.push(of.providerId)
        return asked.filter((id) => id === of.providerId).length === 1 ? 'unknown' : 'taken'
      }
      await reported(rig, 'delivered')
      const [first] = asked
      if (first === undefined) return
      const isAskedAgain = async () => (asked.filter((id) => id === first).length > 1 ? true : null)
      await eventually(isAskedAgain, 'it was not reported again', 55_000)
    },
  },
  {
    title: 'what the far end could not deliver is reported as failed, with a reason',
    async check(rig) {
      await reported(rig, 'failed')
      assert.ok(rig.host.reports.every(({ state, reason }) => state !== 'failed' || reason))
    },
  },
]

const readReceipt: AbilityCheck = {
  title: 'what was read at the far end is reported',
  check: (rig) => reported(rig, 'read'),
}

const unproven: AbilityCheck = {
  title: 'a request that nobody vouches for is refused before it has any effect',
  async check({ channel, host, unproven: request }) {
    const { takeHttp } = channel
    assert.ok(takeHttp, 'the channel takes no requests')
    const answer = await takeHttp.call(channel, given(request, 'unproven'))
    assert.ok(answer.status >= 400 && answer.status < 500, `it was answered ${answer.status}`)
    assert.deepEqual([host.received, host.reports, host.typings], [[], [], []])
  },
}

async function reported(rig: StartedRig<AbilityRig>, state: 'delivered' | 'read' | 'failed'): Promise<void> {
  const { channel, delivery, arrived, host } = rig
  const outcome = await sent(channel.send(delivery('ref-receipt', 'Did you get this?')))
  assert.ok((await arrived()).length > 0)
  await given(rig.reports, 'reports')(state)
  const known = new Set(['ref-receipt', ...(outcome.providerIds ?? [])])
  // A peer may write the same id in two ways, and the channel try both.
  const isKnown = ({ of }: DeliveryReport) => known.has('reference' in of ? of.reference : of.providerId)
  await eventually(
    async () => (host.reports.some((report) => report.state === state && isKnown(report)) ? true : null),
    `it was not reported as ${state} by an id that the server knows`,
  )
}

function from(delivery: OutboundDelivery, own: string, tag: string | null): OutboundDelivery {
  const { token = '', alias = '' } = delivery.relay ?? {}
  return { ...delivery, relay: { token, alias, pooled: { own, tag } } }
}

async function sent(sending: ReturnType<AbilityRig['channel']['send']>) {
  const outcome = await sending
  assert.ok(outcome.status === 'sent', `it was not sent: ${JSON.stringify(outcome)}`)
  return outcome
}

function given<T>(member: T | undefined, name: string): T {
  assert.ok(member !== undefined, `the channel claims the ability, and its rig has no ${name} to check it by`)
  return member
}
