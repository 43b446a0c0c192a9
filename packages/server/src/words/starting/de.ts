import type { starting as english } from './en.ts'

export const starting: Record<keyof typeof english, string> = {
  'started-how': 'Sie sprechen mit {site}. Antworten Sie einfach hier.',
  'started-confirm':
    'Jemand, wahrscheinlich Sie, hat von dieser Adresse an {site} geschrieben. Wenn Sie es waren, antworten Sie auf diese Nachricht; die Antworten kommen dann hierher. Wenn nicht, tun Sie nichts: Es kommt nichts mehr.',
  'which-one': 'Zu welchem Gespräch gehört das? Antworten Sie mit dem Kürzel davor:\n{list}',
  'which-one-again': 'Dieses Kürzel gehört zu keinem Ihrer Gespräche. Welches meinen Sie?\n{list}',
  'which-person': 'Für wen ist das? Antworten Sie mit dem Kürzel davor, oder ALL für alle:\n{list}',
  'which-nothing': 'Schreiben Sie hinter dieses Kürzel, was Sie sagen möchten: {tag}',
  'opted-out': '{site}: Sie erhalten hier keine Nachrichten mehr. Antworten Sie START, um wieder welche zu erhalten.',
  'opted-in': '{site}: Willkommen zurück! Sie erhalten hier wieder Nachrichten. STOP beendet sie, HELP hilft weiter.',
  'who-this-is':
    '{site}: Über diese Adresse erreichen Sie Nachrichten von Menschen, und Ihre Antworten erreichen diese. Antworten Sie einfach. STOP beendet die Nachrichten.',
  'refused-address-taken': 'Diese Adresse ist schon in Gebrauch. Geben Sie sie dort zuerst auf.',
  'refused-site-needed': 'Nennen Sie die Site: Wer dorthin schreibt, beginnt dort ein Gespräch.',
  'refused-keyword-empty': 'Ein Stichwort braucht mindestens einen Buchstaben oder eine Ziffer.',
}
