import { invalidParameter } from './errors.ts';
import { type Shape, textMap } from './shape.ts';

/** Tags in Cognito's format: a map with at most 50. */
export const tagsShape: Shape = (path, value) => {
  textMap(path, value);
  const tags = Object.entries(value as Readonly<Record<string, string>>);
  if (tags.length > 50) throw invalidParameter('The number of tags exceeds the limit of 50.');
  for (const [key, text] of tags) {
    if (key.length < 1 || key.length > 128 || text.length > 256) {
      throw invalidParameter(`The tag ${key.slice(0, 128)} is too long, or has no key.`);
    }
  }
};
