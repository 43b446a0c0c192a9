export { addPerson } from './add-person.ts'
export { addressColumns, sealedAddress } from './address-columns.ts'
export { type AddressParts, mediaToHave } from './address-parts.ts'
export {
  type AddAddress,
  addAddress,
  addProvenAddress,
  type ConfirmAddress,
  confirmAddress,
  listAddresses,
  type NewAddress,
  removeAddress,
} from './addresses.ts'
export { changeAddress } from './change-address.ts'
export { identityChanged } from './identity-changed.ts'
export { isErased } from './is-erased.ts'
export { listColleagues } from './list-colleagues.ts'
export { listPeople } from './list-people.ts'
export { personOutside } from './person-outside.ts'
export { changeRole, isLastAdministrator, roleOf } from './roles.ts'
export { testAddress } from './test-address.ts'
