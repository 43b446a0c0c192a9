/** Where an entry of a list goes that is moved one place up or down; null at an end. */
export function placeAfter(at: number, step: 1 | -1, length: number): number | null {
  const to = at + step
  return to < 0 || to >= length ? null : to
}
