import { apply } from '../model/laws.ts'
import { mustRefuse } from '../model/must-refuse.ts'
import { knownPerson, type Opened, opened } from '../model/opened.ts'
import { type Answer, type Command, emptyWorld } from '../model/world.ts'
import { RulesHouse } from './rules-house.ts'
import { compare, decide } from './run-history.ts'

/** A history that is told, not drawn: each step is done, and then everybody may read what the laws say. */
export class ToldHistory {
  readonly #world = emptyWorld()
  readonly #house = new RulesHouse(this.#world.roles)

  constructor(people: Readonly<Record<string, 'responder' | 'operator' | 'supervisor' | 'administrator'>>) {
    for (const [person, role] of Object.entries(people)) knownPerson(this.#world, person, role)
  }

  /** A visitor has asked, and these have answered: the exchange with each is called `visitor-answerer`. */
  asked(visitor: string, ...answerers: string[]): void {
    const begun: Opened = {
      ...{ conversation: `c-${visitor}`, visitor, ticket: `t-${visitor}`, intake: `i-${visitor}` },
      asked: `question of ${visitor}`,
      exchanges: answerers.map((answerer) => ({
        ...{ id: `${visitor}-${answerer}`, answerer, answer: `answer of ${answerer}` },
      })),
    }
    this.#house.open(begun)
    opened(this.#world, begun)
  }

  team(team: string, ...members: string[]): void {
    this.#world.teams.set(team, new Set(members))
    this.#house.teams.set(team, new Set(members))
  }

  does(command: Command): Answer {
    const line = JSON.stringify(command)
    const refusal = mustRefuse(this.#world, command)
    if (refusal) throw new Error(`${line} must be refused: ${refusal}`)
    const answer = decide(this.#house, command)
    if (!answer) throw new Error(`${line} is refused`)
    apply(this.#world, command, answer)
    compare(this.#world, this.#house, (what) => {
      throw new Error(`after ${line}: ${what}`)
    })
    return answer
  }

  says(by: string, room: string, message: string): void {
    this.does({ op: 'say', by, rooms: [room], message })
  }

  undoes(by: string, { operation = '' }: Answer): void {
    this.does({ op: 'undo', by, operation })
  }

  reads = (person: string, room: string): string[] => this.#house.reads(person, room).messages

  /** Who is here in a room, as what. */
  isHere(person: string, room: string): string | undefined {
    const places = this.#house.in(room)?.participants ?? []
    return places.find((place) => place.interaction === room && place.person === person && !place.left)?.role
  }
}
