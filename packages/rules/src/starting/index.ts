export * from './choose-by-keyword.ts'
export * from './read-consent.ts'
export * from './read-tag.ts'
