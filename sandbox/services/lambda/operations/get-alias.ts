import type { AliasConfiguration, GetAliasRequest } from '@aws-sdk/client-lambda';
import { operation } from '../../../calls/operation.ts';
import { findAlias, toAlias } from '../alias.ts';
import { functionArn } from '../function-name.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAlias.html */
export const getAlias = operation<GetAliasRequest, AliasConfiguration, 'store'>({
  resource: functionArn,
  run(input, call) {
    const { record, alias } = findAlias(input, call);
    return toAlias(record, alias);
  },
});
