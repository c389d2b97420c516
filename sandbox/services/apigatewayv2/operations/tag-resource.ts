import type { TagResourceRequest, TagResourceResponse } from '@aws-sdk/client-apigatewayv2';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { taggedBy } from '../tags.ts';

export const tagResource = operation<TagResourceRequest, TagResourceResponse, 'store'>({
  action: 'apigateway:POST',
  resource: (input, call) => managedArn(call, 'tags', encodeURIComponent(input.ResourceArn ?? '')),
  async run(input, call) {
    const tagged = taggedBy(call, input.ResourceArn);
    await call.store.commit([tagged.retag({ ...tagged.tags, ...input.Tags })]);
    return {};
  },
});
