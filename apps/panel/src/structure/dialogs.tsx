import { createContext, lazy, type ReactNode, Suspense, useContext, useState } from 'react'
import type { DeskDialog } from './dialogs.model.ts'

// Fetched when the first one is opened.
const DialogShown = lazy(async () => ({ default: (await import('./dialog-shown.tsx')).DialogShown }))

const Context = createContext<((dialog: DeskDialog) => void) | null>(null)

/** Opens one of the dialogs in which the structure is changed, from wherever on the desk. */
export function useDialogs(): (dialog: DeskDialog) => void {
  const open = useContext(Context)
  if (!open) throw new Error('useDialogs outside DialogsProvider')
  return open
}

export function DialogsProvider({ children }: { children: ReactNode }) {
  const [dialog, setDialog] = useState<DeskDialog | null>(null)
  return (
    <Context.Provider value={setDialog}>
      {children}
      {dialog && (
        <Suspense fallback={null}>
          <DialogShown key={JSON.stringify(dialog)} dialog={dialog} onClose={() => setDialog(null)} />
        </Suspense>
      )}
    </Context.Provider>
  )
}
