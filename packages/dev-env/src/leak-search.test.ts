import { deflateSync, gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { createTransport } from 'nodemailer'
import { describe, expect, test } from 'vitest'
import { findLeaks } from './leak-search.ts'
import { seeded } from './seeded.ts'

const ADDRESS = 'Ana.Miller@people.test'
const identities = [ADDRESS, 'Ana Miller', '+49 30 1234567', 'jörg@bücher.test', 'мария@почта.test', 'Ян Ковальский']

const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64')
const hex = (text: string) => Buffer.from(text).toString('hex')
const zip = (files: Record<string, string | Buffer>) =>
  Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]))))

const planted: [kind: string, bytes: string | Buffer, identity: string][] = [
  ['plain', `From: <${ADDRESS}>`, ADDRESS],
  ['in other letters', 'x ANA.MILLER@PEOPLE.TEST x', ADDRESS],
  ['in a local part of ours', 'ana.miller@people.test=k7@relay.test', ADDRESS],
  ['a name over a folded line', 'Subject: from Ana\r\n Miller', 'Ana Miller'],
  ['a name turned round', 'Miller, Ana', 'Ana Miller'],
  ['a name in a file name', 'filename="CV_ana-miller.pdf"', 'Ana Miller'],
  ['in base64, aligned', base64(ADDRESS), ADDRESS],
  ['in base64, one byte in', base64(`x${ADDRESS} and more`), ADDRESS],
  ['in base64, two bytes in', base64(`xy${ADDRESS} and more`), ADDRESS],
  ['in base64 that follows other letters', `token${base64(`{"m":"${ADDRESS}"}`)}`, ADDRESS],
  ['in base64 for addresses of pages', `?t=${Buffer.from(`ÿÿÿ>>?${ADDRESS}`).toString('base64url')}`, ADDRESS],
  ['in base64 broken into lines', base64(`${'-'.repeat(50)}${ADDRESS}`).replace(/(.{76})/g, '$1\r\n'), ADDRESS],
  ['in base64 within base64', base64(base64(`who: ${ADDRESS}`)), ADDRESS],
  ['in quoted-printable', 'Ana.Mil=\r\nler=40people.test', ADDRESS],
  ['in an encoded word, B', `=?utf-8?B?${base64(`${ADDRESS}`)}?=`, ADDRESS],
  ['in an encoded word, Q', '=?iso-8859-1?q?Ana=20Mil?=\r\n =?iso-8859-1?q?ler?=', 'Ana Miller'],
  ['in a parameter cut in pieces', `filename*0*=utf-8''Ana%20Mil; filename*1*=ler.pdf`, 'Ana Miller'],
  ['in percent signs', `https://x.test/?who=${encodeURIComponent(ADDRESS)}`, ADDRESS],
  ['in percent signs twice', encodeURIComponent(encodeURIComponent(`<${ADDRESS}>`)), ADDRESS],
  ['in HTML entities', 'Ana&#46;Miller&#x40;people&period;test', ADDRESS],
  ['cut by markup', '<t>Ana.Mil</t><t>ler@people</t>.test', ADDRESS],
  ['in JSON escapes', '{"from":"Ana.Miller\\u0040people.test"}', ADDRESS],
  ['with invisible characters', 'Ana.Mil\u200bler@peo\u00adple.test', ADDRESS],
  ['in wide letters', 'Ａｎａ.Miller＠people.test', ADDRESS],
  ['in hexadecimal', `id-${hex(`user:${ADDRESS}`)}`, ADDRESS],
  ['in hexadecimal at an odd place', `f${hex(ADDRESS)}`, ADDRESS],
  ['in UTF-16', Buffer.concat([Buffer.from([1]), Buffer.from(ADDRESS, 'utf16le')]), ADDRESS],
  ['in UTF-16 the other way round', Buffer.from(ADDRESS, 'utf16le').swap16(), ADDRESS],
  ['another script in UTF-16', Buffer.from('x Ян Ковальский x', 'utf16le'), 'Ян Ковальский'],
  ['another script in UTF-8', 'от Ян Ковальский', 'Ян Ковальский'],
  ['an umlaut in Latin-1', Buffer.from('JÖRG@bücher.test', 'latin1'), 'jörg@bücher.test'],
  ['an umlaut from two characters', 'jo\u0308rg@bu\u0308cher.test', 'jörg@bücher.test'],
  ['a domain in punycode', 'jörg@xn--bcher-kva.test', 'jörg@bücher.test'],
  ['another domain in punycode', '=?utf-8?q?=D0=BC=D0=B0=D1=80=D0=B8=D1=8F?=@xn--80a1acny.test', 'мария@почта.test'],
  ['a telephone number with other punctuation', 'call (49) 30/123-45.67 now', '+49 30 1234567'],
  ['a telephone number without any', 'tel:+49301234567', '+49 30 1234567'],
  ['as the author of a document', zip({ 'docProps/core.xml': `<dc:creator>Ana Miller</dc:creator>` }), 'Ana Miller'],
  ['as a name inside an archive', zip({ 'Ana Miller/notes.txt': 'nothing' }), 'Ana Miller'],
  ['in an archive within an archive', zip({ 'a.zip': zip({ b: ADDRESS }) }), ADDRESS],
  ['in a compressed stream of a PDF', Buffer.concat([Buffer.from('stream\n'), deflateSync(`(${ADDRESS})`)]), ADDRESS],
  ['in gzip', Buffer.concat([Buffer.from('junk'), gzipSync(ADDRESS)]), ADDRESS],
]

