import { useEffect, useReducer, useState } from 'preact/hooks'
import { Conversation } from './conversation.tsx'
import { useMore } from './fetch-more.ts'
import { Header } from './header.tsx'
import type { PanelName } from './panels.tsx'
import type { Session } from './session.ts'
import { t } from './text.ts'

export function App({ session }: { session: Session }) {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const [panel, setPanel] = useState<PanelName | null>(null)
  const more = useMore(panel !== null || session.phase.is === 'asking' || session.phase.is === 'recover')
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
      <Header session={session} onPanel={setPanel} />
      {phase.is === 'chat' ? (
        <Conversation session={session} onPanel={setPanel} />
      ) : phase.is === 'asking' ? (
        more && <more.StartForm session={session} />
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
          {phase.is === 'recover' && more && <more.Recover session={session} />}
        </main>
      )}
      {panel && more && <more.Panel key={panel} name={panel} session={session} onClose={() => setPanel(null)} />}
    </>
  )
}
