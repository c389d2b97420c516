import type { GetParametersRequest, GetParametersResult, Parameter } from '@aws-sdk/client-ssm';
import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { describe, findParameter, parameterArn } from '../parameter.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
export const getParameters = operation<GetParametersRequest, GetParametersResult, 'store'>({
  resource: ({ Names = [] }, call) => Names.map((name) => parameterArn(name, call)),
  run({ Names = [] }, call) {
    if (Names.length === 0 || Names.length > 10) {
      throw new AwsError(
        'ValidationException',
        `1 validation error detected: Value '[${Names.join(', ')}]' at 'names' failed to satisfy constraint: Member must have length less than or equal to 10, and greater than or equal to 1.`,
      );
    }
    const Parameters: Parameter[] = [];
    const InvalidParameters: string[] = [];
    for (const name of Names) {
      const found = findParameter(name, call);
      if (found === undefined) InvalidParameters.push(name);
      else Parameters.push(describe(found.record, found.version, call, name));
    }
    return { Parameters, InvalidParameters };
  },
});
