import type { reading as english } from './en.ts'

export const reading: Record<keyof typeof english, string> = {
  'topic-which': 'Gaat het over {first} of over {second}?',
  'topic-other': 'Iets anders',
  'refused-pattern-unbounded': 'Niets mag zich eindeloos herhalen. Zie teken {at}.',
  'refused-pattern-groups': 'Groepen en alternatieven zijn er hier niet; schrijf twee patronen. Zie teken {at}.',
  'refused-pattern-loose':
    'Dit zou in bijna elke tekst een nummer vinden. Er moeten minstens drie tekens zijn, waarvan één kan verschillen.',
  'refused-pattern-malformed': 'Dit patroon is niet volledig. Zie teken {at}.',
}
