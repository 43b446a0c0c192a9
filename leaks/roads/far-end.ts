/** Where an answer to something goes: to an address of its own, or to a number of ours with a tag. */
export interface AnswerTo {
  readonly token: string
  readonly own: string | null
  readonly tag: string | null
}

/** What is told of everything that comes for an address there, and of what is answered to it. */
export type Hears = (address: string, bytes: string) => void

/** The world behind one medium, with one of the house in it. */
export interface FarEnd {
  /** Writes as they do; null when that was taken, else what came back. */
  says(text: string, to: AnswerTo): Promise<string | null>
  /** Whether what comes next is refused, for what it is. */
  refusesNext(is: boolean): void
  stop(): Promise<void> | void
}

/** True once after it is set. */
export function once(): { set(is: boolean): void; take(): boolean } {
  let isSet = false
  return {
    set(is) {
      isSet = is
    },
    take() {
      const was = isSet
      isSet = false
      return was
    },
  }
}
