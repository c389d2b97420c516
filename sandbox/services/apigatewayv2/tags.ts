import { type Call, regional } from '../../calls/context.ts';
import type { Write } from '../../state/store.ts';
import { NotFoundException } from './errors.ts';
import { findApi, findStage } from './lookup.ts';
import { apis, keyWithinApi, stages } from './records.ts';

type Tags = Readonly<Record<string, string>>;

/** Returns a taggable resource, an API or a stage, by its ARN: its current tags, and the write that replaces them. */
export function taggedBy(
  call: Call<'store'>,
  arn: string | undefined,
): { readonly tags: Tags; retag(tags: Tags): Write } {
  const match = /^arn:aws[\w-]*:apigateway:[\w-]+::\/apis\/([^/]+)(?:\/stages\/([^/]+))?$/.exec(arn ?? '');
  if (match === null) throw new NotFoundException(`Invalid resource ARN specified: ${arn}`, 'Tags');
  const [, apiId, stageName] = match;
  const scope = regional(call);
  if (stageName === undefined) {
    const api = findApi(call, apiId);
    return { tags: api.Tags, retag: (Tags) => apis.put(scope, api.ApiId, { ...api, Tags }) };
  }
  const stage = findStage(call, apiId, stageName);
  return {
    tags: stage.Tags,
    retag: (Tags) => stages.put(scope, keyWithinApi(stage.ApiId, stage.StageName), { ...stage, Tags }),
  };
}
