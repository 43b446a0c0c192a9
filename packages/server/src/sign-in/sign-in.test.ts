import { execFile } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import net from 'node:net'
import path from 'node:path'
import { promisify } from 'node:util'
import { type FreshDatabase, freshDatabase } from '@parley/dev-env'
import { type AccountId, newId, type PersonId } from '@parley/model'
import { getMigrations } from 'better-auth/db/migration'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { authOptions } from './auth-options.ts'
import { Browser } from './browser.fixture.ts'
import { createSignIn, type SignIn, type SignInNotice } from './create-sign-in.ts'

const origin = 'http://desk.example.test'
const secret = 'a secret for tests only, of more than 32 characters'
const password = 'correct horse battery staple'

let database: FreshDatabase
let pool: pg.Pool
let now = new Date()
const notices: SignInNotice[] = []
const reports: unknown[] = []

beforeAll(async () => {
  database = await freshDatabase()
  pool = new pg.Pool({ connectionString: database.connectionString, options: '-c search_path=parley' })
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})
beforeEach(async () => {
  now = new Date()
  notices.length = 0
  reports.length = 0
  await pool.query('truncate sign_in.rate, sign_in.tries, sign_in.one_time_link')
})

const make = (baseUrl = origin): SignIn =>
  createSignIn({
    pool,
    baseUrl,
    secret,
    clock: { now: () => now },
    sendNotice: async (notice) => void notices.push(notice),
    report: (error) => void reports.push(error),
  })

let count = 0
/** A responder with a proven address, without a sign-in. */
async function responder(options: { proven?: boolean } = {}) {
  count += 1
  const account = newId<AccountId>()
  const person = newId<PersonId>()
  const email = `bo${count}@example.org`
  const proven = options.proven ?? true
  await pool.query(`insert into account (account_id, name, created_at) values ($1, 'Shop', now())`, [account])
  await pool.query(
    `insert into person (account_id, person_id, kind, name, language, created_at) values ($1, $2, 'responder', 'Bo', 'en', now())`,
    [account, person],
  )
  await pool.query(`insert into responder (account_id, person_id, alias, state) values ($1, $2, 'Bo', 'active')`, [
    account,
    person,
  ])
  await pool.query(
    `insert into address (account_id, address_id, person_id, medium, value, value_key, position, state, proven_at, created_at)
     values ($1, $2, $3, 'email', $4, $4, 0, $5, $6, now())`,
    [account, newId(), person, email, proven ? 'proven' : 'unproven', proven ? now : null],
  )
  return { account, person, email }
}

async function signedUp(signIn = make()) {
  const bo = await responder()
  await signIn.createSignInFor(bo.account, bo.person, bo.email)
  return bo
}

/** Came in by a link and set the password. */
async function withPassword(signIn = make()) {
  const bo = await signedUp(signIn)
  const browser = await byLink(signIn, bo)
  expect((await browser.post('/set-password', { newPassword: password })).status).toBe(200)
  return { ...bo, browser }
}

async function byLink(signIn: SignIn, bo: { account: AccountId; person: PersonId }, base = origin) {
  const browser = new Browser(signIn, { origin: base })
  expect((await browser.post('/one-time-link/use', { key: keyOf(await signIn.oneTimeLink(bo)) })).status).toBe(200)
  return browser
}

const keyOf = (url: string | null | undefined) => new URL(url ?? '').hash.slice(1)

