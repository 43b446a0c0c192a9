export {
  addExamples,
  removeExample,
  removePattern,
  removeProduct,
  savePattern,
  saveProduct,
  setKeywords,
} from './lists.ts'
export { ReadingModels } from './models.ts'
export { noteTopic } from './note-topic.ts'
export { readingWords } from './reading-words.ts'
export { trainWhenWanted } from './train-when-wanted.ts'
export { listExamples, tryText, viewReading } from './view.ts'
