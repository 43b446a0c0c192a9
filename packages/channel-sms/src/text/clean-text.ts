/** A text as it may be stored and shown: lines end in one way, and what no one can see is gone. */
export function cleanText(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/\r\n?|\f/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to go
      .replace(/[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f]/g, '')
  )
}
