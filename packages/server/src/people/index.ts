export {
  type AddAddress,
  addAddress,
  type ConfirmAddress,
  confirmAddress,
  listAddresses,
  readEmail,
  removeAddress,
} from './addresses.ts'
export { identityChanged } from './identity-changed.ts'
export { listPeople } from './list-people.ts'
export { changeRole, isLastAdministrator, roleOf } from './roles.ts'
