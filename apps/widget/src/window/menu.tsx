import { useEffect, useRef } from 'preact/hooks'
import { LetSee } from './let-see.tsx'
import { mayNotify } from './notify.tsx'
import { type PanelName, titleOf } from './panels.tsx'
import type { Session } from './session.ts'

interface Props {
  session: Session
  onPanel: (name: PanelName) => void
  onClose: (takesFocus: boolean) => void
}

export function Menu({ session, onPanel, onClose }: Props) {
  const list = useRef<HTMLUListElement>(null)
  const media = session.config?.media ?? []
  const isGoingOn = session.conversation?.state === 'open'
  const names: PanelName[] = [
    ...(isGoingOn && media.length > 0 ? (['move'] as const) : []),
    ...(isGoingOn && mayNotify(session) ? (['notify'] as const) : []),
    ...(media.includes('email') ? (['transcript'] as const) : []),
    'recovery',
    ...(isGoingOn ? (['end'] as const) : []),
  ]
  useEffect(() => {
    list.current?.querySelector('button')?.focus()
    const root = list.current?.parentElement
    const onAway = ({ target }: Event) => {
      if (!(target instanceof Node && root?.contains(target))) onClose(false)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      onClose(true)
    }
    addEventListener('pointerdown', onAway)
    addEventListener('focusin', onAway)
    addEventListener('keydown', onKey, true)
    return () => {
      removeEventListener('pointerdown', onAway)
      removeEventListener('focusin', onAway)
      removeEventListener('keydown', onKey, true)
    }
  }, [])
  return (
    <ul ref={list}>
      <LetSee session={session} />
      {names.map((name) => (
        <li key={name}>
          <button
            type="button"
            onClick={() => {
              onClose(true)
              onPanel(name)
            }}
          >
            {titleOf(name, session)}
          </button>
        </li>
      ))}
    </ul>
  )
}
