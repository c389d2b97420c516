import type { TagResourceInput } from '@aws-sdk/client-dynamodb';
import { operation } from '../../../calls/operation.ts';
import { recordOf, requireTable, saveRecord } from '../table.ts';
import { withTags } from '../tags.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TagResource.html */
export const tagResource = operation<TagResourceInput, object, 'tables' | 'store'>({
  resource: ({ ResourceArn }) => ResourceArn ?? '*',
  async run(input, call) {
    const { table } = await requireTable(input.ResourceArn, call);
    const record = recordOf(table, call);
    await saveRecord({ ...record, Tags: withTags(record.Tags, input.Tags) }, call);
    return {};
  },
});
