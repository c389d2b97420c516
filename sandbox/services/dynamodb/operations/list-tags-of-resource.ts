import type { ListTagsOfResourceInput, ListTagsOfResourceOutput } from '@aws-sdk/client-dynamodb';
import { operation } from '../../../calls/operation.ts';
import { requireTable } from '../table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html */
export const listTagsOfResource = operation<ListTagsOfResourceInput, ListTagsOfResourceOutput, 'tables' | 'store'>({
  resource: ({ ResourceArn }) => ResourceArn ?? '*',
  async run({ ResourceArn }, call) {
    // A table has at most 50 tags: they fit on one page.
    const { record } = await requireTable(ResourceArn, call);
    return { Tags: record.Tags.map((tag) => ({ ...tag })) };
  },
});
