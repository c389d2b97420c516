import type { UntagResourceInput } from '@aws-sdk/client-dynamodb';
import { operation } from '../../../calls/operation.ts';
import { recordOf, requireTable, saveRecord } from '../table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html */
export const untagResource = operation<UntagResourceInput, object, 'tables' | 'store'>({
  resource: ({ ResourceArn }) => ResourceArn ?? '*',
  async run(input, call) {
    const { table } = await requireTable(input.ResourceArn, call);
    const record = recordOf(table, call);
    await saveRecord({ ...record, Tags: record.Tags.filter(({ Key }) => !input.TagKeys?.includes(Key)) }, call);
    return {};
  },
});
