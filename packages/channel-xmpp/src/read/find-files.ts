import { ns } from '../namespaces.ts'
import { childOf, childrenOf, type Element, elementsOf, textOf } from '../xml/element.ts'
import type { FileReference } from './reading.ts'

/** More than anybody sends in one message on purpose: each of them is a request of ours to somewhere. */
export const mostFiles = 5

/** Files that lie somewhere: a plain URL (XEP-0066, as upload services use it), media sharing (XEP-0385) and file sharing (XEP-0447). */
export function findFiles(element: Element): FileReference[] {
  const shared = [
    ...childrenOf(element, 'reference', ns.reference).map((one) => childOf(one, 'media-sharing', ns.mediaSharing)),
    ...childrenOf(element, 'file-sharing', ns.fileSharing),
  ].flatMap((sharing) => (sharing ? [sharedFile(sharing)] : []))
  const plain = childrenOf(element, 'x', ns.outOfBand).map((one) => {
    const url = childOf(one, 'url', ns.outOfBand)
    return { url: url ? urlOf(textOf(url)) : null, name: null, type: null }
  })
  const files = new Map<string, FileReference>()
  for (const { url, name, type } of [...shared, ...plain]) {
    if (url !== null && !files.has(url)) files.set(url, { url, name, type })
  }
  return [...files.values()]
}

/** Both kinds describe the file in one element `file` and say in `sources` where it lies. */
function sharedFile(sharing: Element): Omit<FileReference, 'url'> & { url: string | null } {
  const file = elementsOf(sharing).find(({ name }) => name === 'file')
  const sources = elementsOf(sharing).find(({ name }) => name === 'sources')
  const described = (name: string) => {
    const child = file && elementsOf(file).find((one) => one.name === name)
    return (child && textOf(child).trim().slice(0, 300).toWellFormed()) || null
  }
  const places = (sources ? elementsOf(sources) : []).map((source) => {
    if (source.ns === ns.reference) return urlOf(source.attrs.uri)
    return source.ns === ns.urlData ? urlOf(source.attrs.target) : null
  })
  return { url: places.find((url) => url !== null) ?? null, name: described('name'), type: described('media-type') }
}

function urlOf(written: string | undefined): string | null {
  const url = written?.trim() ?? ''
  return url.length <= 2_000 && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : null
}
