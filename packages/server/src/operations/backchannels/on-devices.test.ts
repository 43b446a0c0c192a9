import type { Channel } from '@parley/channel-sdk'
import { waitFor } from '@parley/dev-env'
import type { PersonId } from '@parley/model'
import { expect, test } from 'vitest'
import { keepSubscription, Nudges } from '../../nudges/index.ts'
import { openOperationRig } from '../../operation-rig.fixture.ts'
import { ScriptedChannel, startOutbox } from '../../test-house.fixture.ts'

test('a device says that a whisper is one, and that somebody asks one to join; its words only where it shows words (E6, C3)', async () => {
  const rig = await openOperationRig()
  const { house, people } = rig
  const push = new ScriptedChannel()
  const channel: Channel = {
    name: 'push',
    medium: 'push',
    abilities: { addresses: 'none', style: 'lines', attachments: 'links', typing: false, receipts: 'none' },
    repeatsUnknown: true,
    start: async () => undefined,
    stop: async () => undefined,
    send: (delivery) => push.send(delivery),
    health: () => ({ state: 'up' }),
  }
  const { outbox, warnings } = await startOutbox(house, [channel, new ScriptedChannel()])
  const nudges = new Nudges({
    db: house.node.db,
    clock: house.clock,
    isConnected: () => false,
    wake: () => outbox.wake(),
    log: { warn: (facts, message) => warnings.push(`${message} ${JSON.stringify(facts)}`) },
  })
  const subscribes = (person: PersonId, device: string, showsWords: boolean) =>
    keepSubscription(
      house.node.db,
      {
        account: house.account.account,
        person,
        subscription: { to: `{"endpoint":"${device}","keys":{}}`, key: device },
        name: 'Firefox',
        page: null,
        showsWords,
      },
      house.clock.now(),
    )
  const { exchanges } = await rig.question('olga')
  await subscribes(people.olga, 'https://push.test/open', true)
  await subscribes(people.olga, 'https://push.test/discreet', false)
  await subscribes(people.otto, 'https://push.test/otto', false)
  await house.rows('update participant set delivered = 100000')
  house.node.published.length = 0
  expect(await rig.does(people.sue, 'whisper', { interaction: exchanges[0], text: 'Offer the refund.' })).toMatchObject(
    {
      ok: true,
    },
  )
  await house.rows(`update participant p set delivered = 0 from interaction i
    where i.account_id = p.account_id and i.interaction_id = p.interaction_id and i.kind = 'backchannel'`)
  for (const committed of house.node.published.splice(0)) nudges.committed(committed)
  await nudges.idle()
  const shown = (device: string) =>
    JSON.stringify(push.given.filter(({ to }) => to.includes(device)).map(({ content }) => content.blocks))
  await waitFor('both devices', () => push.given.length >= 2)
  expect(shown('open')).toContain('"by":"A whisper: alias of sue","text":"Offer the refund."')
  expect(shown('discreet')).toContain('A whisper')
  expect(shown('discreet')).not.toContain('refund')
  const asks = { from: exchanges[0], people: [people.otto], note: 'Do you know?' }
  expect(await rig.does(people.olga, 'open-backchannel', asks)).toMatchObject({ ok: true })
  outbox.wake()
  await waitFor('the invitation', () => shown('otto') !== '[]')
  expect(shown('otto')).toContain('Somebody asks you to join a conversation')
  expect(shown('otto')).toContain('/desk/invitations')
  expect(shown('otto')).not.toContain('Do you know')
  expect(warnings).toEqual([])
  await nudges.stop()
  await outbox.stop()
  await rig.close()
})
