/** A phone of the demo, in the range of numbers that the British regulator keeps for films. */
export type CastPhone = {
  /** Stands in paths and element ids. */
  id: string
  name: string
  /** What visitors see instead of the name; null: a visitor's own phone. */
  alias: string | null
  number: string
  /** Ids of `castSites[].topics`. */
  topics: readonly string[]
  languages: readonly string[]
}

export const castPhones: readonly CastPhone[] = [
  {
    id: 'fay',
    name: 'Fay Abernathy',
    alias: 'Larch',
    number: '+447700900201',
    topics: ['orders'],
    languages: ['en'],
  },
  {
    id: 'anas-phone',
    name: 'Ana Ferreira',
    alias: null,
    number: '+447700900202',
    topics: [],
    languages: ['en', 'pt'],
  },
]

/** Anybody may write to it. */
export const shopNumber = '+447700900100'

/** Questions come from these: one for each conversation while they last. */
export const poolNumbers = ['+447700900101', '+447700900102', '+447700900103'] as const

/** As people write it: the country, the network, the rest. */
export const spaced = (number: string): string => number.replace(/^(\+44)(\d{4})(\d+)$/, '$1 $2 $3')
