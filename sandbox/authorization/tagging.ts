import type { Need } from '../calls/operation.ts';

/**
 * Returns the additional permission needed to create something with tags: permission to tag it
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html).
 */
export function tagging(tags: object | undefined, action: string, resource: string): readonly Need[] {
  return tags === undefined || Object.keys(tags).length === 0 ? [] : [{ action, resource }];
}
