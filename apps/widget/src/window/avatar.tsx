interface Props {
  /** `colour` is a place in the palette; null for the site itself. */
  author: { alias: string; colour: number | null }
}

/** Initials on the author's colour: tells people apart, identifies nobody. */
export function Avatar({ author: { alias, colour } }: Props) {
  const initials = alias
    .split(/[^\p{L}\p{N}]+/u)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
  return (
    <span
      class="avatar"
      style={colour === null ? {} : { background: `oklch(0.46 0.11 ${colour * 45 + 20})` }}
      aria-hidden="true"
    >
      {initials.toUpperCase()}
    </span>
  )
}
