import type { AddTagsToResourceRequest, AddTagsToResourceResult } from '@aws-sdk/client-ssm';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { parameterArn } from '../parameter.ts';
import { parameters } from '../records.ts';
import { taggedParameter } from '../tagged.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AddTagsToResource.html */
export const addTagsToResource = operation<AddTagsToResourceRequest, AddTagsToResourceResult, 'store'>({
  resource: ({ ResourceId }, call) => parameterArn(ResourceId, call),
  async run(input, call) {
    const record = taggedParameter(input, call);
    const added = Object.fromEntries((input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
    await call.store.commit([
      parameters.put(regional(call), record.Name, { ...record, Tags: { ...record.Tags, ...added } }),
    ]);
    return {};
  },
});
