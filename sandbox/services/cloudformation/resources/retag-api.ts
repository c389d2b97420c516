import type { ResourceCall } from './resource-type.ts';

type Tags = Readonly<Record<string, string>>;

/** Changes an API's or a stage's tags from their previous to their desired state; `path` is `/apis/…`. */
export async function retagApi(path: string, from: Tags, to: Tags, { perform, region }: ResourceCall): Promise<void> {
  const ResourceArn = `arn:aws:apigateway:${region}::${path}`;
  const added = Object.fromEntries(Object.entries(to).filter(([key, value]) => from[key] !== value));
  const TagKeys = Object.keys(from).filter((key) => to[key] === undefined);
  if (Object.keys(added).length > 0) await perform('apigateway', 'TagResource', { ResourceArn, Tags: added });
  if (TagKeys.length > 0) await perform('apigateway', 'UntagResource', { ResourceArn, TagKeys });
}
