/** A category of the account's list, as it is chosen: its name in the reader's language. */
export interface CategoryView {
  id: string
  name: string
  /** 0–7: a place in the palette. */
  colour: number
  /** It stays where it stands, and is chosen no more. */
  isRetired: boolean
}

/** GET `/api/desk/categories`: the account's list in its order, retired ones too, since they may stand somewhere. */
export interface CategoriesView {
  categories: CategoryView[]
}

/** As administrators keep it: GET and POST `/api/desk/admin/categories`, PUT `/api/desk/admin/categories/:id`. */
export interface AdminCategory {
  id: string
  /** By language (BCP 47). */
  names: Record<string, string>
  colour: number
  isRetired: boolean
}
export interface NewCategoryRequest {
  names: Record<string, string>
  colour?: number
}
/** What is left out stays. `position`: 0 is the first of the list. */
export interface CategoryPatch {
  names?: Record<string, string>
  colour?: number
  position?: number
  isRetired?: boolean
}

/**
 * GET `/api/desk/fields?conversation=` (or `ticket=`, `interaction=`): what the house has written beside it, for those who may change it by
 * `set-fields`.
 */
export interface FieldsView {
  name: string | null
  category: string | null
  tags: string[]
  metadata: Record<string, unknown>
  folder: string | null
  /** Its own list; null where it is the one of what it is part of. */
  categories: string[] | null
  /** The categories that may be chosen here. */
  choices: string[]
  /** Its own rules for who answers an outside enquiry. */
  answers: { admission?: object; teams?: string[] } | null
  takesFrom: string | null
  takesUntil: string | null
  primary: string | null
  /** Behind which face places in it stand, by participant: `house` for the site's, else its name. To supervisors and administrators. */
  faces?: Record<string, string>
}
