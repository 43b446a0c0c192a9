/** What this browser has of the Push API. Nothing is registered before somebody switches it on. */

const script = '/desk/service-worker.js'
const scope = '/desk/'

export type BrowserPush = 'ready' | 'denied' | 'none'

export function browserPush(): BrowserPush {
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return 'none'
  return Notification.permission === 'denied' ? 'denied' : 'ready'
}

/** The subscription of this browser, if it has one. */
export async function subscriptionHere(): Promise<PushSubscription | null> {
  if (browserPush() === 'none') return null
  const registration = await navigator.serviceWorker.getRegistration(scope)
  return (await registration?.pushManager.getSubscription()) ?? null
}

/** Asks for the permission where there is none yet; null when it is refused. */
export async function subscribeHere(key: string): Promise<PushSubscription | null> {
  if ((await Notification.requestPermission()) !== 'granted') return null
  await navigator.serviceWorker.register(script, { scope })
  const registration = await navigator.serviceWorker.ready
  const subscribe = () => registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
  try {
    return await subscribe()
  } catch (error) {
    // One that was made under another key, of an installation that was here before, is in the way.
    const old = await registration.pushManager.getSubscription()
    if (!old) throw error
    await old.unsubscribe()
    return subscribe()
  }
}
