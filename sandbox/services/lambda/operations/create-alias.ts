import type { AliasConfiguration, CreateAliasRequest } from '@aws-sdk/client-lambda';
import { operation } from '../../../calls/operation.ts';
import { checkAlias, toAlias } from '../alias.ts';
import { conflict, findFunction, functionArn } from '../function-name.ts';
import { type AliasRecord, functions } from '../records.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html */
export const createAlias = operation<CreateAliasRequest, AliasConfiguration, 'store' | 'ids'>({
  resource: functionArn,
  async run(input, call) {
    const { record, scope } = findFunction(input, call);
    const { Name = '', FunctionVersion = '', Description = '' } = input;
    checkAlias(input, record, call);
    if (Object.hasOwn(record.aliases, Name)) {
      throw conflict(`Alias already exists: ${record.FunctionArn}:${Name}`);
    }
    const alias: AliasRecord = { Name, FunctionVersion, Description, RevisionId: call.ids.uuid() };
    const aliases = { ...record.aliases, [Name]: alias };
    await call.store.commit([functions.put(scope, record.FunctionName, { ...record, aliases })]);
    return toAlias(record, alias);
  },
});
