import type { Author } from './timeline.ts'

/** Initials on the author's colour: tells people apart, identifies nobody. */
export function Avatar({ author: { alias, colour } }: { author: Author }) {
  const initials = alias
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
  return (
    <span class={`avatar c${colour % 8}`} aria-hidden="true">
      {initials.toUpperCase()}
    </span>
  )
}
