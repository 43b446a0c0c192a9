import type { TypedMedium } from './http.ts'

/**
 * Addresses of ours that are not made for one place: numbers that places share, and what anyone may write to. Under
 * `/api/desk/admin/own-addresses`, for administrators; refusals are `Problem`. GET answers `OwnAddressesView`.
 */
export interface OwnAddressesView {
  /** What addresses there can be: the media that are spoken here. */
  media: OwnMediumView[]
  /** Those in use first, then those that were given up, the oldest first. */
  addresses: OwnAddressView[]
}

export interface OwnMediumView {
  medium: TypedMedium
  /** Places share addresses there (phone numbers). Elsewhere each has one of its own, and only public ones are kept here. */
  isShared: boolean
}

export interface OwnAddressView {
  id: string
  medium: string
  value: string
  /** Who may write there and what goes out from it: questions and answers (`pool`), anyone's first words (`public`), or both. */
  purpose: 'pool' | 'public' | 'both'
  /** Null: it serves every site of the account, and nobody begins anything there. */
  site: string | null
  /** Of who writes there, where nothing tells theirs; null: English. */
  language: string | null
  keywords: OwnKeyword[]
  isRetired: boolean
  /** Places of open conversations that stand on it now. */
  places: number
  /** Conversations that began there and are open. */
  begun: number
  createdAt: string
}

/** A word or phrase in the first words, and the topic that it chooses. A `*` at its end stands for any ending. */
export interface OwnKeyword {
  keyword: string
  topic: string
}

/** POST `/api/desk/admin/own-addresses`: answers the `OwnAddressView`. Refused `address-taken`, `malformed`, `no-such-medium`, `site-needed`. */
export interface NewOwnAddressRequest {
  medium: TypedMedium
  value: string
  purpose: OwnAddressView['purpose']
  site?: string | null
  language?: string | null
}

/** PATCH `/api/desk/admin/own-addresses/:id`. POST `…/:id/retire` gives it up: nobody begins there any more, and places go on until they end. */
export interface OwnAddressPatch {
  purpose?: OwnAddressView['purpose']
  site?: string | null
  language?: string | null
  keywords?: OwnKeyword[]
}
