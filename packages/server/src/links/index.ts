export { type Entry, findEntry, findLink, type Link, linkById } from './find-entry.ts'
export { endLink, listLinks, makeLink } from './keep-links.ts'
export { codeInUrl } from './link-code.ts'
export { useLink } from './use-link.ts'
