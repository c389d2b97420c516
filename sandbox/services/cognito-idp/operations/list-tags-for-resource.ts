import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
} from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { taggedPool } from '../tagged.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource = operation<ListTagsForResourceRequest, ListTagsForResourceResponse, 'store'>({
  resource: ({ ResourceArn }) => ResourceArn ?? '*',
  run: (input, call) => ({ Tags: { ...taggedPool(input, call).tags } }),
});
