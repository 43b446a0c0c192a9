import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import { authenticate } from 'mailauth'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DnsServer, startDnsServer } from './dns-server.ts'
import { dnsZone } from './dns-zone.ts'
import { createMailDomain, type MailDomain } from './mail-domain.ts'

const LONG = 'x'.repeat(700)

const zone = dnsZone({
  'shop.test': { A: ['127.0.0.1', '127.0.0.2'], AAAA: ['::1', '2001:db8::5:1'], TXT: ['v=spf1 -all', LONG] },
  'www.shop.test': { CNAME: ['shop.test'] },
  'mail.deep.test': { MX: [{ exchange: 'mx.shop.test', priority: 5 }] },
})

describe('A DNS server of our own', () => {
  let server: DnsServer
  const resolver = new Resolver({ timeout: 2000, tries: 2 })

  beforeAll(async () => {
    server = await startDnsServer(zone)
    resolver.setServers([server.address])
  })
  afterAll(() => server.stop())

  test.each([
    ['shop.test', 'A'],
    ['SHOP.test', 'AAAA'],
    ['www.shop.test', 'A'],
    ['shop.test', 'TXT'],
    ['mail.deep.test', 'MX'],
  ])('c-ares over the network and the resolver in the process agree on %s %s', async (name, type) => {
    const overNetwork = await resolver.resolve(name, type)
    const inProcess = await zone.resolve(name, type)
    expect(normal(overNetwork)).toEqual(normal(inProcess))
    expect(inProcess).not.toEqual([])
  })

  test.each([
    ['nothing.test', 'A', 'ENOTFOUND'],
    ['shop.test', 'MX', 'ENODATA'],
    ['deep.test', 'A', 'ENODATA'],
    ['down.test', 'TXT', 'ESERVFAIL'],
    ['_dmarc.down.test', 'TXT', 'ESERVFAIL'],
  ])('%s %s fails with %s on both ways', async (name, type, code) => {
    zone.fail('down.test')
    await expect(resolver.resolve(name, type)).rejects.toMatchObject({ code })
    await expect(zone.resolve(name, type)).rejects.toMatchObject({ code })
  })

  test('what is not a question is not answered, and harms nothing', async () => {
    const socket = createSocket('udp4')
    for (const junk of ['', 'x', '\xff'.repeat(40), '\0'.repeat(12)]) {
      await new Promise((resolve) => socket.send(Buffer.from(junk, 'latin1'), server.port, server.host, resolve))
    }
    socket.close()
    expect(await resolver.resolve('shop.test', 'A')).toHaveLength(2)
  })

  function normal(records: unknown): string[] {
    return (Array.isArray(records) ? records : [records]).map((one) => JSON.stringify(one, keysInOrder)).sort()
  }

  function keysInOrder(key: string, value: unknown): unknown {
    if (key === 'type') return undefined
    return value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort())
      : value
  }
})

describe('A domain that sends mail', () => {
  let people: MailDomain
  beforeAll(async () => {
    people = await createMailDomain({ domain: 'people.test', sendsFrom: ['127.0.0.25'], dmarc: 'reject' })
    for (const [name, records] of Object.entries(people.records)) zone.set(name, records)
  })

  test.each([
    ['signed and sent from its own server', { isSigned: true, ip: '127.0.0.25' }, ['pass', 'pass', 'pass']],
    ['unsigned from its own server', { isSigned: false, ip: '127.0.0.25' }, ['none', 'pass', 'pass']],
    ['unsigned from elsewhere', { isSigned: false, ip: '127.0.0.66' }, ['none', 'fail', 'fail']],
    [
      'signed, then changed on the way',
      { isSigned: true, isChanged: true, ip: '127.0.0.66' },
      ['neutral', 'fail', 'fail'],
    ],
  ])('mail %s is judged as its records say', async (_, { isSigned, ip, ...rest }, expected) => {
    const compose = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
    const { message } = await compose.sendMail({
      from: 'bo@people.test',
      to: 'k7q2@relay.test',
      subject: 'Signed?',
      text: 'as you see',
      ...(isSigned ? { dkim: people.dkim } : {}),
    })
    const text = String(message)
    const raw = 'isChanged' in rest ? text.replace('as you see', 'as you say') : text
    const { dkim, spf, dmarc } = await authenticate(raw, {
      ip,
      helo: 'mx.people.test',
      sender: 'bo@people.test',
      mta: 'mx.relay.test',
      resolver: zone.resolve,
    })
    const verdicts = [
      dkim?.results[0]?.status.result,
      spf ? spf.status.result : 'none',
      dmarc ? dmarc.status.result : 'none',
    ]
    expect(verdicts).toEqual(expected)
  })
})
