import { problem, type ScriptProblem, type ScriptProblemReason, type Where } from './problem.ts'

/**
 * A value from outside that is being read, and where it stands. What is wrong is noted in `problems`, which all that is read of one script
 * share, so that an editor is told of everything at once; what is read then is only a stand-in, and nobody uses it.
 */
export class Shape {
  readonly #value: unknown
  readonly #where: Where
  readonly #problems: ScriptProblem[]

  constructor(value: unknown, where: Where, problems: ScriptProblem[]) {
    this.#value = value
    this.#where = where
    this.#problems = problems
  }

  get isAbsent(): boolean {
    return this.#value === undefined
  }

  wrong(because: ScriptProblemReason, what?: string): void {
    this.#problems.push(problem(because, this.#where, what))
  }

  /** The fields of an object that has no others. */
  fields<Name extends string>(names: readonly Name[]): Record<Name, Shape> {
    const object = this.#object()
    const known: ReadonlySet<string> = new Set(names)
    for (const name of Object.keys(object)) if (!known.has(name)) this.#inside(name, undefined).wrong('malformed')
    return Object.fromEntries(
      names.map((name) => [name, this.#inside(name, Object.hasOwn(object, name) ? object[name] : undefined)]),
    ) as Record<Name, Shape>
  }

  /** A field of an object, whatever others it has. */
  field(name: string): Shape {
    const object = this.#object()
    return this.#inside(name, Object.hasOwn(object, name) ? object[name] : undefined)
  }

  entries(most: number): [string, Shape][] {
    const entries = Object.entries(this.#object())
    if (entries.length > most) this.wrong('too-many', String(most))
    return entries.slice(0, most).map(([name, value]) => [name, this.#inside(name, value)])
  }

  list(most: number): Shape[] {
    if (!Array.isArray(this.#value)) {
      this.wrong('malformed')
      return []
    }
    if (this.#value.length > most) this.wrong('too-many', String(most))
    return this.#value.slice(0, most).map((value: unknown, index) => this.#inside(String(index), value))
  }

  text(most: number): string {
    if (typeof this.#value !== 'string') {
      this.wrong('malformed')
      return ''
    }
    if (this.#value.length > most) this.wrong('too-long', String(most))
    return this.#value
  }

  number(from: number, to: number): number {
    if (typeof this.#value !== 'number' || !Number.isFinite(this.#value)) this.wrong('malformed')
    else if (this.#value < from || this.#value > to) this.wrong('out-of-bounds', `${from}–${to}`)
    else return this.#value
    return from
  }

  flag(): boolean {
    if (typeof this.#value !== 'boolean') this.wrong('malformed')
    return this.#value === true
  }

  oneOf<T extends string | number>(values: readonly T[]): T {
    const found = values.find((value) => value === this.#value)
    if (found === undefined) this.wrong('malformed')
    return found ?? (values[0] as T)
  }

  /** The same in a place of its own: a step, a rule. */
  as(where: Where): Shape {
    return new Shape(this.#value, where, this.#problems)
  }

  #object(): Record<string, unknown> {
    if (typeof this.#value === 'object' && this.#value !== null && !Array.isArray(this.#value)) {
      return this.#value as Record<string, unknown>
    }
    this.wrong('malformed')
    return {}
  }

  #inside(name: string, value: unknown): Shape {
    const path = this.#where.path === undefined ? name : `${this.#where.path}.${name}`
    // Of a name that somebody made up only as much as a person would read.
    return new Shape(value, { ...this.#where, path: path.slice(0, 200) }, this.#problems)
  }
}
