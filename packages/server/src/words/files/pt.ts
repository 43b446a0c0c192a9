import type { files as english } from './en.ts'

export const files: Record<keyof typeof english, string> = {
  'file-page-title': 'Um ficheiro para si',
  'file-page-for': '{site} passa-lhe este ficheiro.',
  'file-page-until': 'Esta ligação funciona até {date}.',
  'file-page-open': 'Transferir',
  'file-page-expired-title': 'Esta ligação é demasiado antiga',
  'file-page-expired': 'Valia durante um certo tempo, que já passou. Peça novamente o ficheiro na sua conversa.',
  'file-page-unknown-title': 'Não há nenhum ficheiro aqui',
  'file-page-unknown': 'Verifique se a ligação foi copiada por inteiro. O ficheiro também pode ter sido removido.',
  'refused-file-infected': 'Este ficheiro não foi transmitido: o antivírus encontrou algo nele.',
  'left-out-virus': 'foi encontrado um vírus nele.',
  'file-page-unchecked': 'Este ficheiro não foi verificado por um antivírus.',
}