describe('a sign-in hangs on a proven address', () => {
  it('and is refused for one that was never confirmed', async () => {
    const bo = await responder({ proven: false })
    expect(await make().createSignInFor(bo.account, bo.person, bo.email)).toEqual({
      ok: false,
      because: 'address-not-proven',
    })
  })

  it('and two people cannot have it on the same one', async () => {
    const signIn = make()
    const bo = await signedUp(signIn)
    const di = await responder()
    await pool.query('update address set value = $2 where person_id = $1', [di.person, bo.email])
    expect(await signIn.createSignInFor(di.account, di.person, bo.email)).toEqual({
      ok: false,
      because: 'address-taken',
    })
  })

  it('so a session ends when the address is taken away, and no new one begins', async () => {
    const signIn = make()
    const bo = await withPassword(signIn)
    expect(await signIn.personOf(bo.browser.headers)).toEqual({ account: bo.account, person: bo.person })
    await pool.query('delete from address where person_id = $1', [bo.person])
    expect(await signIn.personOf(bo.browser.headers)).toBeNull()
    const again = await new Browser(signIn, { origin }).post('/sign-in/email', { email: bo.email, password })
    expect(again.status).toBe(403)
  })

  it('and a responder who has left comes in no more', async () => {
    const signIn = make()
    const bo = await withPassword(signIn)
    await pool.query(`update responder set state = 'left' where person_id = $1`, [bo.person])
    expect(await signIn.personOf(bo.browser.headers)).toBeNull()
  })

  it('and nobody can sign themselves up or use anything that the desk does not need', async () => {
    const browser = new Browser(make(), { origin })
    const bodies = { email: 'new@example.org', password, name: 'New', token: 'x' }
    for (const path of [
      '/sign-up/email',
      '/request-password-reset',
      '/reset-password',
      '/update-user',
      '/delete-user',
    ]) {
      expect((await browser.post(path, bodies)).status, path).toBe(404)
    }
    expect((await browser.get('/one-time-link/use')).status).toBe(404)
    expect((await pool.query(`select from sign_in.login where email = 'new@example.org'`)).rowCount).toBe(0)
  })
})

describe('a one-time link', () => {
  it('signs in once, and not again', async () => {
    const signIn = make()
    const bo = await signedUp(signIn)
    const key = keyOf(await signIn.oneTimeLink(bo))
    const first = new Browser(signIn, { origin })
    const second = new Browser(signIn, { origin })
    expect((await first.post('/one-time-link/use', { key })).status).toBe(200)
    expect(await signIn.personOf(first.headers)).toEqual({ account: bo.account, person: bo.person })
    expect(await second.post('/one-time-link/use', { key })).toMatchObject({
      status: 401,
      json: { code: 'LINK_NOT_VALID' },
    })
    expect(await signIn.personOf(second.headers)).toBeNull()
  })

  it('lets in only one of ten who use it at the same moment', async () => {
    const signIn = make()
    const key = keyOf(await signIn.oneTimeLink(await signedUp(signIn)))
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        new Browser(signIn, { origin, peer: `192.0.2.${index + 10}` }).post('/one-time-link/use', { key }),
      ),
    )
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
  })

  it('is too old after a quarter of an hour', async () => {
    const signIn = make()
    const key = keyOf(await signIn.oneTimeLink(await signedUp(signIn)))
    now = new Date(now.getTime() + 15 * 60_000)
    expect((await new Browser(signIn, { origin }).post('/one-time-link/use', { key })).status).toBe(401)
  })

  it('stands only as a hash in the database, and in no part of an address that a server or a log sees', async () => {
    const signIn = make()
    const url = new URL((await signIn.oneTimeLink(await signedUp(signIn))) ?? '')
    expect(url.search).toBe('')
    const rows = await pool.query('select t::text as row from sign_in.one_time_link t')
    expect(rows.rowCount).toBe(1)
    expect(rows.rows[0].row).not.toContain(url.hash.slice(1))
  })

  it('is mailed when asked for, and the answer is the same for an address that nobody has', async () => {
    const signIn = make()
    const bo = await signedUp(signIn)
    const browser = new Browser(signIn, { origin })
    const known = await browser.post('/one-time-link/request', { email: bo.email.toUpperCase() })
    const unknown = await browser.post('/one-time-link/request', { email: 'nobody@example.org' })
    expect({ status: known.status, text: known.text }).toEqual({ status: unknown.status, text: unknown.text })
    await expect.poll(() => notices).toHaveLength(1)
    expect(notices[0]).toMatchObject({ account: bo.account, person: bo.person, template: 'sign-in-link' })
    const key = keyOf(notices[0]?.params.url)
    expect((await new Browser(signIn, { origin }).post('/one-time-link/use', { key })).status).toBe(200)
  })

  it('lets its user set a password without the old one; a session alone does not', async () => {
    const signIn = make()
    const bo = await withPassword(signIn)
    const browser = new Browser(signIn, { origin })
    await browser.post('/sign-in/email', { email: bo.email, password })
    expect(await browser.post('/set-password', { newPassword: 'another long pass phrase' })).toMatchObject({
      status: 403,
      json: { code: 'OLD_PASSWORD_NEEDED' },
    })
    const linked = await byLink(signIn, bo)
    expect((await linked.post('/set-password', { newPassword: 'another long pass phrase' })).status).toBe(200)
  })
})

