export { addAddress, confirmAddress, listAddresses, removeAddress } from './addresses.ts'
