import type { TagResourceRequest, TagResourceResponse } from '@aws-sdk/client-cognito-identity-provider';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { userPools } from '../records.ts';
import { structure, text } from '../shape.ts';
import { tagsShape } from '../tag-shape.ts';
import { taggedPool } from '../tagged.ts';

const shape = structure({ ResourceArn: text(20, 2048), Tags: tagsShape }, ['ResourceArn', 'Tags']);

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_TagResource.html */
export const tagResource = operation<TagResourceRequest, TagResourceResponse, 'store'>({
  resource: ({ ResourceArn }) => ResourceArn ?? '*',
  async run(input, call) {
    shape('', input);
    const pool = taggedPool(input, call);
    const tags = { ...pool.tags, ...input.Tags };
    tagsShape('tags', tags);
    await call.store.commit([userPools.put(regional(call), pool.id, { ...pool, tags })]);
    return {};
  },
});
