/** Does the document say that somebody writes (RFC 3994 §3.3)? Every state but `active` counts as idle. */
export function readIsComposing(body: Uint8Array): boolean {
  const text = Buffer.from(body.subarray(0, 4_096)).toString('utf8')
  return /<(?:[A-Za-z_][\w.-]{0,40}:)?state>\s{0,40}active\s{0,40}</.test(text)
}

export function writeIsComposing(isTyping: boolean): Uint8Array {
  const refresh = isTyping ? '<contenttype>text/plain</contenttype><refresh>90</refresh>' : ''
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<isComposing xmlns="urn:ietf:params:xml:ns:im-iscomposing"><state>${isTyping ? 'active' : 'idle'}</state>${refresh}</isComposing>\n`,
  )
}
