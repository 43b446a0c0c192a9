import {
  createContext,
  type PointerEvent,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useLive } from '../live/live.tsx'
import { useSay } from '../words/words.tsx'
import type { Thing } from './dialogs.model.ts'
import { useDialogs } from './dialogs.tsx'
import { carry } from './drag.ts'
import { homeOf, idOf, mayMerge, packThing, unpackThing } from './merge.model.ts'
import { sayThing } from './say-thing.ts'

interface Carried {
  from: Thing
  /** What it is over, where it may become one with that. */
  into: Thing | null
  x: number
  y: number
}

interface Dragging {
  over: string | null
  begin: (event: PointerEvent, from: Thing) => void
}

const Context = createContext<Dragging | null>(null)

/** One thing at a time is dragged onto another to become one with it, by mouse, pen or finger: asked about before it is done. */
export function MergeDragProvider({ children }: { children: ReactNode }) {
  const say = useSay()
  const { conversations } = useLive()
  const open = useDialogs()
  const [carried, setCarried] = useState<Carried | null>(null)
  const known = useRef(conversations)
  useEffect(() => {
    known.current = conversations
  }, [conversations])
  const begin = useCallback(
    (event: PointerEvent, from: Thing) => {
      if (event.button !== 0 || !event.isPrimary) return
      // What is put down in a menu comes here too, which stands elsewhere in the page.
      if (!(event.target instanceof Node) || !event.currentTarget.contains(event.target)) return
      const targetAt = (x: number, y: number): Thing | null => {
        const under = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-merge]')
        const into = under && unpackThing(under.dataset.merge ?? '')
        return into && mayMerge(from, into, known.current) ? into : null
      }
      carry(event, {
        onMove: (x, y) => setCarried({ from, into: targetAt(x, y), x, y }),
        onCancel: () => setCarried(null),
        onDrop(x, y) {
          setCarried(null)
          const into = targetAt(x, y)
          const conversation = homeOf(from, known.current)
          if (into && conversation) open({ kind: 'merge', conversation, from, into })
        },
      })
    },
    [open],
  )
  const over = carried?.into ? idOf(carried.into) : null
  const value = useMemo(() => ({ over, begin }), [over, begin])
  const from = carried ? sayThing(carried.from, conversations, say) : ''
  const text = carried
    ? carried.into
      ? say('drag.over', { from, into: sayThing(carried.into, conversations, say) })
      : say('drag.carried', { from })
    : ''
  return (
    <Context value={value}>
      {children}
      <div role="status" className={carried ? 'drag-ghost' : 'drag-silent'} ref={(box) => follow(box, carried)}>
        {text}
      </div>
    </Context>
  )
}

/** Above the finger, and inside the window. Moved by script, since the page's policy takes no style attribute. */
function follow(box: HTMLElement | null, carried: Carried | null) {
  if (!box) return
  const x = carried ? Math.max(8, Math.min(carried.x + 12, window.innerWidth - box.offsetWidth - 8)) : 0
  const y = carried ? Math.max(8, carried.y - box.offsetHeight - 16) : 0
  box.style.transform = carried ? `translate(${x}px, ${y}px)` : ''
}

/** Makes something draggable, and a place where what fits may be dropped. */
export function useMergeDrag(own: Thing, isOn: boolean) {
  const dragging = useContext(Context)
  if (!dragging || !isOn) return {}
  return {
    'data-merge': packThing(own),
    'data-over': dragging.over === idOf(own),
    onPointerDown: (event: PointerEvent) => dragging.begin(event, own),
  }
}
