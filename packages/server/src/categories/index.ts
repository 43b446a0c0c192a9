export { addCategory, changeCategory, listCategories } from './keep-categories.ts'
