import { render } from 'preact'
import { type ToLoader, type ToWindow, unwrap, wrap } from '../shared/bridge.ts'
import { App } from './app.tsx'
import { createSession } from './session.ts'
import './window.css'

const siteKey = decodeURIComponent(location.pathname.split('/')[2] ?? '')
const { parent } = window
const root = document.getElementById('app')
const recovery = /[#&]recover=([\w.-]+)/.exec(location.hash)?.[1] ?? null
// The key must not stay in the address, where a later visitor of this browser could find it.
if (recovery) history.replaceState(null, '', location.pathname)

let session: ReturnType<typeof createSession> | null = null

function begin(init: Partial<Extract<ToWindow, { t: 'init' }>>, tell: ((message: ToLoader) => void) | null): void {
  session = createSession(siteKey, init, recovery, tell)
  if (root) render(<App session={session} />, root)
}

if (parent === window) {
  begin({}, null)
  navigator.serviceWorker?.register('/window-worker.js', { scope: location.pathname }).catch(() => {})
} else {
  let origin: string | null = null
  addEventListener('message', (event: MessageEvent<unknown>) => {
    // Which pages may hold this window at all is decided by `frame-ancestors`; here, that the one that holds it does not change.
    if (event.source !== parent || (origin !== null && event.origin !== origin)) return
    const message = unwrap<ToWindow>(event.data)
    if (!message) return
    const { origin: from } = event
    origin = from
    if (message.t !== 'init') session?.hear(message)
    else if (!session) begin(message, (answer) => parent.postMessage(wrap(answer), from))
  })
  parent.postMessage(wrap({ t: 'ready' }), '*')
}
