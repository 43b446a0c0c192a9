import type { OwnAddressView, OwnKeyword, TypedMedium } from '@parley/protocol'
import type { Word } from '../words/words.model.ts'

const media: Record<TypedMedium, Word> = {
  email: 'own.email',
  sms: 'own.sms',
  xmpp: 'own.xmpp',
  sip: 'own.sip',
}

export function mediumWord(medium: string): Word {
  return new Map<string, Word>(Object.entries(media)).get(medium) ?? 'own.medium'
}

const purposes: Record<OwnAddressView['purpose'], { readonly word: Word; readonly how: Word }> = {
  both: { word: 'own.purposeBoth', how: 'own.bothHow' },
  pool: { word: 'own.purposePool', how: 'own.poolHow' },
  public: { word: 'own.purposePublic', how: 'own.publicHow' },
}

export const purposeWord = (purpose: OwnAddressView['purpose']): Word => purposes[purpose].word
export const purposeHow = (purpose: OwnAddressView['purpose']): Word => purposes[purpose].how

export function isPurpose(value: string | null): value is OwnAddressView['purpose'] {
  return value !== null && Object.hasOwn(purposes, value)
}

/** Another keyword; one that is there already chooses the new topic. */
export function withKeyword(keywords: readonly OwnKeyword[], added: OwnKeyword): OwnKeyword[] {
  const plain = (keyword: string) => keyword.trim().toLowerCase()
  return [
    ...keywords.filter(({ keyword }) => plain(keyword) !== plain(added.keyword)),
    { ...added, keyword: added.keyword.trim() },
  ]
}
