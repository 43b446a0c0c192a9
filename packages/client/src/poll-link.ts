import { type ClientFrame, heartbeatMs, maxFrameBytes, type PollRequest, type PollResponse } from '@parley/protocol'
import { type FetchLike, type Link, type LinkEvents, type Timers, toServerFrame } from './link.ts'

const maxFramesPerRequest = 100
/** A little over what the server waits: after this the answer will not come any more. */
const requestMs = heartbeatMs + 10_000
const retryAfterMs = [300, 1000, 3000]

interface PollOptions extends Timers {
  url: string
  token: string
  fetch: FetchLike
}

/**
 * The same frames by requests. At any time one request waits for news; frames of our own go by a second one, which sends the first home.
 * Every request repeats what the server has not confirmed, so a lost request or answer costs time and nothing else.
 */
export function openPoll(options: PollOptions, events: LinkEvents): Link {
  let session: string | undefined
  let ack = 0
  let taken = 0
  let unconfirmed: ClientFrame[] = []
  let underWay = 0
  let carriesFrames = false
  let failures = 0
  let isOver = false
  const abort = new AbortController()

  const end = () => {
    isOver = true
    abort.abort()
  }

  function next(): void {
    if (isOver || carriesFrames) return
    // Until the first answer names the session there is nothing that a second request could refer to.
    if (underWay > 0 && (session === undefined || unconfirmed.length === 0)) return
    const request: PollRequest = { ack, from: taken + 1, frames: fitting(unconfirmed) }
    if (session !== undefined) request.session = session
    carriesFrames = request.frames.length > 0
    underWay += 1
    void ask(request)
  }

  async function ask(request: PollRequest): Promise<void> {
    const timer = options.setTimeout(() => settle(null), requestMs)
    let isSettled = false
    function settle(answer: PollResponse | null): void {
      if (isSettled || isOver) return
      isSettled = true
      options.clearTimeout(timer)
      underWay -= 1
      if (request.frames.length > 0) carriesFrames = false
      if (answer) take(answer)
      else retry()
    }
    try {
      const response = await options.fetch(options.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${options.token}` },
        body: JSON.stringify(request),
        signal: abort.signal,
      })
      settle(toPollResponse(await response.json()))
    } catch {
      // A network that fails, an aborted request and an answer that is not JSON are the same here: ask again.
      settle(null)
    }
  }

  function take(answer: PollResponse): void {
    failures = 0
    if (answer.session !== '') session ??= answer.session
    if (answer.taken > taken) {
      unconfirmed = unconfirmed.slice(answer.taken - taken)
      taken = answer.taken
    }
    const known = Math.max(0, ack - (answer.seq - answer.frames.length))
    ack = Math.max(ack, answer.seq)
    for (const value of answer.frames.slice(known)) {
      const frame = toServerFrame(value)
      if (frame) events.frame(frame)
      if (isOver) return
    }
    if (answer.close) {
      end()
      events.closed(answer.close.code, answer.close.reason)
    } else next()
  }

  function retry(): void {
    const wait = retryAfterMs[failures]
    failures += 1
    if (wait !== undefined) {
      options.setTimeout(next, wait)
      return
    }
    end()
    events.closed(0, '')
  }

  options.setTimeout(() => {
    if (!isOver) events.open()
  }, 0)
  return {
    kind: 'poll',
    send(frame) {
      unconfirmed.push(frame)
      next()
    },
    close: end,
  }
}

function fitting(frames: ClientFrame[]): ClientFrame[] {
  let bytes = 0
  let count = 0
  for (const frame of frames.slice(0, maxFramesPerRequest)) {
    // A unit of UTF-16 is at most three bytes of UTF-8.
    bytes += JSON.stringify(frame).length * 3
    if (count > 0 && bytes > maxFrameBytes) break
    count += 1
  }
  return frames.slice(0, count)
}

function toPollResponse(value: unknown): PollResponse | null {
  if (typeof value !== 'object' || value === null || !('frames' in value) || !Array.isArray(value.frames)) return null
  return 'seq' in value && 'taken' in value && 'session' in value ? (value as PollResponse) : null
}
