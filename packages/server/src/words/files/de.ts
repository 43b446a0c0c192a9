import type { files as english } from './en.ts'

export const files: Record<keyof typeof english, string> = {
  'file-page-title': 'Eine Datei für Sie',
  'file-page-for': '{site} gibt Ihnen diese Datei weiter.',
  'file-page-until': 'Dieser Link funktioniert bis {date}.',
  'file-page-open': 'Herunterladen',
  'file-page-expired-title': 'Dieser Link ist zu alt',
  'file-page-expired':
    'Er galt für eine bestimmte Zeit, und die ist vorbei. Bitten Sie in Ihrem Gespräch noch einmal um die Datei.',
  'file-page-unknown-title': 'Hier ist keine Datei',
  'file-page-unknown':
    'Bitte prüfen Sie, ob der Link vollständig kopiert wurde. Vielleicht wurde die Datei auch entfernt.',
  'refused-file-infected': 'Diese Datei wurde nicht weitergegeben: Der Virenscanner hat etwas darin gefunden.',
  'left-out-virus': 'darin wurde ein Virus gefunden.',
  'file-page-unchecked': 'Diese Datei wurde nicht auf Viren geprüft.',
}
