export * from './admission.ts'
export * from './point-of-view.ts'
