import type { ListExportsInput, ListExportsOutput } from '@aws-sdk/client-cloudformation';
import { live } from '../../../calls/addresses.ts';
import { operation } from '../../../calls/operation.ts';
import { exportsOf } from '../engine/exports.ts';
import { pageOf } from '../members.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListExports.html */
export const listExports = operation<ListExportsInput, ListExportsOutput, 'store' | 'address'>({
  resource: () => '*',
  run({ NextToken }, call) {
    const { page, ...next } = pageOf(exportsOf(call), NextToken, 100);
    return { Exports: page.map((item) => ({ ...item, Value: live(item.Value, call.address) })), ...next };
  },
});
