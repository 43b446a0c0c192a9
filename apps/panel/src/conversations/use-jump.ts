import { useEffect, useRef } from 'react'
import type { Line } from '../live/live.model.ts'

/** Pages that are asked for on the way back to a message; what lies further is found by scrolling. */
const mostPages = 100

/** Brings one message before the reader's eyes, as soon as it is loaded. `earlier` asks for the page before what is loaded. */
export function useJump(message: string | undefined, lines: readonly Line[], earlier: (() => void) | null) {
  const pages = useRef(0)
  const arrived = useRef(false)
  // A page may come in below what is first of all, being of another interaction.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page that comes is looked through once
  useEffect(() => {
    if (!message || arrived.current || lines.length === 0) return
    const bubble = document.getElementById(`m-${message}`)
    if (bubble) {
      arrived.current = true
      bubble.dataset.found = 'true'
      // After the log has gone to its end, as it does when it is opened.
      const timer = setTimeout(() => bubble.scrollIntoView({ block: 'center' }), 100)
      return () => clearTimeout(timer)
    }
    if (!earlier || pages.current >= mostPages) return
    pages.current += 1
    earlier()
  }, [message, lines.length])
}
