import { useEffect, useRef, useState } from 'preact/hooks'
import { Avatar } from './avatar.tsx'
import { useMore } from './fetch-more.ts'
import { Icon } from './icons.tsx'
import type { PanelName } from './panels.tsx'
import type { Session } from './session.ts'
import { listOf, t } from './text.ts'
import { others } from './timeline.ts'

export function Header({ session, onPanel }: { session: Session; onPanel: (name: PanelName) => void }) {
  const { config, helds, conversation, client } = session
  const present = helds.flatMap(others).filter((one) => one.state === 'here')
  const people = [...new Map(present.map((one) => [one.alias, one])).values()]
  return (
    <header>
      <div class="who">
        {people.slice(0, 3).map((one) => (
          <Avatar key={one.alias} author={one} />
        ))}
        {people.length === 0 && <Avatar author={{ alias: config?.name ?? '', colour: null }} />}
        <div>
          <h1>{config?.title || config?.name || t('title')}</h1>
          {people.length > 0 && (
            <p>
              <span class="sr">{t('participants', { names: listOf(people.map((one) => one.alias)) })}</span>
              <span aria-hidden="true">{people.map((one) => one.alias).join(', ')}</span>
            </p>
          )}
        </div>
      </div>
      {conversation && <MenuButton session={session} onPanel={onPanel} />}
      {session.canClose && (
        <button type="button" class="round" aria-label={t('close')} onClick={session.close}>
          <Icon name="close" />
        </button>
      )}
      {client && session.phase.is === 'chat' && (
        <ConnectionLine state={client.state.is} because={client.state.is === 'stopped' ? client.state.because : null} />
      )}
    </header>
  )
}

/** Says nothing about an interruption that is over before it can be read. */
function ConnectionLine({ state, because }: { state: string; because: string | null }) {
  const isAway = state === 'waiting' || state === 'connecting'
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    if (!isAway) return setLong(false)
    const timer = setTimeout(() => setLong(true), 2500)
    return () => clearTimeout(timer)
  }, [isAway])
  const text = because === 'version' ? t('reload') : isAway && isLong ? t('reconnecting') : ''
  return (
    <p class="connection" role="status" hidden={!text}>
      {text}
    </p>
  )
}

function MenuButton({ session, onPanel }: { session: Session; onPanel: (name: PanelName) => void }) {
  const [isOpen, setOpen] = useState(false)
  const more = useMore(isOpen)
  const button = useRef<HTMLButtonElement>(null)
  const close = (takesFocus: boolean) => {
    setOpen(false)
    if (takesFocus) button.current?.focus()
  }
  return (
    <div class="menu">
      <button
        ref={button}
        type="button"
        class="round"
        aria-label={t('menu')}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="more" />
      </button>
      {more && <more.Menu session={session} onPanel={onPanel} onClose={close} />}
    </div>
  )
}
