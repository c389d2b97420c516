import type { AliasConfiguration, UpdateAliasRequest } from '@aws-sdk/client-lambda';
import { operation } from '../../../calls/operation.ts';
import { checkAlias, findAlias, toAlias } from '../alias.ts';
import { checkRevision, functionArn } from '../function-name.ts';
import { type AliasRecord, functions } from '../records.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html */
export const updateAlias = operation<UpdateAliasRequest, AliasConfiguration, 'store' | 'ids'>({
  resource: functionArn,
  async run(input, call) {
    const { record, scope, alias } = findAlias(input, call);
    checkRevision(input.RevisionId, alias.RevisionId, 'GetAlias');
    const changed: AliasRecord = {
      Name: alias.Name,
      FunctionVersion: input.FunctionVersion ?? alias.FunctionVersion,
      Description: input.Description ?? alias.Description,
      RevisionId: call.ids.uuid(),
    };
    checkAlias({ ...changed, RoutingConfig: input.RoutingConfig }, record, call);
    const aliases = { ...record.aliases, [alias.Name]: changed };
    await call.store.commit([functions.put(scope, record.FunctionName, { ...record, aliases })]);
    return toAlias(record, changed);
  },
});
