import type { GetTagsRequest, GetTagsResponse } from '@aws-sdk/client-apigatewayv2';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { taggedBy } from '../tags.ts';

export const getTags = operation<GetTagsRequest, GetTagsResponse, 'store'>({
  action: 'apigateway:GET',
  resource: (input, call) => managedArn(call, 'tags', encodeURIComponent(input.ResourceArn ?? '')),
  run: (input, call) => ({ Tags: { ...taggedBy(call, input.ResourceArn).tags } }),
});
