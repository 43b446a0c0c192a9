/** A request to a channel, as it came. Everything in it is hostile until parsed. */
export interface ChannelRequest {
  readonly method: 'GET' | 'POST'
  /** As the peer called it, from the scheme on (the server's public address, path and query): what providers sign. */
  readonly url: string
  /** Below `host.httpUrl`: empty, or beginning with a slash. Without the query. */
  readonly path: string
  /** Names in lower case; of a header that came twice, the values joined by a comma (RFC 9110 §5.3). */
  readonly headers: Readonly<Record<string, string>>
  /** The bytes as they came, at most one megabyte. */
  readonly body: Uint8Array
}

export interface ChannelResponse {
  readonly status: number
  /** Default `text/plain; charset=utf-8`. */
  readonly type?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}
