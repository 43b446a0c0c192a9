import type { Word } from '../words/words.model.ts'

export type Shortcut = 'next' | 'previous' | 'write' | 'back' | 'settings' | 'search' | 'merge' | 'help'

export const shortcuts: { key: string; does: Shortcut; word: Word }[] = [
  { key: 'j', does: 'next', word: 'shortcuts.next' },
  { key: 'k', does: 'previous', word: 'shortcuts.previous' },
  { key: 'c', does: 'write', word: 'shortcuts.write' },
  { key: '/', does: 'search', word: 'search.title' },
  { key: 'm', does: 'merge', word: 'structure.mergeInto' },
  { key: 's', does: 'settings', word: 'shortcuts.settings' },
  { key: 'Escape', does: 'back', word: 'shortcuts.back' },
  { key: '?', does: 'help', word: 'shortcuts.help' },
]

export interface Pressed {
  key: string
  hasModifier: boolean
  /** The key belongs to what is being typed into, or to an open dialog. */
  isTyping: boolean
  isInDialog: boolean
}

export function shortcutFor({ key, hasModifier, isTyping, isInDialog }: Pressed): Shortcut | null {
  if (hasModifier || isInDialog) return null
  const found = shortcuts.find((one) => one.key === key)
  if (!found) return null
  return isTyping && found.does !== 'back' ? null : found.does
}
