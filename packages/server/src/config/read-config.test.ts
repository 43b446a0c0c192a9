import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readConfig } from './read-config.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'parley-config-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('nothing has to be set: loopback, the embedded database, the demo', () => {
  const { web, data, demo, limits } = config({})
  expect(web).toEqual({ host: '127.0.0.1', port: 8420, publicUrl: undefined, trustedProxies: [] })
  expect(data.databaseUrl).toBeUndefined()
  expect(demo).toBe(true)
  expect(limits.attachmentBytes).toBe(25_000_000)
})

test('what is set is what counts', () => {
  const read = config({
    PARLEY_PORT: '9000',
    PARLEY_PUBLIC_URL: 'https://chat.example.org/',
    PARLEY_ATTACHMENT_BYTES: '10 MB',
    PARLEY_SMTP_IN_PORT: 'off',
    PARLEY_PHONE_COUNTRIES: 'FR, AT',
    PARLEY_TRUST_PROXY: 'loopback,10.0.0.0/8',
  })
  expect(read.web).toMatchObject({
    port: 9000,
    publicUrl: 'https://chat.example.org',
    trustedProxies: ['loopback', '10.0.0.0/8'],
  })
  expect(read.limits.attachmentBytes).toBe(10_000_000)
  expect(read.mail.smtpIn.port).toBeUndefined()
  expect(read.phoneCountries).toEqual(['FR', 'AT'])
})

test('all problems are told at once, each with its variable', () => {
  expect(
    problems({
      PARLEY_PORT: '99999',
      PARLEY_PUBLIC_URL: 'chat.example.org',
      PARLEY_ATTACHMENT_BYTES: '25 buckets',
      PARLEY_LOG_LEVEL: 'loud',
      PARLEY_DEMO: 'perhaps',
      PARLEY_PHONE_COUNTRIES: 'DE,Austria',
      PARLEY_MAIL_DOMAIN: 'no domain',
      PARLEY_DKIM_SELECTOR: 'june',
      PARLEY_POTR: '1',
    }),
  ).toEqual([
    'PARLEY_PORT must be a whole number from 0 to 65535; it is "99999"',
    'PARLEY_PUBLIC_URL must be a URL that begins with https:// or http://; it is "chat.example.org"',
    'PARLEY_MAIL_DOMAIN must be a domain name such as chat.example.org; it is "no domain"',
    'PARLEY_ATTACHMENT_BYTES must be a size from 1 KB to 200 MB, such as 25 MB; it is "25 buckets"',
    'PARLEY_LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent; it is "loud"',
    'PARLEY_DEMO must be on or off; it is "perhaps"',
    'PARLEY_PHONE_COUNTRIES holds "Austria"; each must be two capital letters such as DE (ISO 3166-1); it is "DE,Austria"',
    'PARLEY_POTR is no setting of Parley; docs/operate/configuration.md lists them all',
    'PARLEY_DKIM_SELECTOR is set and PARLEY_DKIM_KEY_FILE is not; they go together',
  ])
})

test('a password is never repeated in a message', () => {
  const told = problems({ DATABASE_URL: 'mysql://app:hunter2@db/parley', PARLEY_SMTP_URL: 'hunter2' })
  expect(told).toHaveLength(2)
  expect(told.join()).not.toContain('hunter2')
})

describe('a password in a file', () => {
  test('is read from there', () => {
    const file = path.join(folder, 'database')
    writeFileSync(file, 'postgresql://app:hunter2@db/parley\n')
    expect(config({ DATABASE_URL_FILE: file })).toMatchObject({
      data: { databaseUrl: 'postgresql://app:hunter2@db/parley' },
      demo: false,
    })
  })

  test('that is not there is told, and so is one given twice', () => {
    const file = path.join(folder, 'missing')
    expect(problems({ DATABASE_URL_FILE: file, DATABASE_URL: 'postgresql://db/parley' })).toEqual([
      'DATABASE_URL and DATABASE_URL_FILE are both set; keep one',
      `DATABASE_URL_FILE names a file that cannot be read (ENOENT); it is "${file}"`,
    ])
  })
})

test('whoever listens beyond loopback has to say how people reach it', () => {
  expect(problems({ PARLEY_HOST: '0.0.0.0' })).toEqual([
    'PARLEY_PUBLIC_URL must be set when PARLEY_HOST is not loopback: links in mails would lead nowhere',
  ])
  expect(config({ PARLEY_HOST: '0.0.0.0', PARLEY_PUBLIC_URL: 'https://chat.example.org' }).web.host).toBe('0.0.0.0')
})

function config(env: Record<string, string>) {
  const read = readConfig(env)
  if (!read.ok) throw new Error(read.problems.join('\n'))
  return read.config
}

function problems(env: Record<string, string>): string[] {
  const read = readConfig(env)
  return read.ok ? [] : read.problems
}
