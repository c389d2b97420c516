import type { Tag } from '../records.ts';

/** Tags for services that accept a map. */
export function tagMap(tags: readonly Tag[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

/** The changes between two sets of tags. */
export function tagChanges(
  from: readonly Tag[],
  to: readonly Tag[],
): { readonly add: Tag[]; readonly remove: string[] } {
  const [before, after] = [tagMap(from), tagMap(to)];
  return {
    add: to.filter(({ Key, Value }) => before[Key] !== Value),
    remove: Object.keys(before).filter((key) => after[key] === undefined),
  };
}

/** The stack's and CloudFormation's tags, overridden by the resource's own property. */
export function allTags(resource: {
  readonly tags: readonly Tag[];
  readonly properties: { readonly Tags?: readonly Tag[] };
}): Tag[] {
  const merged = { ...tagMap(resource.tags), ...tagMap(resource.properties.Tags ?? []) };
  return Object.entries(merged).map(([Key, Value]) => ({ Key, Value }));
}

/** Like `allTags`, for services that don't accept CloudFormation's own tags. */
export function ownTags(resource: Parameters<typeof allTags>[0]): Tag[] {
  return allTags(resource).filter(({ Key }) => !Key.startsWith('aws:'));
}
