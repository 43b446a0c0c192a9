/** Name and value of each header line, in their order. */
export type HeaderLines = readonly (readonly [name: string, value: string])[]

/** A message as bytes, with its Content-Length. */
export function writeMessage(startLine: string, headers: HeaderLines, body: Uint8Array): Buffer {
  let head = `${startLine}\r\n`
  for (const [name, value] of headers) head += `${name}: ${value}\r\n`
  // What stands in a header was checked before: a line end here would be somebody else's header.
  if (/[\r\n\0]/.test(startLine) || headers.some(([name, value]) => /[\r\n\0]/.test(name + value))) {
    throw new Error('a header with a line end in it')
  }
  head += `Content-Length: ${body.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head, 'utf8'), body])
}
