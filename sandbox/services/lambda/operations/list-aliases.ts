import type { ListAliasesRequest, ListAliasesResponse } from '@aws-sdk/client-lambda';
import { operation } from '../../../calls/operation.ts';
import { toAlias } from '../alias.ts';
import { findFunction, functionArn } from '../function-name.ts';
import { page } from '../page.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html */
export const listAliases = operation<ListAliasesRequest, ListAliasesResponse, 'store'>({
  resource: functionArn,
  run(input, call) {
    const { record } = findFunction(input, call);
    const version = input.FunctionVersion;
    const all = Object.values(record.aliases).filter((alias) => [undefined, alias.FunctionVersion].includes(version));
    const { items, ...next } = page(all, input, 50);
    return { Aliases: items.map((alias) => toAlias(record, alias)), ...next };
  },
});
