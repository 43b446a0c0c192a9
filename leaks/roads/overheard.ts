/** Something that somebody obtained, as it came, and when: between which two steps of the history. */
export interface Overheard {
  readonly person: string
  readonly road: string
  readonly step: number
  readonly bytes: string
}

/** Everything that everybody obtained over every road. */
export class Ear {
  readonly heard: Overheard[] = []
  /** Over which somebody got words of another's that were theirs to read. */
  readonly carried = new Set<string>()
  /** Whose an address is that somebody took on the way. */
  readonly called = new Map<string, string>()
  step = 0

  hears(person: string, road: string, bytes: string): void {
    this.heard.push({ person: this.called.get(person) ?? person, road, step: this.step, bytes })
  }

  /** A socket that is listened to. */
  socket(person: string): new (url: string) => WebSocket {
    const hears = (bytes: string) => this.hears(person, 'socket', bytes)
    return class extends WebSocket {
      constructor(url: string) {
        super(url)
        this.addEventListener('message', ({ data }) => hears(String(data)))
      }
    }
  }

  /** Calls whose answers are listened to: for polling, and for everything that is asked by HTTP. */
  fetch(person: string, road: string): typeof fetch {
    return async (input, init) => {
      const response = await fetch(input, init)
      const text = await response.text()
      this.hears(person, road, text)
      const { status, headers } = response
      return new Response(status === 204 || status === 304 ? null : text, { status, headers })
    }
  }
}
