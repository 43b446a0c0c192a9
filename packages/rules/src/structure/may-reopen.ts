const dayMs = 86_400_000

/** Whether words open again what was closed: so many days from its end on. 0: never. */
export function mayReopen(closed: { readonly endsAt: string | null }, withinDays: number, now: Date): boolean {
  if (withinDays <= 0 || closed.endsAt === null) return false
  return now.getTime() < Date.parse(closed.endsAt) + withinDays * dayMs
}
