import { createHash, randomBytes, randomUUID } from 'node:crypto'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { attachWeb } from '@parley/channel-web'
import { plainly } from '@parley/model'
import { addressKey } from '@parley/rules'
import { createAccount, migrateToLatest, startServer } from '@parley/server'
import { seedPairs } from '../seed-pairs.ts'
import type { Carrying } from './carrying.ts'
import { channelFor } from './channel-for.ts'
import { type CarrierGiven, domain, ownNumber, personOn } from './medium.ts'

/** Parley as it is started, with conversations in which each responder reads over the medium. */
export async function carryWhole(given: CarrierGiven): Promise<Carrying> {
  const { medium, people } = given
  const connection = { connectionString: given.connectionString }
  await migrateToLatest(connection)
  const { channel, port } = channelFor(given)
  const generous = { visitor: 1e9, address: 1e9, network: 1e9, site: 1e9 }
  const complain = (facts: object, message: string) => console.error(message, facts)
  const apps = path.join(import.meta.dirname, '../../apps')
  const server = await startServer({
    connection,
    channels: [channel],
    attachWeb,
    folders: { widget: path.join(apps, 'widget/dist'), panel: path.join(apps, 'panel/dist') },
    log: { info: () => {}, warn: complain, error: complain },
    settings: {
      host: '127.0.0.1',
      port: 0,
      publicUrl: null,
      trustProxy: [],
      mailDomain: domain,
      secret: randomBytes(32),
      quotas: {
        messages: generous,
        conversations: generous,
        uploads: generous,
        codes: generous,
        links: generous,
        programs: generous,
      },
      windowPatienceMs: 3_600_000,
      shared: false,
      limits: {
        bodyBytes: 65_536,
        attachmentBytes: 1e7,
        mailBytes: 1e7,
        connectionsPerAddress: 1_000,
        connections: 1_000,
        heldPerAccount: 1_000,
        heldDays: 30,
      },
    },
  })
  const site = { name: 'Bench', domains: [], topics: [] }
  const { account, sites } = await createAccount(
    server.db,
    { name: 'Bench', sites: [site], responders: [] },
    new Date(),
  )
  const [only] = sites
  if (!only) throw new Error('the account has no site')
  const pairs = await seedPairs(server, account, only.id, people)
  const { workerPool } = server.db
  const own = `insert into parley.own_address (account_id, own_address_id, medium, value, value_key, purpose, created_at)
    values ($1, $2, 'sms', $3, $3, 'pool', now())`
  if (medium === 'sms') await workerPool.query(own, [account, randomUUID(), ownNumber])
  for (const [index, { responder }] of pairs.entries()) {
    const address = randomUUID()
    const value = personOn(medium, index)
    await workerPool.query(
      `insert into parley.address (account_id, address_id, person_id, medium, value, value_key, position, state, proven_at, created_at)
       values ($1, $2, $3, $4, $5, $6, 0, 'proven', now(), now())`,
      [account, address, responder, medium, value, addressKey(medium, value)],
    )
    await workerPool.query(
      'update parley.participant set medium = $1, address_id = $2 where account_id = $3 and person_id = $4',
      [medium, address, account, responder],
    )
  }
  while (channel.health().state !== 'up') await sleep(20)
  return {
    port: port(),
    async send(index, text) {
      const pair = pairs[index]
      if (!pair) throw new Error('there is no such person')
      const said = await server.road.say({
        account,
        person: pair.visitor,
        to: { conversation: pair.conversation, interaction: pair.exchange },
        via: { medium: 'web', address: null },
        said: plainly(text),
        key: createHash('sha256').update(randomUUID()).digest(),
        attachments: [],
        form: null,
        unproven: false,
        rawBlob: null,
        writtenAt: null,
      })
      if (!said.ok) throw new Error(`not said: ${said.refusal}`)
    },
    stop: () => server.stop(),
  }
}
