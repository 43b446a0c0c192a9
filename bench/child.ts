import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'

export interface Memory {
  rss: number
  heapUsed: number
  external: number
}

/** A process of its own for one part of a measurement; it ends with this one. */
export class Child {
  readonly process: ChildProcess
  readonly #name: string
  #answers: ((answer: unknown) => void)[] = []
  #early: unknown[] = []

  constructor(file: string, given: object = {}, flags: readonly string[] = []) {
    this.#name = file
    this.process = fork(path.join(import.meta.dirname, file), {
      env: { ...process.env, BENCH_GIVEN: JSON.stringify(given) },
      execArgv: ['--expose-gc', ...flags],
      serialization: 'advanced',
    })
    this.process.on('message', (message) => {
      const next = this.#answers.shift()
      if (next) next(message)
      else this.#early.push(message)
    })
  }

  /** The next thing that the child says. */
  answer<T>(): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#early.length > 0) return resolve(this.#early.shift() as T)
      const ended = (code: number | null) => reject(new Error(`${this.#name} ended with ${code}`))
      this.process.once('exit', ended)
      this.#answers.push((answer) => {
        this.process.off('exit', ended)
        resolve(answer as T)
      })
    })
  }

  ask<T>(question: object): Promise<T> {
    const answer = this.answer<T>()
    this.process.send(question)
    return answer
  }

  memory(): Promise<Memory> {
    return this.ask({ do: 'memory' })
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return
    const ended = new Promise((resolve) => this.process.once('exit', resolve))
    this.process.kill('SIGTERM')
    await ended
  }
}

/** In a child: what it was started with. */
export function givenTo<T>(): T {
  return JSON.parse(process.env.BENCH_GIVEN ?? '{}')
}

/** In a child: answers how much memory it holds once what is no longer needed has gone. */
export function reportMemory(): void {
  process.on('message', (question: { do?: string }) => {
    if (question.do !== 'memory') return
    for (let i = 0; i < 4; i++) globalThis.gc?.()
    const { rss, heapUsed, external } = process.memoryUsage()
    process.send?.({ rss, heapUsed, external } satisfies Memory)
  })
}

// A child has nothing to do without the one that started it.
if (process.send) process.on('disconnect', () => process.exit(1))