describe('a password', () => {
  it('is set by nobody beforehand: a new sign-in has none, and none opens it', async () => {
    const signIn = make()
    const bo = await signedUp(signIn)
    const stored = await pool.query(
      'select from sign_in.credential c join sign_in.login l on l.id = c.user_id where l.email = $1',
      [bo.email],
    )
    expect(stored.rowCount).toBe(0)
    for (const guess of ['', 'admin', password]) {
      const answer = await new Browser(signIn, { origin }).post('/sign-in/email', { email: bo.email, password: guess })
      expect(answer.status, guess).not.toBe(200)
    }
  })

  it('signs in, and a wrong one is answered like an unknown address', async () => {
    const signIn = make()
    const bo = await withPassword(signIn)
    const browser = new Browser(signIn, { origin })
    expect((await browser.post('/sign-in/email', { email: bo.email, password })).status).toBe(200)
    expect(await signIn.personOf(browser.headers)).toEqual({ account: bo.account, person: bo.person })
    const wrong = await browser.post('/sign-in/email', { email: bo.email, password: 'wrong horse battery staple' })
    const unknown = await browser.post('/sign-in/email', { email: 'nobody@example.org', password })
    expect(wrong.status).toBe(401)
    expect({ status: wrong.status, text: wrong.text }).toEqual({ status: unknown.status, text: unknown.text })
  })

  it('that is too plain is refused with the reason, and the old one stays', async () => {
    const signIn = make()
    const bo = await withPassword(signIn)
    expect(
      await bo.browser.post('/change-password', { currentPassword: password, newPassword: 'Password2026!' }),
    ).toMatchObject({ status: 400, json: { code: 'PASSWORD_TOO_PLAIN' } })
    expect(reports, 'a refusal is no failure of ours').toEqual([])
    expect((await new Browser(signIn, { origin }).post('/sign-in/email', { email: bo.email, password })).status).toBe(
      200,
    )
  })

  it('that is changed ends every other session and every link that was mailed', async () => {
    const signIn = make()
    const bo = await withPassword(signIn)
    const thief = new Browser(signIn, { origin })
    await thief.post('/sign-in/email', { email: bo.email, password })
    const link = keyOf(await signIn.oneTimeLink(bo))
    expect(await signIn.personOf(thief.headers)).not.toBeNull()
    const newPassword = 'another long pass phrase'
    // The client asking to keep them changes nothing.
    await bo.browser.post('/change-password', { currentPassword: password, newPassword, revokeOtherSessions: false })
    expect(await signIn.personOf(thief.headers)).toBeNull()
    expect(await signIn.personOf(bo.browser.headers)).not.toBeNull()
    expect((await new Browser(signIn, { origin }).post('/one-time-link/use', { key: link })).status).toBe(401)
  })

  it('cannot be guessed on and on, from one network or from many', async () => {
    const signIn = make()
    const bo = await withPassword(signIn)
    const guess = (peer: string) =>
      new Browser(signIn, { origin, peer }).post('/sign-in/email', { email: bo.email, password: 'wrong horse battery' })
    const fromOne = []
    for (let index = 0; index < 11; index += 1) fromOne.push((await guess('198.51.100.1')).status)
    expect(fromOne.at(-1)).toBe(429)
    await pool.query('truncate sign_in.tries')
    const fromMany = await Promise.all(Array.from({ length: 30 }, (_, index) => guess(`198.51.100.${index + 2}`)))
    expect(fromMany.filter((answer) => answer.status === 401).length).toBeLessThanOrEqual(10)
    expect(fromMany.filter((answer) => answer.status === 429).length).toBeGreaterThanOrEqual(20)
  })

  it('is not limited by what a client claims to be its network', async () => {
    const signIn = make()
    const bo = await withPassword(signIn)
    const statuses = []
    for (let index = 0; index < 12; index += 1) {
      await pool.query('truncate sign_in.tries')
      const browser = new Browser(signIn, { origin, peer: '203.0.113.9' })
      const claims = { 'x-forwarded-for': `10.0.0.${index}`, 'x-parley-peer': `10.0.1.${index}` }
      statuses.push((await browser.post('/sign-in/email', { email: bo.email, password: 'wrong horse' }, claims)).status)
    }
    expect(statuses.at(-1)).toBe(429)
  })
})

