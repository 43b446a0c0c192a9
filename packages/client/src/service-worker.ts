import type { PushPayload } from '@parley/protocol'

/** As much of `ServiceWorkerGlobalScope` as is used. Nothing is fetched for pages and nothing is kept: every message stays with the server. */
export interface WorkerScope {
  readonly location: { readonly origin: string }
  readonly registration: {
    readonly scope: string
    showNotification(title: string, options: object): Promise<void>
    readonly pushManager: {
      subscribe(options: { userVisibleOnly: true; applicationServerKey: string }): Promise<Subscribed>
    }
  }
  readonly clients: {
    claim(): Promise<void>
    matchAll(options: { type: 'window'; includeUncontrolled: true }): Promise<readonly WorkerClient[]>
    openWindow(url: string): Promise<unknown>
  }
  skipWaiting(): Promise<void>
  addEventListener(kind: string, hear: (event: WorkerEvent) => void): void
  fetch(url: string, init?: RequestInit): Promise<Response>
}

export interface WorkerClient {
  readonly url: string
  readonly focused: boolean
  focus(): Promise<unknown>
  postMessage(message: OpenPlace): void
}

interface Subscribed {
  readonly endpoint: string
  toJSON(): unknown
}

interface WorkerEvent {
  waitUntil(work: Promise<unknown>): void
  readonly data?: { text(): string } | null
  readonly notification?: { readonly data?: unknown; close(): void }
  readonly oldSubscription?: Subscribed | null
  readonly newSubscription?: Subscribed | null
}

/** To a page of ours that is open: it goes to that place by itself. */
export interface OpenPlace {
  readonly t: 'open'
  readonly url: string
}

/**
 * A service worker that shows what a push brings, opens the place that it is about, and tells the server when the push service gave this
 * browser another endpoint. `icon`: its path.
 */
export function serveNotifications(scope: WorkerScope, { icon }: { icon: string }): void {
  scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()))
  scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()))
  scope.addEventListener('push', (event) => event.waitUntil(show(scope, event.data?.text() ?? '', icon)))
  scope.addEventListener('notificationclick', (event) => {
    event.notification?.close()
    event.waitUntil(open(scope, ownUrl(scope, event.notification?.data)))
  })
  scope.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew(scope, event)))
}

async function show(scope: WorkerScope, text: string, icon: string): Promise<void> {
  const payload = readPayload(text)
  if (!payload) return
  const url = ownUrl(scope, payload.url)
  const windows = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true })
  // They are looking at it: browsers let a push go unshown then, and then only (Push API §10.4).
  if (windows.some((window) => window.focused && samePlace(window.url, url))) return
  const { title, body, tag, at, lang } = payload
  await scope.registration.showNotification(title, {
    body,
    tag,
    lang,
    dir: 'auto',
    icon,
    // What is newer makes itself heard, although it stands where the older one stood.
    renotify: true,
    ...(at === undefined ? {} : { timestamp: at }),
    data: url,
  })
}

async function open(scope: WorkerScope, url: string): Promise<void> {
  const windows = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const there = windows.find((window) => samePlace(window.url, url))
  if (there) return void (await there.focus())
  // A page of ours that can go there without loading anew.
  const ours = windows.find((window) => window.url.startsWith(scope.registration.scope))
  if (!ours || !url.startsWith(scope.registration.scope)) return void (await scope.clients.openWindow(url))
  ours.postMessage({ t: 'open', url })
  await ours.focus()
}

async function renew(scope: WorkerScope, { oldSubscription, newSubscription }: WorkerEvent): Promise<void> {
  if (!oldSubscription) return
  const renewed = newSubscription ?? (await subscribe(scope))
  await scope.fetch('/api/push/renew', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ endpoint: oldSubscription.endpoint, subscription: renewed.toJSON() }),
  })
}

async function subscribe(scope: WorkerScope): Promise<Subscribed> {
  const answer = await scope.fetch('/api/push/key')
  const { key } = (await answer.json()) as { key: string }
  return scope.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
}

/** Whatever a push says, only pages of ours are opened. */
function ownUrl(scope: WorkerScope, given: unknown): string {
  const { origin } = scope.location
  const url = typeof given === 'string' && URL.canParse(given, origin) ? new URL(given, origin) : null
  return url?.origin === origin ? url.href : scope.registration.scope
}

/** The same page, whatever follows its #. */
function samePlace(one: string, other: string): boolean {
  return one.replace(/#.*/s, '') === other.replace(/#.*/s, '')
}

function readPayload(text: string): PushPayload | null {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof given !== 'object' || given === null) return null
  const { title, body, url, tag, at, lang } = given as Record<string, unknown>
  if ([title, body, url, tag, lang].some((part) => typeof part !== 'string')) return null
  const strings = { title, body, url, tag, lang } as Record<'title' | 'body' | 'url' | 'tag' | 'lang', string>
  return { ...strings, ...(typeof at === 'number' ? { at } : {}) }
}
