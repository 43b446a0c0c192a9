export * from './read-address.ts'
