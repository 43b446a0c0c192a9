import type { files as english } from './en.ts'

export const files: Record<keyof typeof english, string> = {
  'file-page-title': 'Файл для вас',
  'file-page-for': '{site} передаёт вам этот файл.',
  'file-page-until': 'Эта ссылка действует до {date}.',
  'file-page-open': 'Скачать',
  'file-page-expired-title': 'Эта ссылка устарела',
  'file-page-expired': 'Она действовала определённое время, и оно истекло. Попросите файл ещё раз в своём разговоре.',
  'file-page-unknown-title': 'Здесь нет файла',
  'file-page-unknown': 'Проверьте, полностью ли скопирована ссылка. Возможно, файл был удалён.',
  'refused-file-infected': 'Этот файл не передан: антивирус что-то в нём нашёл.',
  'left-out-virus': 'в нём найден вирус.',
  'file-page-unchecked': 'Этот файл не проверен на вирусы.',
}
