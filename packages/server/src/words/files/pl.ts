import type { files as english } from './en.ts'

export const files: Record<keyof typeof english, string> = {
  'file-page-title': 'Plik dla Ciebie',
  'file-page-for': '{site} przekazuje Ci ten plik.',
  'file-page-until': 'Ten odnośnik działa do {date}.',
  'file-page-open': 'Pobierz',
  'file-page-expired-title': 'Ten odnośnik jest za stary',
  'file-page-expired': 'Działał przez określony czas, który już minął. Poproś o plik jeszcze raz w rozmowie.',
  'file-page-unknown-title': 'Nie ma tu pliku',
  'file-page-unknown': 'Sprawdź, czy odnośnik skopiowano w całości. Plik mógł też zostać usunięty.',
  'refused-file-infected': 'Ten plik nie został przekazany: skaner wirusów coś w nim znalazł.',
  'left-out-virus': 'znaleziono w nim wirusa.',
  'file-page-unchecked': 'Tego pliku nie sprawdzono pod kątem wirusów.',
}
