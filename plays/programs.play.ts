import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { signWebhook } from '@parley/channel-sdk'
import { createWebhookChannel } from '@parley/channel-webhook'
import { programsApi } from '@parley/client/programs'
import {
  freePort,
  type MailNetwork,
  type Parley,
  seeded,
  startMailNetwork,
  startParley,
  type TempFolder,
  tempFolder,
  WindowPerson,
  waitFor,
} from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { webhookSecrets } from '@parley/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeProgramWithKey } from './program.ts'

const root = path.resolve(import.meta.dirname, '..')

await describeWithPeers(['postfix', 'dovecot'], 'programs answer and begin', () => {
  let mail: MailNetwork
  let parley: Parley
  let folder: TempFolder
  const secret = randomBytes(32)
  const running: ChildProcess[] = []

  beforeAll(async () => {
    mail = await startMailNetwork()
    await mail.person('Bo Lindqvist', 'bo@people.test')
    parley = await startParley({
      mail,
      secret,
      settings: { programHosts: ['127.0.0.1'] },
      channels: [createWebhookChannel({ secretOf: webhookSecrets(secret), allow: ['127.0.0.1'] })],
      account: {
        name: 'Fjord & Field',
        sites: [{ key: 'shop', name: 'Fjord & Field', domains: [], topics: [] }],
        responders: [{ name: 'Bo Lindqvist', alias: 'Juniper', language: 'en', emails: ['bo@people.test'] }],
      },
    })
    folder = await tempFolder('programs')
  })
  afterAll(async () => {
    for (const child of running) child.kill()
    await parley?.stop()
    await mail?.stop()
    await folder?.remove()
  })

  /** The example of the documentation, as it stands there, in a process of its own. */
  async function runs(name: string, env: Record<string, string>) {
    const page = await readFile(path.join(root, 'docs/protocol/programs.md'), 'utf8')
    const [, code] = new RegExp(`\`\`\`ts\n// ${name}\\.ts\n([^]*?)\`\`\``).exec(page) ?? []
    if (!code) throw new Error(`the page has no example ${name}`)
    const file = path.join(folder.path, `${name}.ts`)
    await writeFile(
      file,
      code.replaceAll('@parley/client/programs', path.join(root, 'packages/client/src/programs/index.ts')),
    )
    const child = spawn(process.execPath, [file], {
      env: { ...process.env, PARLEY_URL: parley.url, ...env },
    })
    running.push(child)
    let said = ''
    child.stdout.on('data', (part: Buffer) => {
      said += part.toString()
    })
    child.stderr.on('data', (part: Buffer) => {
      said += part.toString()
    })
    return { said: () => said, ended: () => child.exitCode }
  }

  const make = (name: string, active: boolean) => {
    const { account, responders } = parley.account
    const by = responders[0]?.person
    if (!by) throw new Error('nobody is there to make a program')
    return makeProgramWithKey(parley.server.db, { account, by, name, active })
  }

  test('B5 A8 E16 a program answers a visitor’s question by webhook and API, and is no more let in on than a person', async () => {
    const { person, key } = await make('Opening hours', true)
    const port = await freePort()
    const env = { PARLEY_KEY: key, PARLEY_SECRET: webhookSecrets(secret)(person, 1), PORT: String(port) }
    const program = await runs('answering', env)
    await waitFor('the program', () => program.said().includes('ready'), { timeoutMs: 60_000 })
    const api = programsApi({ baseUrl: parley.url, key })
    const set = await api.setEndpoint(`http://127.0.0.1:${port}/`)
    expect(set).toMatchObject({ ok: true, value: { state: 'proven' } })

    const ana = new WindowPerson({ url: parley.url, site: 'shop', random: seeded(1) })
    const client = await ana.begins()
    const words = () => [...client.transcript.interactions].flatMap(({ messages }) => messages.map(({ text }) => text))
    ana.says('Are you open on Sunday?')
    await waitFor('its answer', () => words().includes('Every day from 10 to 16.'), { timeoutMs: 60_000 })
    ana.says('And where do I park?')
    await waitFor('its second', () => words().includes('I only know when we are open.'), { timeoutMs: 60_000 })

    const deliveries = await api.deliveries()
    if (!deliveries.ok) throw new Error(deliveries.problem.detail)
    expect(deliveries.value.items.map(({ kind, state }) => [kind, state])).toEqual([
      ['message', 'sent'],
      ['offer', 'sent'],
    ])
    // Sent again, the program knows it by its id and says nothing twice.
    const [newest] = deliveries.value.items
    if (!newest) throw new Error('nothing was sent')
    expect(await api.resend(newest.id)).toMatchObject({ ok: true })
    await waitFor('the second attempt', async () => {
      const now = await api.delivery(newest.id)
      return now.ok && now.value.attempts.length > 1 && now.value.state === 'sent'
    })
    expect(words().filter((text) => text === 'I only know when we are open.')).toHaveLength(1)

    // An answer of its own, signed: said once however often it is sent, and never again from an old copy.
    const found = await parley.server.db.workerPool.query<{ token: string }>(
      `select token from relay_address where person_id = $1 and medium = 'api'`,
      [person],
    )
    const body = JSON.stringify({ to: found.rows[0]?.token, text: 'Behind the house.' })
    const sends = (at: Date, number = 1) => {
      const headers = signWebhook([webhookSecrets(secret)(person, number)], { id: 'own-1', at, body })
      return fetch(`${parley.url}/channels/webhook/${person}.1`, { method: 'POST', body, headers: { ...headers } })
    }
    expect((await sends(new Date(), 2)).status).toBe(401)
    expect((await sends(new Date(Date.now() - 600_000))).status).toBe(401)
    expect(words()).not.toContain('Behind the house.')
    expect([(await sends(new Date())).status, (await sends(new Date())).status]).toEqual([202, 202])
    await waitFor('the signed answer', () => words().includes('Behind the house.'))
    expect(words().filter((text) => text === 'Behind the house.')).toHaveLength(1)
    ana.leaves()
    await parley.server.db.workerPool.query(`update responder set state = 'paused' where person_id = $1`, [person])
  })

  test('A15 E16 a program begins a conversation, and a person answers it by mail', async () => {
    const { key } = await make('Orders', false)
    const bo = await mail.person('Bo Lindqvist', 'bo@people.test')
    const program = await runs('beginning', { PARLEY_KEY: key, SITE: 'shop' })
    const asked = await bo.receivesEmail(/My order 4711 has not come/)
    expect(asked.text).not.toContain('customer-17')
    await bo.repliesTo(asked, 'It leaves the house today.')
    await waitFor('the program to end', () => program.ended() !== null, { timeoutMs: 60_000 })
    expect({ said: program.said().trim(), ended: program.ended() }).toEqual({
      said: 'It leaves the house today.',
      ended: 0,
    })
    const { rows } = await parley.server.db.workerPool.query<{ state: string }>(
      `select c.state from conversation c join outside_person o on o.person_id = c.visitor_id where o.key = 'customer-17'`,
    )
    expect(rows).toEqual([{ state: 'closed' }])
  })

  test('E16 a forged reply, a repeated one and an endpoint inside are refused before anything happens', async () => {
    const { person, key } = await make('Victim', false)
    const counts = async () => {
      const tables = ['message', 'held_item', 'delivery', 'event', 'address']
      const rows = await Promise.all(
        tables.map((table) => parley.server.db.workerPool.query(`select count(*)::int as n from ${table}`)),
      )
      return rows.map(({ rows }) => (rows[0] as { n: number }).n)
    }
    const before = await counts()
    const url = `${parley.url}/channels/webhook/${person}.1`
    const body = JSON.stringify({ to: 'a'.repeat(26), text: 'Let me in' })
    const now = Math.floor(Date.now() / 1000)
    for (const headers of [
      {},
      { 'webhook-id': 'x', 'webhook-timestamp': String(now), 'webhook-signature': `v1,${'A'.repeat(43)}=` },
      { 'webhook-id': 'x', 'webhook-timestamp': String(now - 3_600), 'webhook-signature': `v1,${'A'.repeat(43)}=` },
    ]) {
      const answer = await fetch(url, { method: 'POST', body, headers })
      expect(answer.status).toBe(401)
    }
    const api = programsApi({ baseUrl: parley.url, key })
    expect(await api.setEndpoint('http://10.0.0.1/')).toMatchObject({ ok: false, problem: { code: 'bad-endpoint' } })
    expect(await counts()).toEqual(before)
    expect(parley.complaints.filter((line) => !line.startsWith('a reply was not signed'))).toEqual([])
  })
})
