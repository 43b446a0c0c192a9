export interface Said {
  text: string
  /** As a field for local time holds it: `2026-11-22T09:30`. */
  at: string
  by: string
  over: string
}

/** What goes to the server; null while text or time is missing, or the time is still to come. */
export function fileInput({ text, at, by, over }: Said, now: Date): Record<string, unknown> | null {
  const time = new Date(at)
  if (text.trim() === '' || Number.isNaN(time.getTime()) || time > now) return null
  return {
    text: text.trim(),
    at: time.toISOString(),
    ...(by.trim() === '' ? {} : { by: { name: by.trim() } }),
    ...(over.trim() === '' ? {} : { over: over.trim() }),
  }
}

/** A moment as such a field holds it, in the clock of whoever looks. */
export function localMinute(at: Date): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`
}
