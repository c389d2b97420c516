import type { RemoveTagsFromResourceRequest, RemoveTagsFromResourceResult } from '@aws-sdk/client-ssm';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { parameterArn } from '../parameter.ts';
import { parameters } from '../records.ts';
import { taggedParameter } from '../tagged.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RemoveTagsFromResource.html */
export const removeTagsFromResource = operation<RemoveTagsFromResourceRequest, RemoveTagsFromResourceResult, 'store'>({
  resource: ({ ResourceId }, call) => parameterArn(ResourceId, call),
  async run(input, call) {
    const record = taggedParameter(input, call);
    const Tags = Object.fromEntries(Object.entries(record.Tags).filter(([key]) => !input.TagKeys?.includes(key)));
    await call.store.commit([parameters.put(regional(call), record.Name, { ...record, Tags })]);
    return {};
  },
});