describe('The search for leaks', () => {
  test.each(planted)('finds an identity: %s', (_, bytes, identity) => {
    expect(findLeaks(bytes, identities).map((leak) => leak.identity)).toContain(identity)
    expect(findLeaks(bytes, ['somebody.else@other.test', 'Cy Nobody'])).toEqual([])
  })

  test('finds it in each place of a whole mail, and says how it stood there', async () => {
    const clean = await mail({ author: 'k7q2', name: 'Helper', file: 'photo.docx' })
    expect(findLeaks(clean, identities)).toEqual([])
    const inDocument = await mail({ author: 'Ana Miller', name: 'Helper', file: 'photo.docx' })
    expect(findLeaks(inDocument, identities)[0]).toMatchObject({
      identity: 'Ana Miller',
      inside: ['base64', 'zip docProps/core.xml'],
      around: expect.stringContaining('ana miller'),
    })
    expect(findLeaks(await mail({ author: 'x', name: 'Ana Miller', file: 'x.docx' }), identities)).not.toEqual([])
    expect(
      findLeaks(await mail({ author: 'x', name: 'x', file: 'Ana Millér – ana.miller@people.test.docx' }), identities),
    ).not.toEqual([])
  })

  test('finds nothing by chance in noise and its coding', () => {
    const noise = Buffer.from(seeded(7).bytes(500_000))
    expect(findLeaks(Buffer.concat([noise, Buffer.from(base64(noise))]), identities)).toEqual([])
  })

  test('will not look for what would be found by chance, nor say "nothing" of what it could not open', () => {
    expect(() => findLeaks('x', ['Bo'])).toThrow('"Bo" is too short to search for')
    const broken = zip({ a: ADDRESS.repeat(50) })
    broken.fill(0xff, 35, 60)
    expect(() => findLeaks(broken, identities)).toThrow(/damaged|invalid/)
    let deep = `who is ${ADDRESS}, really`
    for (let times = 0; times < 14; times++) deep = base64(deep)
    expect(() => findLeaks(deep, identities)).toThrow('too much to search')
  })
})

async function mail({ author, name, file }: { author: string; name: string; file: string }): Promise<Buffer> {
  const document = zip({
    'word/document.xml': '<w:t>Guten Tag</w:t>',
    'docProps/core.xml': `<dc:creator>${author}</dc:creator>`,
  })
  const compose = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  const { message } = await compose.sendMail({
    from: { name, address: 'k7q2@relay.test' },
    to: 'bo@people.test',
    subject: 'Grüße aus der Küche, with a long subject that has to be folded over several lines',
    text: 'Schöne Grüße – and a long line that quoted-printable has to break somewhere in the middle of it.',
    html: '<p>Sch&ouml;ne Gr&uuml;&szlig;e</p>',
    attachments: [
      { filename: file, content: document },
      { filename: 'noise.bin', content: Buffer.from(seeded(3).bytes(50_000)) },
    ],
  })
  if (!Buffer.isBuffer(message)) throw new Error('no buffer')
  return message
}
