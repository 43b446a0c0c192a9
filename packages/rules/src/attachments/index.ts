export { orientationOf, withOrientation } from './exif-orientation.ts'
export {
  type AttachmentLimits,
  type AttachmentVerdict,
  defaultAttachmentLimits,
  judgeAttachment,
} from './judge-attachment.ts'
export { type PictureSize, pictureSize } from './picture-size.ts'
export { defaultZipLimits, type ZipLimits } from './strip-document.ts'
export { stripMetadata } from './strip-metadata.ts'
export type { Stripped, StripRefusal } from './stripped.ts'
