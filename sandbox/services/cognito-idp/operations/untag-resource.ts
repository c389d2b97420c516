import type { UntagResourceRequest, UntagResourceResponse } from '@aws-sdk/client-cognito-identity-provider';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { userPools } from '../records.ts';
import { list, structure, text } from '../shape.ts';
import { taggedPool } from '../tagged.ts';

const shape = structure({ ResourceArn: text(20, 2048), TagKeys: list(text(1, 128)) }, ['ResourceArn', 'TagKeys']);

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UntagResource.html */
export const untagResource = operation<UntagResourceRequest, UntagResourceResponse, 'store'>({
  resource: ({ ResourceArn }) => ResourceArn ?? '*',
  async run(input, call) {
    shape('', input);
    const pool = taggedPool(input, call);
    const gone = input.TagKeys ?? [];
    const tags = Object.fromEntries(Object.entries(pool.tags).filter(([key]) => !gone.includes(key)));
    await call.store.commit([userPools.put(regional(call), pool.id, { ...pool, tags })]);
    return {};
  },
});
