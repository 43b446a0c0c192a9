/**
 * Takes the keys of our own links out of a text. A mail from us that somebody quotes carries the link by which *they* re-read, decide, pause
 * or come back, and whoever holds it is taken for them; so this does not depend on what a site's policy says about identities.
 */
export function withoutLinkKeys(text: string): string {
  if (!/#|%23/.test(text)) return text
  return text.replaceAll(link, (whole, marker: string, rest: string) => {
    const end = endOfKey(rest, /(?:read(?:#|%23)|m(?:=|%3D))$/i.test(marker) ? 48 : 32)
    return end === null ? whole : `${marker}•••${rest.slice(end)}`
  })
}

// Link scanners rewrite an address percent-encoded; mail programs break long lines and put quote marks before what follows.
const link =
  /((?:\/|%2F)(?:read|held|link)(?:#|%23)|(?:#|%23)(?:recover|m|i)(?:=|%3D))((?:[ \t]*\r?\n[\s>|]*)?[\w-]+(?:[ \t]*\r?\n[\s>|]*[\w-]+){0,3})/gi

/** Too short to be a key, or to be of use to anybody. */
const shortest = 20

/** Where a key of this length ends (base64url of 36 and 24 bytes): what somebody wrote below it is theirs. Null when it is no key. */
function endOfKey(text: string, length: number): number | null {
  let found = 0
  let end = 0
  for (const [index, character] of [...text].entries()) {
    if (found === length) break
    if (!/[\w-]/.test(character)) continue
    found += 1
    end = index + 1
  }
  return found < shortest ? null : end
}
