import type { GetParametersByPathRequest, GetParametersByPathResult } from '@aws-sdk/client-ssm';
import { regional } from '../../../calls/context.ts';
import { AwsError, UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { pageOf } from '../page.ts';
import { describe, parameterArn } from '../parameter.ts';
import { parameters } from '../records.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html */
export const getParametersByPath = operation<GetParametersByPathRequest, GetParametersByPathResult, 'store'>({
  resource: ({ Path }, call) => parameterArn(Path, call),
  context: ({ Recursive = false }) => ({ 'ssm:Recursive': Recursive }),
  run(input, call) {
    const { Path = '', Recursive = false } = input;
    if (!Path.startsWith('/')) {
      throw new AwsError(
        'ValidationException',
        'The parameter doesn’t meet the parameter name requirements. The parameter name must begin with a forward slash "/".',
      );
    }
    if (input.ParameterFilters !== undefined && input.ParameterFilters.length > 0) {
      throw new UnsupportedError('filters of GetParametersByPath');
    }
    const prefix = Path.endsWith('/') ? Path : `${Path}/`;
    const found = parameters
      .list(call.store, regional(call))
      .filter(({ Name }) => Name.startsWith(prefix) && (Recursive || !Name.slice(prefix.length).includes('/')));
    const { items, NextToken } = pageOf(found, input, 10);
    return {
      Parameters: items.flatMap((record) =>
        record.versions.slice(-1).map((version) => describe(record, version, call)),
      ),
      ...(NextToken === undefined ? {} : { NextToken }),
    };
  },
});
