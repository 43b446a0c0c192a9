import { type FoundNumber, findNumbers } from './find-numbers.ts'
import { type FoundProduct, indexProducts, type Product } from './find-products.ts'
import type { NumberPattern } from './number-pattern.ts'

/** An account's own lists. */
export interface EntityLists {
  readonly products: readonly Product[]
  readonly numbers: readonly { readonly name: string; readonly pattern: NumberPattern }[]
}

/** What a text names. */
export interface FoundEntities {
  readonly products: readonly FoundProduct[]
  readonly numbers: readonly FoundNumber[]
}

/** Prepares the lists once; the function that comes back searches a text. */
export function indexEntities(lists: EntityLists): (text: string) => FoundEntities {
  const findProducts = indexProducts(lists.products)
  return (text) => ({ products: findProducts(text), numbers: findNumbers(text, lists.numbers) })
}

/** For a single text; for many, `indexEntities`. */
export function findEntities(text: string, lists: EntityLists): FoundEntities {
  return indexEntities(lists)(text)
}
