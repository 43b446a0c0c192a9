export type * from './http.ts'
export * from './parse-frame.ts'
export * from './real-time.ts'
export type * from './scripts.ts'
