import type { ConversationView } from '@parley/protocol'
import { type DragEvent, useState } from 'react'
import type { Thing } from './dialogs.model.ts'
import { dragType, mayMerge, packThing, unpackThing } from './merge.model.ts'

/**
 * Makes something draggable, and a place where what fits may be dropped. While dragging, browsers do not tell what it is: whether it fits is
 * known from here.
 */
let dragged: Thing | null = null

export function useMergeDrag(
  own: Thing,
  conversations: readonly ConversationView[],
  isOn: boolean,
  onDropped: (from: Thing) => void,
) {
  const [isOver, setOver] = useState(false)
  if (!isOn) return {}
  const fits = () => dragged !== null && mayMerge(dragged, own, conversations)
  return {
    draggable: true,
    'data-over': isOver,
    onDragStart(event: DragEvent) {
      event.stopPropagation()
      dragged = own
      event.dataTransfer.setData(dragType, packThing(own))
      event.dataTransfer.effectAllowed = 'move'
    },
    onDragEnd() {
      dragged = null
      setOver(false)
    },
    onDragOver(event: DragEvent) {
      if (!fits()) return
      event.preventDefault()
      event.stopPropagation()
      event.dataTransfer.dropEffect = 'move'
      if (!isOver) setOver(true)
    },
    onDragLeave() {
      setOver(false)
    },
    onDrop(event: DragEvent) {
      setOver(false)
      const from = unpackThing(event.dataTransfer.getData(dragType))
      if (!from || !mayMerge(from, own, conversations)) return
      event.preventDefault()
      event.stopPropagation()
      onDropped(from)
    },
  }
}