describe('a second factor', () => {
  async function withSecondFactor(signIn: SignIn) {
    const bo = await withPassword(signIn)
    const enabled = await bo.browser.post('/two-factor/enable', { password })
    const uri = new URL(String(enabled.json?.totpURI))
    const key = uri.searchParams.get('secret') ?? ''
    const backupCodes = enabled.json?.backupCodes as string[]
    expect((await bo.browser.post('/two-factor/verify-totp', { code: totp(key) })).status).toBe(200)
    return { ...bo, key, backupCodes }
  }

  it('is asked for after the password, and its code opens the desk', async () => {
    const signIn = make()
    const bo = await withSecondFactor(signIn)
    const browser = new Browser(signIn, { origin })
    const first = await browser.post('/sign-in/email', { email: bo.email, password })
    expect(first.json).toMatchObject({ twoFactorRedirect: true })
    expect(await signIn.personOf(browser.headers)).toBeNull()
    expect((await browser.post('/two-factor/verify-totp', { code: '000000' })).status).toBe(401)
    expect(await signIn.personOf(browser.headers)).toBeNull()
    expect((await browser.post('/two-factor/verify-totp', { code: totp(bo.key) })).status).toBe(200)
    expect(await signIn.personOf(browser.headers)).toEqual({ account: bo.account, person: bo.person })
  })

  it('is asked for after a one-time link too', async () => {
    const signIn = make()
    const bo = await withSecondFactor(signIn)
    const browser = await byLink(signIn, bo)
    expect(await signIn.personOf(browser.headers)).toBeNull()
    expect((await browser.post('/set-password', { newPassword: 'another long pass phrase' })).status).toBe(401)
    expect((await browser.post('/two-factor/verify-totp', { code: totp(bo.key) })).status).toBe(200)
    expect(await signIn.personOf(browser.headers)).not.toBeNull()
  })

  it('has backup codes, each good once', async () => {
    const signIn = make()
    const bo = await withSecondFactor(signIn)
    const code = bo.backupCodes[0]
    for (const status of [200, 401]) {
      const browser = new Browser(signIn, { origin })
      await browser.post('/sign-in/email', { email: bo.email, password })
      expect((await browser.post('/two-factor/verify-backup-code', { code })).status).toBe(status)
    }
  })

  it('cannot be guessed on and on', async () => {
    const signIn = make()
    const bo = await withSecondFactor(signIn)
    const browser = new Browser(signIn, { origin })
    await browser.post('/sign-in/email', { email: bo.email, password })
    for (let index = 0; index < 6; index += 1) await browser.post('/two-factor/verify-totp', { code: '000000' })
    expect((await browser.post('/two-factor/verify-totp', { code: totp(bo.key) })).status).not.toBe(200)
  })

  it('leaves no trusted device behind, also when a client asks for one', async () => {
    const signIn = make()
    const bo = await withSecondFactor(signIn)
    const browser = new Browser(signIn, { origin })
    await browser.post('/sign-in/email', { email: bo.email, password })
    await browser.post('/two-factor/verify-totp', { code: totp(bo.key), trustDevice: true })
    expect([...browser.cookies.keys()].filter((name) => name.includes('trust'))).toEqual([])
  })
})

