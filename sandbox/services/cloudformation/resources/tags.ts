import type { Tag } from '../records.ts';

/** Tags in the form of those services that take them as a map. */
export function tagMap(tags: readonly Tag[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

/** What leads from one set of tags to another. */
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

/** The stack's and CloudFormation's tags, and over them those of the resource's own property. */
export function allTags(resource: {
  readonly tags: readonly Tag[];
  readonly properties: { readonly Tags?: readonly Tag[] };
}): Tag[] {
  const merged = { ...tagMap(resource.tags), ...tagMap(resource.properties.Tags ?? []) };
  return Object.entries(merged).map(([Key, Value]) => ({ Key, Value }));
}

/** As `allTags`, for services that take no tags of CloudFormation's own. */
export function ownTags(resource: Parameters<typeof allTags>[0]): Tag[] {
  return allTags(resource).filter(({ Key }) => !Key.startsWith('aws:'));
}
