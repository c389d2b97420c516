import type { UntagResourceRequest } from '@aws-sdk/client-apigatewayv2';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { taggedBy } from '../tags.ts';

export const untagResource = operation<UntagResourceRequest, object, 'store'>({
  action: 'apigateway:DELETE',
  resource: (input, call) => managedArn(call, 'tags', encodeURIComponent(input.ResourceArn ?? '')),
  async run(input, call) {
    const tagged = taggedBy(call, input.ResourceArn);
    const left = Object.entries(tagged.tags).filter(([key]) => !input.TagKeys?.includes(key));
    await call.store.commit([tagged.retag(Object.fromEntries(left))]);
    return {};
  },
});
