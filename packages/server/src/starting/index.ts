export { beginFrom, type Started, type Starting } from './begin-from.ts'
export { lockSender, makeSender } from './find-sender.ts'
export {
  addOwnAddress,
  changeOwnAddress,
  listOwnAddresses,
  retireOwnAddress,
} from './keep-own-addresses.ts'
export { type PublicAddress, readPublicAddress } from './read-public-address.ts'
export type { StartingParts } from './starting-parts.ts'
