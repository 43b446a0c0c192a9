import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { createEmailChannel } from '@parley/channel-email'
import { attachWeb } from '@parley/channel-web'
import { protocolVersion } from '@parley/protocol'
import { createAccount, migrateToLatest, startServer } from '@parley/server'
import { benchPort } from './bench-port.ts'
import { givenTo, reportMemory } from './child.ts'
import type { End } from './load-pairs.ts'
import { seedPairs } from './seed-pairs.ts'

export interface ParleyGiven {
  connectionString: string
  pairs: number
  /** Does each window tell once a second how far it has come? */
  tellsSeen: boolean
  smtpPort: number
}

export interface ParleyFacts {
  url: string
  site: string
  pairs: [End, End][]
}

const given = givenTo<ParleyGiven>()
const connection = { connectionString: given.connectionString }
await migrateToLatest(connection)

const generous = { visitor: 1e9, address: 1e9, network: 1e9, site: 1e9 }
const complain = (facts: object, message: string) => console.error(message, facts)
const secret = randomBytes(32)
const keys = mkdtempSync(path.join(tmpdir(), 'parley-bench-'))
process.once('exit', () => rmSync(keys, { recursive: true, force: true }))
const apps = path.join(import.meta.dirname, '../apps')
const server = await startServer({
  connection,
  channels: [
    createEmailChannel({
      relayDomain: 'relay.test',
      publicName: 'Parley',
      smtpIn: { host: '127.0.0.1', port: 0, maxBytes: 1e7, maxConnections: 100, maxRecipients: 100 },
      smtpOut: { host: '127.0.0.1', port: given.smtpPort, tls: 'never' },
    }),
  ],
  attachWeb,
  folders: { widget: path.join(apps, 'widget/dist'), panel: path.join(apps, 'panel/dist') },
  log: { info: () => {}, warn: complain, error: complain },
  settings: {
    host: '127.0.0.1',
    port: 0,
    publicUrl: null,
    trustProxy: [],
    mailDomain: 'relay.test',
    secret,
    keyStore: { folder: keys, secrets: [secret] },
    quotas: {
      messages: generous,
      conversations: generous,
      uploads: generous,
      codes: generous,
      links: generous,
      programs: generous,
    },
    windowPatienceMs: 45_000,
    shared: false,
    limits: {
      bodyBytes: 65_536,
      attachmentBytes: 1e7,
      mailBytes: 1e7,
      connectionsPerAddress: 100_000,
      connections: 100_000,
      heldPerAccount: 1_000,
      heldDays: 30,
    },
  },
})
const now = new Date()
const { account, sites } = await createAccount(
  server.db,
  {
    name: 'Bench',
    sites: [{ name: 'Bench', domains: [`shop.localhost:${benchPort}`], topics: [] }],
    responders: [{ name: 'Bo', alias: 'Juniper', language: 'en', emails: ['bo@people.test'] }],
  },
  now,
)
const [site] = sites
if (!site) throw new Error('the account has no site')
const url = `ws://127.0.0.1:${server.port}/rt`
const seeded = await seedPairs(server, account, site.id, given.pairs)
const pairs = seeded.map(({ visitor, responder, exchange }): [End, End] => {
  const end = (kind: 'visitor' | 'responder'): End => {
    const person = kind === 'visitor' ? visitor : responder
    const token = server.tokens.mint({ account, person, kind, language: 'en' }, now)
    return {
      url,
      hello: JSON.stringify({ t: 'hello', v: protocolVersion, token, cursors: {} }),
      to: JSON.stringify({ interaction: exchange }),
      seen: given.tellsSeen ? exchange : null,
    }
  }
  return [end('visitor'), end('responder')]
})
reportMemory()
process.on('SIGTERM', () => {
  void server.stop().then(() => process.exit(0))
})
process.send?.({ url: server.url, site: site.key, pairs } satisfies ParleyFacts)
