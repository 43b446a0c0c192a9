import { createHash } from 'node:crypto'
import { ns } from '../namespaces.ts'
import type { QueryKind } from '../read/reading.ts'
import { text, type Xml, xml } from '../xml/write-xml.ts'

/** What our addresses can do: programs switch typing and receipts on only when they find it here. In order of their octets (XEP-0115 §5.1). */
const features: readonly string[] = [
  ns.caps,
  ns.chatStates,
  ns.discoInfo,
  ns.discoItems,
  ns.correction,
  ns.version,
  ns.outOfBand,
  ns.ping,
  ns.receipts,
  ns.vcard,
].toSorted()

/** Who is asked: the component itself, or an address that stands for a place. Neither says which, or who is behind it. */
export type Asked = 'component' | 'place'

export interface Query {
  asks: Exclude<QueryKind, 'unknown'>
  asked: Asked
  /** Node of a disco query, repeated in its answer. */
  node: string | null
  publicName: string
  /** The alias of who speaks from there, where it is known. */
  alias: string | null
}

/** The payload of the answer; null: an empty result. */
export function answerQuery({ asks, asked, node, publicName, alias }: Query): Xml | null {
  switch (asks) {
    case 'ping':
      return null
    case 'version':
      return xml('query', { xmlns: ns.version }, xml('name', {}, text('Parley')))
    case 'vcard':
      return xml('vCard', { xmlns: ns.vcard }, alias === null ? null : xml('FN', {}, text(alias)))
    case 'items':
      return xml('query', { xmlns: ns.discoItems, node: node ?? undefined })
    case 'info': {
      const name = asked === 'component' ? publicName : undefined
      return xml(
        'query',
        { xmlns: ns.discoInfo, node: node ?? undefined },
        xml('identity', { ...identities[asked], name }),
        ...features.map((feature) => xml('feature', { var: feature })),
      )
    }
  }
}

const identities = {
  component: { category: 'component', type: 'generic' },
  place: { category: 'client', type: 'web' },
} as const

/** Stands in our presence for the features, so that programs ask once for all of our addresses (XEP-0115). */
export function capabilities(): Xml {
  const { category, type } = identities.place
  const described = `${[`${category}/${type}//`, ...features].join('<')}<`
  const ver = createHash('sha1').update(described).digest('base64')
  return xml('c', { xmlns: ns.caps, hash: 'sha-1', node: capsNode, ver })
}

const capsNode = 'urn:parley'
