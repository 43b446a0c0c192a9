import { type ToLoader, type ToWindow, unwrap, wrap } from '../shared/bridge.ts'
import { createFrame, type Frame } from './frame.ts'
import { isHandOver, takeKey, withKey } from './hand-over.ts'
import { currentPage, onPageChange } from './page.ts'
import { attempt } from './storage.ts'

type Listener = (detail?: unknown) => void

declare global {
  interface Window {
    parley?: { (name: string, ...given: unknown[]): void; q?: ArrayLike<string>[] }
  }
}

/** How long a click waits for its key before it goes without one. */
const keyWithinMs = 1500

/** The whole of what a page carries before anybody opens the window. Its size is a promise (budget.test.ts). */
function start(script: HTMLScriptElement): void {
  const { site = '', language: tag, boot: bootMode } = script.dataset
  const { origin } = new URL(script.src)
  const name = `parley:${site}`
  const listeners: Record<string, Set<Listener>> = {}
  const clicks: ((key: string | null) => void)[] = []
  let frame: Frame | null = null
  let isLoaded = false
  let isReady = false
  let isShown = false
  let identify: string | null = null
  let context: object = {}
  let language = tag ?? null
  let handOver: string | undefined
  let hosts: string[] = []

  const emit = (event: string, detail?: unknown) => {
    for (const listener of listeners[event] ?? []) setTimeout(listener, 0, detail)
  }
  const post = (message: ToWindow) => {
    if (isReady) frame?.window?.postMessage(wrap(message), origin)
  }
  const speak = () => frame?.setLanguage((language ?? navigator.language).slice(0, 2))

  function boot(): void {
    if (frame) return
    const [href, key] = takeKey(location.href)
    handOver = key
    if (key) history.replaceState(history.state, '', href)
    frame = createFrame(() => show(!isShown))
    speak()
    if (key || attempt(() => sessionStorage[name]) === '1') show(true, false)
    // Only somebody who has opened the window before has anything waiting in it.
    else if (attempt(() => localStorage[name])) setTimeout(load, 1000)
  }

  function shutdown(): void {
    show(false, false)
    frame?.remove()
    frame = null
    isLoaded = isReady = false
    hosts = []
  }

  function load(): void {
    if (isLoaded) return
    isLoaded = true
    frame?.load(`${origin}/w/${site}`)
  }

  function show(next: boolean, takesFocus = true): void {
    if (isShown === next || !frame) return
    isShown = next
    load()
    attempt(() => {
      sessionStorage[name] = next ? '1' : '0'
    })
    frame.show(next, takesFocus)
    post({ t: 'shown', isShown })
    emit(next ? 'open' : 'close')
  }

  function take(message: ToLoader): void {
    switch (message.t) {
      case 'ready':
        isReady = true
        post({
          t: 'init',
          page: currentPage(),
          language,
          stored: attempt(() => localStorage[name]) ?? null,
          keeps: !!attempt(() => localStorage),
          handOver: handOver ?? null,
          identify,
          context,
          isShown,
        })
        handOver = undefined
        break
      case 'usable':
        frame?.setColours(message.colour, message.onColour)
        emit('ready')
        break
      case 'store':
        attempt(() => {
          localStorage[name] = message.value
        })
        break
      case 'close':
        show(false)
        break
      case 'unread':
        frame?.setUnread(message.count)
        emit('unread', message.count)
        break
      case 'message':
        emit('message', { from: message.from })
        break
      case 'domains':
        hosts = message.hosts
        break
      case 'key':
        clicks[message.id]?.(message.key)
    }
  }

  const commands: Record<string, (first: never, second: never) => void> = {
    boot,
    shutdown,
    open: () => show(true),
    close: () => show(false),
    toggle: () => show(!isShown),
    identify(token: string) {
      identify = token
      post({ t: 'identify', token })
    },
    update(values: object) {
      // Whatever a page has at hand may be given; what cannot be sent is left out.
      context = { ...context, ...JSON.parse(JSON.stringify(values)) }
      post({ t: 'update', context })
    },
    setLocale(next: string) {
      language = next
      speak()
      post({ t: 'locale', language })
    },
    on(event: string, listener: Listener) {
      listeners[event] ??= new Set()
      listeners[event].add(listener)
    },
    off(event: string, listener: Listener) {
      listeners[event]?.delete(listener)
    },
  }

  addEventListener('message', ({ origin: from, source, data }) => {
    const message = from === origin && frame && source === frame.window && unwrap<ToLoader>(data)
    if (message) take(message)
  })
  onPageChange(() => post({ t: 'page', page: currentPage() }))

  // A plain click on a link to another domain of the account waits a moment for a key that takes the conversation along.
  addEventListener('click', (event) => {
    const { metaKey, ctrlKey, shiftKey, altKey, button } = event
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement)
    if (event.defaultPrevented || metaKey || ctrlKey || shiftKey || altKey || button || !link?.href || link.download)
      return
    const { href, target } = link
    const url = new URL(href)
    if (!isHandOver(url, location.host, hosts)) return
    event.preventDefault()
    const id = clicks.length
    clicks[id] = (key) => {
      clicks[id] = () => {}
      open(key ? withKey(href, key) : href, target || '_self', target === '_blank' ? 'noopener' : '')
    }
    setTimeout(() => clicks[id]?.(null), keyWithinMs)
    post({ t: 'hand-over', id, source: location.host, target: url.host })
  })

  const early = window.parley?.q ?? []
  window.parley = (command, first?: unknown, second?: unknown) => {
    const run = commands[command]
    if (run) run(first as never, second as never)
    else console.error('parley: no such command', command)
  }
  if (bootMode !== 'manual') boot()
  for (const [command = '', ...given] of Array.from(early, (call) => Array.from(call))) window.parley(command, ...given)
}

const { currentScript } = document
if (currentScript instanceof HTMLScriptElement) {
  if (document.body) start(currentScript)
  else addEventListener('DOMContentLoaded', () => start(currentScript))
}
