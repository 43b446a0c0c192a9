import { inflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PeopleRig, startPeopleRig } from '../people-rig.fixture.ts'
import { drawIcon } from './draw-icon.ts'

let rig: PeopleRig

beforeAll(async () => {
  rig = await startPeopleRig({
    account: {
      name: 'Fjord & Field',
      sites: [
        {
          key: 'shop',
          name: 'Fjord & Field',
          domains: [],
          topics: [],
          policy: { window: { colour: '#204a87', title: { en: 'Ask a guide', de: 'Frag eine Führerin' } } },
        },
      ],
      responders: [{ name: 'Bo', alias: 'Juniper', language: 'en', emails: ['bo@people.test'] }],
    },
  })
})
afterAll(() => rig?.parley.stop())

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${rig.parley.url}${path}`, { headers, redirect: 'manual' })

test('A15 behind a link lies a page to install: in the name and colour of the site, each link by itself', async () => {
  const admin = await rig.atDesk(rig.parley.account.responders[0], 'bo@people.test')
  const made = await admin<{ code: string }>('POST', '/api/desk/admin/links', {
    site: rig.parley.account.sites[0]?.id,
    name: 'Guides',
  })
  const at = `/l/${made.body.code}`
  const answer = await get(`${at}/manifest.webmanifest`, { 'accept-language': 'de-AT,de;q=0.9' })
  expect(answer.headers.get('content-type')).toContain('application/manifest+json')
  const manifest = (await answer.json()) as { icons: { src: string; sizes: string; purpose: string }[] }
  expect(manifest).toMatchObject({
    id: at,
    start_url: at,
    scope: at,
    name: 'Frag eine Führerin',
    lang: 'de',
    theme_color: '#204a87',
    display: 'standalone',
  })
  expect(manifest.icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`)).toEqual([
    '192x192 any',
    '192x192 maskable',
    '512x512 any',
    '512x512 maskable',
  ])
  const icon = await get(manifest.icons[0]?.src ?? '')
  expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/png'])
  const page = await (await get(at)).text()
  expect(page).toContain(`<link rel="manifest" href="${at}/manifest.webmanifest">`)
  expect(page).toContain('<meta name="theme-color" content="#204a87">')
})

test('A15 a window in a frame has nothing to install, and nothing is there for a page that is not', async () => {
  expect(await (await get('/w/shop', { 'sec-fetch-dest': 'iframe' })).text()).not.toContain('manifest')
  expect(await (await get('/w/shop')).text()).toContain('/w/shop/manifest.webmanifest')
  for (const path of ['/w/nowhere/manifest.webmanifest', '/l/nothing/icon-192.png', '/w/shop/icon-9.png']) {
    expect((await get(path)).status, path).toBe(404)
  }
})

test.each([
  ['#204a87', [0x20, 0x4a, 0x87], [0xff, 0xff, 0xff]],
  ['#ffe000', [0xff, 0xe0, 0x00], [0x1c, 0x1c, 0x1c]],
] as const)('an icon on %s is a bubble that can be seen, on nothing but that colour', (colour, ground, ink) => {
  const size = 96
  const png = drawIcon(colour, size)
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  const length = png.readUInt32BE(33)
  const rows = inflateSync(png.subarray(41, 41 + length))
  const at = (x: number, y: number) => [...rows.subarray(y * (1 + size * 3) + 1 + x * 3).subarray(0, 3)]
  expect([at(0, 0), at(size - 1, size - 1), at(48, 44)]).toEqual([ground, ground, ground].map((each) => [...each]))
  expect(at(48, 34)).toEqual([...ink])
})
