import { randomBytes } from 'node:crypto'
import { PhotonImage } from '@cf-wasm/photon/node'
import { days } from '@parley/model'
import { pictureSize } from '@parley/rules'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Asker, type LinkRig, startLinkRig } from './link/link-rig.fixture.ts'

const now = { ms: Date.now() }
let rig: LinkRig
let ana: Asker
let files = 0

beforeAll(async () => {
  rig = await startLinkRig({ clock: { now: () => new Date(now.ms) }, settings: { fileLinkDays: 3 } })
  ana = await rig.asks('Do you take plans?')
  const offer = await rig.post.receives('bo@people.test', 'Do you take plans?')
  await rig.post.replies(offer, 'Yes.', 'bo@people.test')
})
afterAll(() => rig.parley.stop())

/** The address of the page behind the link to a file that Ana sends. */
async function linkTo(name: string, type = 'text/plain', bytes = Buffer.from('nails\nboards\n')): Promise<URL> {
  files += 1
  await ana.says(`File ${files}.`, [{ name, type, bytes, inline: false }])
  const { attachments } = await rig.post.receives('bo@people.test', `File ${files}.`)
  const [file] = attachments
  if (!file) throw new Error('nothing was attached')
  return new URL(file.url)
}

const opens = (url: URL | string, headers: Record<string, string> = {}) =>
  fetch(url, { headers: { accept: 'text/html,*/*;q=0.8', ...headers } })

test('C8 a link to a file leads to a page that names it before it gives it, and names nobody', async () => {
  const url = await linkTo('List & plan.txt')
  // It may have to fit into an SMS beside some words.
  expect(url.pathname.length).toBeLessThan(70)
  const answer = await opens(url)
  const text = await answer.text()
  expect(answer.status).toBe(200)
  expect(text).toContain('<h1 dir="auto">List &amp; plan.txt</h1>')
  expect(text).toContain('Fjord &amp; Field passes this file on to you.')
  expect(text).toMatch(/TXT · 13 byte/)
  expect(text).not.toContain(ana.person)
  expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
  expect(answer.headers.get('x-robots-tag')).toContain('noindex')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const [, raw = ''] = /href="(\/api\/attachments\/[^"]+)"/.exec(text) ?? []
  const file = await fetch(new URL(raw, url))
  expect(await file.text()).toBe('nails\nboards\n')
  expect(file.headers.get('content-disposition')).toMatch(/^attachment;/)
})

test('C8 a provider that fetches the file itself gets its bytes, with the type that they have', async () => {
  const url = await linkTo('list.txt')
  const answer = await fetch(url, { headers: { accept: '*/*' } })
  expect(await answer.text()).toBe('nails\nboards\n')
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
})

test('C8 it speaks the language of whoever opens it', async () => {
  const url = await linkTo('liste.txt')
  const text = await (await opens(url, { 'accept-language': 'de-CH,de;q=0.9' })).text()
  expect(text).toContain('<html lang="de" dir="ltr">')
  expect(text).toContain('Herunterladen')
})

test('C8 a name cannot put anything into the page', async () => {
  const url = await linkTo('"><img src=x onerror=alert(1)>.txt')
  const text = await (await opens(url)).text()
  expect(text).not.toContain('<img')
})

test('C8 what is changed in the address leads nowhere', async () => {
  const url = await linkTo('secret.txt')
  const token = url.pathname.slice('/f/'.length)
  for (let at = 0; at < token.length; at += 5) {
    const forged = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`
    if (Buffer.from(forged, 'base64url').equals(Buffer.from(token, 'base64url'))) continue
    expect((await opens(new URL(`/f/${forged}`, url))).status).toBe(404)
  }
  for (const path of ['/f/', '/f/x', `/f/${'A'.repeat(300)}`, `/f/${token}AAAA`]) {
    expect((await opens(new URL(path, url))).status).toBe(404)
  }
})

test('C8 after its days it says kindly that it is too old, and gives the file to nobody', async () => {
  const url = await linkTo('old.txt')
  now.ms += days(2)
  expect((await opens(url)).status).toBe(200)
  now.ms += days(3)
  const answer = await opens(url)
  expect(answer.status).toBe(410)
  expect(await answer.text()).toContain('Ask for the file once more in your conversation.')
  expect((await fetch(url)).status).toBe(410)
})

test('C8 a file that was removed meanwhile is said to be gone', async () => {
  const url = await linkTo('gone.txt')
  await rig.parley.server.db.workerPool.query(`delete from attachment where name = 'gone.txt'`)
  expect((await opens(url)).status).toBe(404)
})

test('C8 a picture is shown small on the page and goes small to a provider, while the whole of it is there to be had', async () => {
  const noise = new PhotonImage(new Uint8Array(randomBytes(1_500 * 300 * 4)), 1_500, 300)
  const bytes = Buffer.from(noise.get_bytes_jpeg(90))
  const url = await linkTo('photo.jpg', 'image/jpeg', bytes)
  const fetched = await fetch(url, { headers: { accept: '*/*' } })
  expect(fetched.headers.get('content-type')).toBe('image/jpeg')
  expect(pictureSize(new Uint8Array(await fetched.arrayBuffer()))).toEqual({ width: 1_280, height: 256 })
  const text = await (await opens(url)).text()
  const [, shown = ''] = /<img src="([^"]+)"/.exec(text) ?? []
  const image = await fetch(new URL(shown, url), { headers: { accept: 'image/avif,image/*,*/*;q=0.8' } })
  expect(pictureSize(new Uint8Array(await image.arrayBuffer()))).toEqual({ width: 1_280, height: 256 })
  const [, raw = ''] = /href="(\/api\/attachments\/[^"]+)"/.exec(text) ?? []
  const whole = await fetch(new URL(raw, url))
  expect(pictureSize(new Uint8Array(await whole.arrayBuffer()))).toEqual({ width: 1_500, height: 300 })
})

test('C8 sound can be asked for in parts, over the border of what lies together', async () => {
  const bytes = Buffer.concat([Buffer.from('#!AMR\n'), randomBytes(600_000)])
  const url = await linkTo('voice.amr', 'audio/amr', bytes)
  const text = await (await opens(url)).text()
  const [, raw = ''] = /<audio controls preload="metadata" src="([^"]+)"/.exec(text) ?? []
  const part = await fetch(new URL(raw, url), { headers: { range: 'bytes=262000-530000' } })
  expect(part.status).toBe(206)
  expect(part.headers.get('content-range')).toBe('bytes 262000-530000/600006')
  expect(part.headers.get('content-type')).toBe('audio/amr')
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(262_000, 530_001))).toBe(true)
})
