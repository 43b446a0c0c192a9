import type { SubscriptionView } from '@parley/protocol'
import { useEffect, useState } from 'preact/hooks'
import { type PanelPartProps, problemOf } from './panel-part.ts'
import { t } from './text.ts'

/** Can this page tell somebody on this device while it is closed? Only one that stands alone has a worker, and only one of a browser that has push. */
export function mayNotify({ config, canClose }: PanelPartProps['session']): boolean {
  return config?.push === true && !canClose && 'serviceWorker' in navigator && 'PushManager' in window
}

/** Being told on this device, and what its locked screen may show. */
export function Notify({ session }: PanelPartProps) {
  const [view, setView] = useState<SubscriptionView | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    void look().then(setView)
  }, [])

  async function look(): Promise<SubscriptionView> {
    const here = await subscription()
    const known = here && (await session.api.push.look({ endpoint: here.endpoint }))
    return known?.ok ? known.value : { on: false, showsWords: false }
  }
  async function switchOn(showsWords: boolean): Promise<void> {
    const here = await subscribe(session).catch(() => null)
    if (!here) return setProblem(t('notifyDenied'))
    const answer = await session.api.push.keep({ subscription: here.toJSON(), showsWords, page: location.pathname })
    setProblem(problemOf(answer))
    if (answer.ok) setView(answer.value)
  }
  async function switchOff(): Promise<void> {
    const here = await subscription()
    if (here) await session.api.push.drop({ endpoint: here.endpoint })
    await here?.unsubscribe()
    setView({ on: false, showsWords: false })
  }

  if (view === null) return <p class="dots" role="status" aria-label={t('loading')} />
  return (
    <>
      <p role="status">{t(view.on ? 'notifyDone' : 'notifyText')}</p>
      <p class="ways">
        {view.on ? (
          <>
            <button type="button" onClick={() => void switchOn(!view.showsWords)}>
              {t(view.showsWords ? 'notifyNoWords' : 'notifyWords')}
            </button>
            <button type="button" onClick={() => void switchOff()}>
              {t('notifyOff')}
            </button>
          </>
        ) : (
          <button type="button" onClick={() => void switchOn(false)}>
            {t('notifyOn')}
          </button>
        )}
      </p>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </>
  )
}

async function subscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration(location.pathname)
  return (await registration?.pushManager.getSubscription()) ?? null
}

async function subscribe({ api }: PanelPartProps['session']): Promise<PushSubscription | null> {
  const key = await api.push.key()
  if (!key.ok || key.value.key === null || (await Notification.requestPermission()) !== 'granted') return null
  const { pushManager } = await navigator.serviceWorker.ready
  const options = { userVisibleOnly: true, applicationServerKey: key.value.key }
  try {
    return await pushManager.subscribe(options)
  } catch (error) {
    // One that was made under another key, of an installation that was here before, is in the way.
    const old = await pushManager.getSubscription()
    if (!old) throw error
    await old.unsubscribe()
    return pushManager.subscribe(options)
  }
}
