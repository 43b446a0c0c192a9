import type { RunningServer } from '@parley/server'

const most = 5

/** Links for responders who have never signed in: nobody has a password before they set one. */
export async function firstLinks(server: RunningServer): Promise<{ name: string; link: string }[]> {
  const rows = await server.db.workers
    .selectFrom('responder')
    .innerJoin('person', (join) =>
      join
        .onRef('person.account_id', '=', 'responder.account_id')
        .onRef('person.person_id', '=', 'responder.person_id'),
    )
    .innerJoin('address', (join) =>
      join
        .onRef('address.account_id', '=', 'responder.account_id')
        .onRef('address.person_id', '=', 'responder.person_id'),
    )
    .select(['responder.account_id', 'responder.person_id', 'person.name', 'address.value'])
    .where('responder.state', '<>', 'left')
    .where('address.state', '=', 'proven')
    .where('address.medium', '=', 'email')
    .orderBy('address.position')
    .limit(100)
    .execute()
  const links: { name: string; link: string }[] = []
  for (const row of rows) {
    if (links.length >= most) break
    const holder = { account: row.account_id, person: row.person_id }
    if (await server.signIn.hasSignedIn(holder)) continue
    const made = await server.signIn.createSignInFor(row.account_id, row.person_id, row.value)
    const link = made.ok ? await server.signIn.oneTimeLink(holder) : null
    if (link) links.push({ name: row.name ?? row.value, link })
  }
  return links
}
