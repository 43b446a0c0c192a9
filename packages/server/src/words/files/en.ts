/** What the page behind a link to a file says: `...files` in each catalogue. */
export const files = {
  'file-page-title': 'A file for you',
  'file-page-for': '{site} passes this file on to you.',
  'file-page-until': 'This link works until {date}.',
  'file-page-open': 'Download',
  'file-page-expired-title': 'This link is too old',
  'file-page-expired':
    'It worked for a certain time, and that time is over. Ask for the file once more in your conversation.',
  'file-page-unknown-title': 'There is no file here',
  'file-page-unknown': 'Please check whether the link was copied in full. The file may also have been removed.',
  'refused-file-infected': 'This file was not passed on: the virus scanner found something in it.',
  'left-out-virus': 'a virus was found in it.',
  'file-page-unchecked': 'This file was not checked for viruses.',
}
