import { randomUUID } from 'node:crypto'
import type { SeesConversation, SeesInteraction, SeesMessages, SeesPage } from '@parley/protocol'
import { type RoadsRun, within } from './roads-run.ts'
import { same } from './same.ts'

/** What an administrator is shown of what somebody sees is what they see; nobody else is shown anything. */
export async function everySees(run: RoadsRun): Promise<void> {
  const { stage, world } = run
  const ada = stage.desks.get('ada')
  const people = run.random
    .fork('sees')
    .shuffle([...world.roles.keys()])
    .slice(0, 4)
  for (const person of people) {
    const at = `/api/desk/admin/people/${person}/sees`
    const should = run.shouldRead(person)
    const list = await ada?.calls<Partial<SeesPage>>('GET', at)
    const listed = list?.body.conversations?.flatMap(({ interactions }) => interactions) ?? []
    same(
      `what ${run.personName(person)} is shown to see`,
      new Map(listed.flatMap(({ id, length }) => (run.isOurs(id) ? [[id, length] as const] : []))),
      new Map([...should].map(([id, messages]) => [id, messages.length])),
    )
    for (const conversation of world.conversations.keys()) {
      const own = within(run, should, conversation)
      const one = await ada?.calls<SeesConversation>('GET', `${at}/${conversation}`)
      const seen =
        one?.status === 200
          ? one.body.tickets
              .flatMap(({ interactions }) => interactions.flatMap(all))
              .filter(({ interaction }) => run.isOurs(interaction.id))
          : []
      same(
        `what ${run.personName(person)} is shown to see of ${conversation}`,
        new Map(seen.map(({ interaction, messages }) => [interaction.id, messages])),
        new Map([...own].map(([id, messages]) => [id, messages.length])),
      )
      for (const room of world.rooms.keys()) {
        const words = await ada?.calls<SeesMessages>('GET', `${at}/${conversation}/${room}`)
        const shown = words?.status === 200 ? words.body.messages.map(({ n, id }) => `${n} ${id}`) : null
        const wanted = own.get(room)?.map((id, index) => `${index + 1} ${id}`) ?? null
        if (shown?.join() !== wanted?.join())
          throw new Error(`${run.personName(person)} is shown to read ${shown} of ${room}, and reads ${wanted}`)
      }
    }
  }
  await toNobodyElse(run, people[0] ?? '')
}

const all = (tree: SeesInteraction): SeesInteraction[] => [tree, ...tree.backchannels.flatMap(all)]

async function toNobodyElse({ stage, world }: RoadsRun, person: string): Promise<void> {
  const [conversation = ''] = world.conversations.keys()
  for (const desk of stage.desks.values()) {
    if (desk.name === 'ada') continue
    for (const path of ['', `/${conversation}`]) {
      const answer = await desk.calls('GET', `/api/desk/admin/people/${person}/sees${path}`)
      const nothing = await desk.calls('GET', `/api/desk/admin/people/${randomUUID()}/sees${path}`)
      if (answer.status === 200 || answer.text !== nothing.text)
        throw new Error(`${desk.name} is told what somebody else sees: ${answer.text}`)
    }
  }
}
