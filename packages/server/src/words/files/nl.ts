import type { files as english } from './en.ts'

export const files: Record<keyof typeof english, string> = {
  'file-page-title': 'Een bestand voor u',
  'file-page-for': '{site} geeft dit bestand aan u door.',
  'file-page-until': 'Deze link werkt tot {date}.',
  'file-page-open': 'Downloaden',
  'file-page-expired-title': 'Deze link is te oud',
  'file-page-expired':
    'Hij gold voor een bepaalde tijd, en die is voorbij. Vraag in uw gesprek opnieuw om het bestand.',
  'file-page-unknown-title': 'Hier is geen bestand',
  'file-page-unknown': 'Controleer of de link volledig is gekopieerd. Het bestand kan ook verwijderd zijn.',
  'refused-file-infected': 'Dit bestand is niet doorgegeven: de virusscanner heeft er iets in gevonden.',
  'left-out-virus': 'er is een virus in gevonden.',
  'file-page-unchecked': 'Dit bestand is niet op virussen gecontroleerd.',
}
