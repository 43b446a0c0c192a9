import process from 'node:process'
import { parseArgs } from 'node:util'
import { createAccount, type NewResponder, openDatabase, readConfig } from '@parley/server'
import { openStorage } from './open-storage.ts'
import { giveUp, say } from './say.ts'

const usage = `parley account --name "Acme" --site "Acme shop" --domain shop.example.org --responder "Bo Lindqvist <bo@example.org>"

  --name        who runs this
  --site        a web property; its pages hold the window
  --domain      a host on which those pages stand, with the port where it is not the usual one; may be repeated
  --responder   name and mail address of someone who answers; may be repeated
  --topic       what questions are about; may be repeated; left out: everything goes to everyone
`

/** Makes an account with one site and its first responders, and says what to put into the site's pages. */
export async function account(args: string[]): Promise<number> {
  const wanted = readArguments(args)
  if (!wanted) {
    process.stderr.write(usage)
    return 2
  }
  const read = readConfig(process.env)
  if (!read.ok) giveUp(`these settings are wrong:\n${read.problems.map((problem) => `  ${problem}`).join('\n')}`)
  const storage = await openStorage(read.config, giveUp)
  const db = openDatabase(storage.connection)
  try {
    const { name, site, domains, topics, responders } = wanted
    const created = await createAccount(
      db,
      {
        name,
        sites: [{ name: site, domains, topics: topics.map((topic) => ({ key: topic, names: { en: topic } })) }],
        responders,
      },
      new Date(),
    )
    const { web } = read.config
    const url = web.publicUrl ?? `http://localhost:${web.port}`
    say(`\n${name} is there. Put this into the pages of ${site}:\n`)
    process.stdout.write(`<script async src="${url}/parley.js" data-site="${created.sites[0]?.key}"></script>\n`)
    say('\nThen start Parley. It prints a link by which each responder signs in for the first time.\n')
    return 0
  } finally {
    await db.close()
    await storage.stop()
  }
}

interface Wanted {
  name: string
  site: string
  domains: string[]
  topics: string[]
  responders: NewResponder[]
}

export function readArguments(args: string[]): Wanted | null {
  const text = { type: 'string' } as const
  const many = { type: 'string', multiple: true, default: [] as string[] } as const
  let values: { name?: string; site?: string; domain: string[]; responder: string[]; topic: string[] }
  try {
    values = parseArgs({ args, options: { name: text, site: text, domain: many, responder: many, topic: many } }).values
  } catch {
    return null
  }
  const responders = values.responder.map(readResponder)
  const { name, site, domain: domains, topic: topics } = values
  if (!name || !site || domains.length === 0 || responders.length === 0) return null
  if (!domains.every((domain) => /^[a-z0-9.-]+(:\d{1,5})?$/i.test(domain))) return null
  return responders.every((responder) => responder !== null)
    ? { name, site, domains: domains.map((domain) => domain.toLowerCase()), topics, responders }
    : null
}

function readResponder(text: string): NewResponder | null {
  const found = /^\s*([^<>@]+?)\s*<([^\s<>@]+@[^\s<>@]+\.[^\s<>@]+)>\s*$/.exec(text)
  const [, name, email] = found ?? []
  // The alias is what visitors see until the responder chooses another: it must not be the name.
  return name && email ? { name, alias: '', language: 'en', emails: [email] } : null
}
