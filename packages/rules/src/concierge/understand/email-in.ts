/** The one mail address in an answer, as it can be written to; null when there is none, or more than one. */
export function emailIn(text: string): string | null {
  const plain = text.slice(0, 2_000).normalize('NFKC')
  const found = new Set(
    [
      ...plain.matchAll(
        /(?<![^\s<>"'(,:;[：、。「『（])([^\s<>"'(),:;@[\]「」『』（）、。]{1,64})@((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,5}[\p{L}]{2,63})(?![\p{L}\p{N}-]|\.[\p{L}\p{N}])/gu,
      ),
    ].map(([, local, domain]) => `${local}@${domain?.toLowerCase()}`),
  )
  const [only] = found
  return found.size === 1 && only && only.length <= 254 ? only : null
}
