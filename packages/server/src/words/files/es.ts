import type { files as english } from './en.ts'

export const files: Record<keyof typeof english, string> = {
  'file-page-title': 'Un archivo para usted',
  'file-page-for': '{site} le transmite este archivo.',
  'file-page-until': 'Este enlace funciona hasta el {date}.',
  'file-page-open': 'Descargar',
  'file-page-expired-title': 'Este enlace es demasiado antiguo',
  'file-page-expired': 'Valía durante un tiempo que ya ha pasado. Pida el archivo de nuevo en su conversación.',
  'file-page-unknown-title': 'Aquí no hay ningún archivo',
  'file-page-unknown': 'Compruebe que el enlace se copió entero. También puede que el archivo se haya eliminado.',
  'refused-file-infected': 'Este archivo no se transmitió: el antivirus encontró algo en él.',
  'left-out-virus': 'se encontró un virus en él.',
  'file-page-unchecked': 'Este archivo no se ha comprobado con un antivirus.',
}
