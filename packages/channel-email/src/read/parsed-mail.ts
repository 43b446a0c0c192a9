/** A mail taken apart, before anybody judges it. Everything in it is still what the sender claims. */
export type ParsedMail = {
  /** In document order, unfolded, names in lower case, still encoded. */
  headers: { name: string; value: string }[]
  text: string | undefined
  html: string | undefined
  parts: MailPart[]
}

export type MailPart = {
  name: string | null
  type: string
  disposition: string | null
  contentId: string | null
  /** Shown inside the HTML by its Content-ID. */
  isRelated: boolean
  bytes: Uint8Array
}

export type BrokenReason = 'too-large' | 'too-deep' | 'header-too-large' | 'no-header' | 'empty' | 'unreadable'

/** All values of a header, topmost first. */
export function headerValues(mail: ParsedMail, name: string): string[] {
  return mail.headers.filter((header) => header.name === name).map((header) => header.value)
}

/** The topmost value of a header, empty when there is none. */
export function headerValue(mail: ParsedMail, name: string): string {
  return mail.headers.find((header) => header.name === name)?.value ?? ''
}
