// biome-ignore-start lint/suspicious/noControlCharactersInRegex: these are the characters to be taken out
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g
const LINE_CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: as above
/** Overrides and embeddings reorder what stands beside them; marks and isolates, which right-to-left text needs, do not. */
const OVERRIDES = /[\u202a-\u202e]/g

/** Body text: line ends as \n, no NUL and no other control characters. Nothing a person typed is taken out. */
export function cleanBody(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(CONTROLS, '').toWellFormed()
}

/** A header's words on one line, so that nothing in them can start a header of its own or turn the text beside them around. */
export function cleanLine(text: string, longest: number): string {
  const line = text.replace(LINE_CONTROLS, ' ').replace(OVERRIDES, '').trim().toWellFormed()
  return line.length <= longest ? line : `${line.slice(0, longest - 1).toWellFormed()}…`
}
