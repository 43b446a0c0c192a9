import { expect, test } from 'vitest'
import { serveNotifications, type WorkerScope } from './service-worker.ts'

type Hear = Parameters<WorkerScope['addEventListener']>[1]

const desk = 'https://chat.example/desk/'
const place = `${desk}conversations/1`

/** A browser with these pages open. */
function worker(windows: { url: string; focused?: boolean }[] = []) {
  const heard = new Map<string, Hear>()
  const did: unknown[] = []
  const asked: { url: string; body: unknown }[] = []
  const scope: WorkerScope = {
    location: { origin: 'https://chat.example' },
    registration: {
      scope: desk,
      showNotification: async (title, options) => void did.push({ shown: title, ...options }),
      pushManager: {
        subscribe: async ({ applicationServerKey }) => ({
          endpoint: 'https://push.example/new',
          toJSON: () => ({ endpoint: 'https://push.example/new', by: applicationServerKey }),
        }),
      },
    },
    clients: {
      claim: async () => undefined,
      matchAll: async () =>
        windows.map(({ url, focused = false }) => ({
          url,
          focused,
          focus: async () => void did.push({ focused: url }),
          postMessage: (message) => void did.push({ told: url, ...message }),
        })),
      openWindow: async (url) => void did.push({ opened: url }),
    },
    skipWaiting: async () => undefined,
    addEventListener: (kind, hear) => void heard.set(kind, hear),
    async fetch(url, init) {
      asked.push({ url, body: init?.body ? JSON.parse(String(init.body)) : null })
      return Response.json({ key: 'our-key' })
    },
  }
  serveNotifications(scope, { icon: '/desk/icon-192.png' })
  const happens = async (kind: string, event: Omit<Parameters<Hear>[0], 'waitUntil'>) => {
    let work: Promise<unknown> = Promise.resolve()
    heard.get(kind)?.({
      ...event,
      waitUntil(promise) {
        work = promise
      },
    })
    await work
    return did
  }
  return { happens, asked, kinds: () => [...heard.keys()] }
}

const payload = { title: 'Blue Heron', body: 'Yes', url: place, tag: 't', at: 5, lang: 'en' }
const pushed = (what: unknown) => ({ data: { text: () => (typeof what === 'string' ? what : JSON.stringify(what)) } })
const clicked = (data: unknown) => ({ notification: { data, close: () => undefined } })

test('E14: a push is shown, the newer in the place of the older', async () => {
  expect(await worker().happens('push', pushed(payload))).toEqual([
    {
      shown: 'Blue Heron',
      body: 'Yes',
      tag: 't',
      lang: 'en',
      dir: 'auto',
      icon: '/desk/icon-192.png',
      renotify: true,
      timestamp: 5,
      data: place,
    },
  ])
})

test('E14: nothing is shown to whoever is looking at it, and something to whoever looks elsewhere', async () => {
  expect(await worker([{ url: `${place}#last`, focused: true }]).happens('push', pushed(payload))).toEqual([])
  expect(await worker([{ url: place }]).happens('push', pushed(payload))).toHaveLength(1)
  expect(await worker([{ url: desk, focused: true }]).happens('push', pushed(payload))).toHaveLength(1)
})

test('E14: what is no payload of ours is not shown', async () => {
  for (const what of ['', 'null', '[]', '{', { title: 'x' }, { ...payload, url: 7 }]) {
    expect(await worker().happens('push', pushed(what))).toEqual([])
  }
})

test('E14: a click goes to the page that shows it, to an open one that can, or opens one', async () => {
  expect(await worker([{ url: desk }, { url: place }]).happens('notificationclick', clicked(place))).toEqual([
    { focused: place },
  ])
  expect(await worker([{ url: `${desk}settings` }]).happens('notificationclick', clicked(place))).toEqual([
    { told: `${desk}settings`, t: 'open', url: place },
    { focused: `${desk}settings` },
  ])
  const elsewhere = [{ url: 'https://chat.example/l/garden' }]
  expect(await worker(elsewhere).happens('notificationclick', clicked(place))).toEqual([{ opened: place }])
})

test('E14: a click never leads to another site', async () => {
  for (const url of ['https://evil.example/', '//evil.example', 'javascript:alert(1)', 7, undefined]) {
    expect(await worker().happens('notificationclick', clicked(url))).toEqual([{ opened: desk }])
  }
})

test('E14: a subscription that changed is told to the server with the old one as proof', async () => {
  const old = { endpoint: 'https://push.example/old', toJSON: () => ({}) }
  const given = { endpoint: 'https://push.example/given', toJSON: () => ({ endpoint: 'https://push.example/given' }) }
  const one = worker()
  await one.happens('pushsubscriptionchange', { oldSubscription: old, newSubscription: given })
  expect(one.asked).toEqual([
    { url: '/api/push/renew', body: { endpoint: old.endpoint, subscription: { endpoint: given.endpoint } } },
  ])
  const other = worker()
  await other.happens('pushsubscriptionchange', { oldSubscription: old, newSubscription: null })
  expect(other.asked[1]?.body).toMatchObject({ subscription: { by: 'our-key' } })
})

test('E14: it takes no part in loading pages, so that no message is ever kept in the browser by it', () => {
  expect(worker().kinds()).not.toContain('fetch')
})
