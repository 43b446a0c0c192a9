export { type AccessKey, findAccessKey, hashSecret, makeAccessKey } from './access-key.ts'
export { type Entered, enterVisitor, forgetBrowser, makeHandOver, makeRecovery } from './enter.ts'
