import { Button, CloseButton, Paper, Text } from '@mantine/core'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { useSay } from '../words/words.tsx'

export interface Toast {
  text: string
  /** Takes it back; left out where it cannot be. */
  undo?: () => void
}

const Context = createContext<((toast: Toast | null) => void) | null>(null)

/** Shows what was just done, and how to take it back. */
export function useToast(): (toast: Toast | null) => void {
  const show = useContext(Context)
  if (!show) throw new Error('useToast outside ToastProvider')
  return show
}

/** Long enough to be read to its end and reached by keys (WCAG 2.2.1: the list of what was done has the same button, without an end). */
const shownMs = 20_000

export function ToastProvider({ children }: { children: ReactNode }) {
  const say = useSay()
  const [shown, setShown] = useState<{ toast: Toast; n: number } | null>(null)
  const [isHeld, setHeld] = useState(false)
  const show = useMemo(
    () => (toast: Toast | null) => setShown((before) => (toast ? { toast, n: (before?.n ?? 0) + 1 } : null)),
    [],
  )
  useEffect(() => {
    if (!shown || isHeld) return
    const timer = setTimeout(() => setShown(null), shownMs)
    return () => clearTimeout(timer)
  }, [shown, isHeld])
  return (
    <Context.Provider value={show}>
      {children}
      <div className="toast-place" role="status" aria-live="polite">
        {shown && (
          <Paper
            key={shown.n}
            className="toast"
            withBorder
            shadow="md"
            onMouseEnter={() => setHeld(true)}
            onMouseLeave={() => setHeld(false)}
            onFocus={() => setHeld(true)}
            onBlur={() => setHeld(false)}
          >
            <Text className="toast-text">{shown.toast.text}</Text>
            {shown.toast.undo && (
              <Button
                size="compact-sm"
                variant="light"
                onClick={() => {
                  setShown(null)
                  shown.toast.undo?.()
                }}
              >
                {say('structure.undo')}
              </Button>
            )}
            <CloseButton
              size="sm"
              aria-label={say('page.close')}
              onClick={() => {
                setHeld(false)
                setShown(null)
              }}
            />
          </Paper>
        )}
      </div>
    </Context.Provider>
  )
}
