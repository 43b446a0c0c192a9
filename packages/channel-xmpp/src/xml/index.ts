export type { Element } from './element.ts'
export { StreamParser } from './stream-parser.ts'
export { text, type Xml, xml } from './write-xml.ts'
