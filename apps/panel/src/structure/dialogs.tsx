import { createContext, lazy, type ReactNode, Suspense, useCallback, useContext, useState } from 'react'
import type { DeskDialog } from './dialogs.model.ts'

// Fetched when the first one is opened.
const DialogShown = lazy(async () => ({ default: (await import('./dialog-shown.tsx')).DialogShown }))

/** `onDone`: called when the operation was done, not when the dialog was left. */
type Open = (dialog: DeskDialog, onDone?: () => void) => void

const Context = createContext<Open | null>(null)
const IsShown = createContext(false)

/** Opens one of the dialogs in which the structure is changed, from wherever on the desk. */
export function useDialogs(): Open {
  const open = useContext(Context)
  if (!open) throw new Error('useDialogs outside DialogsProvider')
  return open
}

/** One of them is open: what it was opened from stands back. */
export const useIsDialogShown = (): boolean => useContext(IsShown)

export function DialogsProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<{ dialog: DeskDialog; onDone?: (() => void) | undefined } | null>(null)
  const open = useCallback<Open>((dialog, onDone) => setShown({ dialog, onDone }), [])
  const close = (isDone = false) => {
    // One that was left while it was at work closes none that was opened since.
    setShown((now) => (now === shown ? null : now))
    if (isDone) shown?.onDone?.()
  }
  return (
    <Context.Provider value={open}>
      <IsShown value={shown !== null}>{children}</IsShown>
      {shown && (
        <Suspense fallback={null}>
          <DialogShown key={JSON.stringify(shown.dialog)} dialog={shown.dialog} onClose={close} />
        </Suspense>
      )}
    </Context.Provider>
  )
}
