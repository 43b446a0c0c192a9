/**
 * The one part of a file that a request asks for: from a byte up to before another. Null for the whole of it, which is also the answer to
 * several parts at once and to what is not understood (RFC 9110 §14.2).
 */
export function byteRange(header: string | undefined, size: number): { from: number; to: number } | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return null
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const to = first === '' || last === '' ? size : Math.min(size, Number(last) + 1)
  return from < to ? { from, to } : null
}
