/** An element with its namespace resolved; prefixes are gone. Attributes keep the names they were written with (`id`, `xml:lang`). */
export interface Element {
  readonly name: string
  readonly ns: string
  readonly attrs: Readonly<Record<string, string>>
  readonly children: readonly (Element | string)[]
}

export function childOf({ children }: Element, name: string, ns: string): Element | undefined {
  return children.find((child): child is Element => typeof child !== 'string' && child.name === name && child.ns === ns)
}

export function childrenOf({ children }: Element, name: string, ns: string): Element[] {
  return elementsOf({ children }).filter((child) => child.name === name && child.ns === ns)
}

export function elementsOf({ children }: Pick<Element, 'children'>): Element[] {
  return children.filter((child): child is Element => typeof child !== 'string')
}

/** The text of an element itself; what stands in elements inside it is left out. */
export function textOf({ children }: Element): string {
  return children.filter((child) => typeof child === 'string').join('')
}
