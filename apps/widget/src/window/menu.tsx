import { useEffect, useRef } from 'preact/hooks'
import type { PanelName } from './panels.tsx'
import { t } from './text.ts'

interface Props {
  isGoingOn: boolean
  onPanel: (name: PanelName) => void
  onClose: (takesFocus: boolean) => void
}

export function Menu({ isGoingOn, onPanel, onClose }: Props) {
  const list = useRef<HTMLUListElement>(null)
  const names: PanelName[] = isGoingOn ? ['email', 'transcript', 'recovery', 'end'] : ['transcript', 'recovery']
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
      {names.map((name) => (
        <li key={name}>
          <button
            type="button"
            onClick={() => {
              onClose(true)
              onPanel(name)
            }}
          >
            {t(`${name}Title`)}
          </button>
        </li>
      ))}
    </ul>
  )
}
