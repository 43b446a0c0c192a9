type Child = Node | string | null | undefined | false

/** A new element with properties (`onclick` and so on too), `data-`/`aria-` attributes by their names, and children. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> & { attributes?: never } = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  Object.assign(made, properties)
  for (const child of children) if (child !== null && child !== undefined && child !== false) made.append(child)
  return made
}

export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })

export function timeText(at: string): string {
  const date = new Date(at)
  return date.toDateString() === new Date().toDateString() ? clock.format(date) : day.format(date)
}