describe('the edge', () => {
  it.each([
    ['another origin', { origin: 'https://evil.example' }, 403],
    ['a sub-domain of ours', { origin: 'http://x.desk.example.test' }, 403],
    ['no origin at all', { origin: null }, 403],
    ['a form instead of JSON', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ])('refuses a request with %s', async (_, headers, status) => {
    const signIn = make()
    const bo = await withPassword(signIn)
    const browser = new Browser(signIn, { origin })
    const answer = await browser.post('/sign-in/email', { email: bo.email, password }, headers)
    expect(answer.status).toBe(status)
    expect(answer.json).toMatchObject({ reason: expect.any(String), text: expect.any(String) })
    expect(browser.cookies.size).toBe(0)
  })

  it('gives cookies that scripts and other sites cannot use, and over https only where there is https', async () => {
    for (const [base, isSecure] of [
      [origin, false],
      ['https://desk.example.test', true],
    ] as const) {
      const signIn = make(base)
      const browser = await byLink(signIn, await signedUp(signIn), base)
      expect(browser.given.length).toBeGreaterThan(0)
      for (const line of browser.given) {
        expect(line).toMatch(/; HttpOnly/i)
        expect(line).toMatch(/; SameSite=Lax/i)
        expect(/; Secure/i.test(line), line).toBe(isSecure)
      }
    }
  })

  it('does not believe a cookie that was changed', async () => {
    const signIn = make()
    const bo = await withPassword(signIn)
    const name = [...bo.browser.cookies.keys()].find((key) => key.includes('session_token')) ?? ''
    const value = bo.browser.cookies.get(name) ?? ''
    bo.browser.cookies.set(name, `x${value.slice(1)}`)
    expect(await signIn.personOf(bo.browser.headers)).toBeNull()
  })

  it('ends the session when the responder signs out', async () => {
    const signIn = make()
    const bo = await withPassword(signIn)
    const kept = new Headers(bo.browser.headers)
    await bo.browser.post('/sign-out', {})
    expect(await signIn.personOf(kept)).toBeNull()
  })

  it('answers malformed bodies in plain words', async () => {
    const browser = new Browser(make(), { origin })
    for (const body of [null, [], 'x', { email: 1, password: {} }, { email: 'a\u0000b@example.org', password }]) {
      const answer = await browser.post('/sign-in/email', body)
      expect([400, 401, 422], JSON.stringify(body)).toContain(answer.status)
    }
  })
})

describe('better-auth', () => {
  it('finds every table and column that it expects in our migration', async () => {
    const { toBeCreated, toBeAdded } = await getMigrations(authOptions({ pool, baseUrl: origin, secret }))
    expect({ toBeCreated, toBeAdded }).toEqual({ toBeCreated: [], toBeAdded: [] })
  })

  it('reports to nobody, also where the environment asks it to', async () => {
    const calls: string[] = []
    const beacon = net.createServer((socket) => {
      calls.push('connection')
      socket.destroy()
    })
    await once(beacon.listen(0, '127.0.0.1'), 'listening')
    const address = beacon.address()
    const port = address && typeof address === 'object' ? address.port : 0
    const run = (which: string) =>
      promisify(execFile)(process.execPath, [path.join(import.meta.dirname, 'telemetry.fixture.ts'), which], {
        env: {
          NODE_ENV: 'production',
          DATABASE: database.connectionString,
          BETTER_AUTH_TELEMETRY: '1',
          BETTER_AUTH_TELEMETRY_ENDPOINT: `http://127.0.0.1:${port}/`,
        },
      })
    await run('bare')
    expect(calls.length, 'the beacon must notice a report').toBeGreaterThan(0)
    calls.length = 0
    await run('ours')
    expect(calls).toEqual([])
    beacon.close()
  })
})

/** RFC 6238 with the usual 30 seconds, SHA-1 and 6 digits. */
function totp(base32: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...base32.replace(/=+$/, '')].map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const digest = createHmac('sha1', key).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
