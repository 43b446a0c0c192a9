export { beginFrom } from './begin-from.ts'
export { findReopenable } from './find-reopenable.ts'
export { lockSender, makeSender } from './find-sender.ts'
export { forgetAsked } from './forget-asked.ts'
export {
  addOwnAddress,
  changeOwnAddress,
  listOwnAddresses,
  retireOwnAddress,
} from './keep-own-addresses.ts'
export { readPublicAddress } from './read-public-address.ts'
export type { StartingParts } from './starting-parts.ts'
