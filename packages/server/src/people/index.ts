export { addAddress, confirmAddress, listAddresses, removeAddress } from './addresses.ts'
export { identityChanged } from './identity-changed.ts'
export { type ChangeRole, changeRole, roleOf } from './roles.ts'
