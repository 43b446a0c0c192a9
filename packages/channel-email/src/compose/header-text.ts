/**
 * Text that may stand in a header: one line, no control or direction-changing characters, at most `maxCharacters`.
 * The mail library encodes what is not ASCII; what would break a header never reaches it.
 */
export function headerText(value: string, maxCharacters: number): string {
  const line = value.normalize('NFC').replace(unsafe, ' ').replace(/\s+/gu, ' ').trim()
  const characters = Array.from(line)
  return characters.length <= maxCharacters ? line : `${characters.slice(0, maxCharacters - 1).join('')}…`
}

/** Text for a body: line breaks made equal, characters that no reader is meant to see taken out. */
export function bodyText(value: string): string {
  return value.replace(/\r\n?|\u2028|\u2029/gu, '\n').replace(invisible, '')
}

// C0, C1, line and paragraph separators, lone surrogates, and the embeddings and overrides that turn text around.
const unsafe = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|\p{Cs}/gu
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out
const invisible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]|\p{Cs}/gu
