import type { StripRefusal } from './stripped.ts'

type Rule = [pattern: RegExp, by: string]

/** What is to be done with one part of an Office or OpenDocument file. */
export type DocumentPart =
  | { kind: 'drop'; what: string }
  | { kind: 'replace'; by: string; what: string }
  | { kind: 'xml'; rules: Rule[] }
  | { kind: 'picture'; isVector: boolean }
  | { kind: 'refuse'; refusal: StripRefusal }

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
const OFFICE_PROPERTIES = 'http://schemas.openxmlformats.org/officeDocument/2006'
const CORE = `${XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>`
const APP = `${XML}<Properties xmlns="${OFFICE_PROPERTIES}/extended-properties"/>`
const CUSTOM = `${XML}<Properties xmlns="${OFFICE_PROPERTIES}/custom-properties"/>`
const META = `${XML}<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:meta/></office:document-meta>`

export function documentPart(name: string, family: 'ooxml' | 'odf'): DocumentPart {
  const lower = name.toLowerCase()
  if (/vbaproject|vbadata|activex|^basic\/|^scripts\/|macrosheets/.test(lower))
    return { kind: 'refuse', refusal: 'active-content' }
  if (/\/embeddings\/|objectreplacements\/.*\.(?:bin|ole)$/.test(lower))
    return { kind: 'refuse', refusal: 'holds-other-files' }
  return family === 'ooxml' ? officePart(lower) : openDocumentPart(lower)
}

function officePart(lower: string): DocumentPart {
  if (/^docprops\/core[^/]*\.xml$/.test(lower)) return { kind: 'replace', by: CORE, what: 'document properties' }
  if (/^docprops\/app[^/]*\.xml$/.test(lower)) return { kind: 'replace', by: APP, what: 'document properties' }
  if (/^docprops\/custom[^/]*\.xml$/.test(lower)) return { kind: 'replace', by: CUSTOM, what: 'document properties' }
  if (/^docprops\/thumbnail\.|^_xmlsignatures\//.test(lower)) return { kind: 'drop', what: 'thumbnail or signature' }
  if (/^customxml\/item\d+\.xml$/.test(lower)) return { kind: 'replace', by: `${XML}<removed/>`, what: 'attached data' }
  if (/printersettings/.test(lower) && lower.endsWith('.bin'))
    return { kind: 'replace', by: '', what: 'printer settings' }
  if (/\/media\//.test(lower)) return picture(lower)
  if (/\.(?:xml|rels|vml)$/.test(lower)) return { kind: 'xml', rules: OFFICE_RULES }
  return otherPart(lower)
}

function openDocumentPart(lower: string): DocumentPart {
  if (/(?:^|\/)meta\.xml$/.test(lower)) return { kind: 'replace', by: META, what: 'document properties' }
  if (/^thumbnails\/|documentsignatures\.xml$|^layout-cache$/.test(lower))
    return { kind: 'drop', what: 'thumbnail or signature' }
  if (/(?:^|\/)(?:pictures|media|objectreplacements)\//.test(lower)) return picture(lower)
  if (/\.(?:xml|rdf)$/.test(lower)) return { kind: 'xml', rules: OPEN_DOCUMENT_RULES }
  return otherPart(lower)
}

function picture(lower: string): DocumentPart {
  return {
    kind: 'picture',
    isVector: /\.(?:emf|wmf|svg|svm|gdi)$/.test(lower) || lower.startsWith('objectreplacements/'),
  }
}

function otherPart(lower: string): DocumentPart {
  if (/\.(?:odttf|ttf|otf|fntdata)$/.test(lower)) return { kind: 'xml', rules: [] }
  if (/\.(?:jpe?g|png|gif|webp)$/.test(lower)) return { kind: 'picture', isVector: false }
  return { kind: 'refuse', refusal: 'metadata-not-removable' }
}

/** Authors of changes and comments, persons, places of the file on its maker's disk. */
const OFFICE_RULES: Rule[] = [
  [
    /(?<=[\s:](?:author|initials|userId|providerId|lastModifiedBy|userName|displayName|presenceInfo)=")[^"]*(?=")/g,
    '-',
  ],
  [/(<(?:\w+:)?cmAuthor\b[^>]*\sname=")[^"]*/g, '$1-'],
  [/(<p188:author\b[^>]*\sname=")[^"]*/g, '$1-'],
  [/(<(?:\w+:)?author>)[^<]*/g, '$1-'],
  [/(<(?:\w+:)?absPath\b[^>]*\surl=")[^"]*/g, '$1'],
  [/(\sTarget=")file:[^"]*/gi, '$1file:///removed'],
  [/<Relationship\b[^>]*(?:metadata\/thumbnail|digital-signature)[^>]*\/>/g, ''],
]

const OPEN_DOCUMENT_RULES: Rule[] = [
  [
    /(<(?:dc:creator|meta:initial-creator|meta:creator-initials|loext:sender-initials|text:author-name|text:author-initials|text:sender-\w+|text:printed-by)\b[^>]*>)[^<]*/g,
    '$1',
  ],
  [
    /(<config:config-item\s[^>]*config:name="(?:PrinterName|PrinterSetup|PrintFaxName|CurrentDatabaseDataSource|RedlineProtectionKey)"[^>]*>)[^<]*/g,
    '$1',
  ],
  [/(xlink:href=")file:[^"]*/gi, '$1file:///removed'],
  [/<manifest:file-entry\b[^>]*(?:Thumbnails\/|layout-cache|documentsignatures)[^>]*\/>/g, ''],
]
