import type { ColleagueView } from '@parley/protocol'

/** What a chooser of people and teams has chosen. Its keys are ids with a letter before them, since one list holds both. */
export interface Chosen {
  people: string[]
  teams: string[]
}

export function chosenFrom(keys: readonly string[]): Chosen {
  const of = (letter: string) => keys.filter((key) => key.startsWith(`${letter} `)).map((key) => key.slice(2))
  return { people: of('p'), teams: of('t') }
}

export interface Choice {
  value: string
  label: string
}

/** People to choose from; nobody is called by two names where one will do. Who is at the desk now comes first. */
export function peopleToChoose(
  colleagues: readonly Pick<ColleagueView, 'id' | 'name' | 'alias' | 'state'>[],
): Choice[] {
  return [...colleagues]
    .sort((a, b) => Number(b.state === 'here') - Number(a.state === 'here'))
    .map(({ id, name, alias }) => ({ value: `p ${id}`, label: !name || name === alias ? alias : `${name} (${alias})` }))
}

export const teamsToChoose = (teams: readonly { id: string; name: string }[]): Choice[] =>
  teams.map(({ id, name }) => ({ value: `t ${id}`, label: name }))
