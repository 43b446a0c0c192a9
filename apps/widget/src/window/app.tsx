import type { ComponentType } from 'preact'
import { useEffect, useReducer, useState } from 'preact/hooks'
import { Conversation } from './conversation.tsx'
import { Header } from './header.tsx'
import type { PanelName, PanelProps } from './panels.tsx'
import type { Session } from './session.ts'
import { StartForm } from './start-form.tsx'
import { t } from './text.ts'

export function App({ session }: { session: Session }) {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const [panel, setPanel] = useState<PanelName | null>(null)
  // What lies behind the menu is fetched when it is first opened.
  const [panels, setPanels] = useState<{ Panel: ComponentType<PanelProps> } | null>(null)
  const openPanel = (name: PanelName) => {
    setPanel(name)
    if (!panels) void import('./panels.tsx').then(setPanels)
  }
  useEffect(() => session.subscribe(() => redraw(undefined)), [session])
  useEffect(() => {
    // Whatever lies on top (a dialog, the menu) takes Escape for itself and prevents the default.
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open]')) session.close()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [session])

  const { phase } = session
  return (
    <>
      <Header session={session} onPanel={openPanel} />
      {phase.is === 'chat' ? (
        <Conversation session={session} onPanel={openPanel} />
      ) : phase.is === 'asking' ? (
        <StartForm session={session} />
      ) : (
        <main class="middle">
          {phase.is === 'loading' && <p class="dots" role="status" aria-label={t('loading')} />}
          {phase.is === 'failed' && (
            <>
              <p role="alert">{phase.text || t('wrong')}</p>
              <button type="button" class="main" onClick={session.retry}>
                {t('again')}
              </button>
            </>
          )}
          {phase.is === 'recover' && (
            <>
              <h2>{t('recoverTitle')}</h2>
              <p>{t('recoverText')}</p>
              <button type="button" class="main" onClick={session.recover}>
                {t('recover')}
              </button>
            </>
          )}
        </main>
      )}
      {panel && panels && <panels.Panel key={panel} name={panel} session={session} onClose={() => setPanel(null)} />}
    </>
  )
}
