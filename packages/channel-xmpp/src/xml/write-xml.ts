/** Attributes of `undefined` and children of `null` are left out. */
export type Attributes = Readonly<Record<string, string | undefined>>

/** XML as bytes of a stream; only `xml` and `text` make it, so that nothing gets in unescaped. */
export type Xml = string & { readonly isXml: true }

export function xml(name: string, attrs: Attributes, ...children: readonly (Xml | null)[]): Xml {
  const written = Object.entries(attrs)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([key, value]) => ` ${key}='${escaped(value)}'`)
    .join('')
  const inside = children.filter((child) => child !== null).join('')
  return (inside === '' ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>`) as Xml
}

export function text(value: string): Xml {
  return escaped(value) as Xml
}

function escaped(value: string): string {
  return value
    .toWellFormed()
    .replace(forbidden, '')
    .replace(/[&<>'"]/g, (sign) => entities[sign] ?? '')
}

// XML 1.0 §2.2: a server closes the whole stream of whoever sends one of these.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&apos;',
  '"': '&quot;',
}
