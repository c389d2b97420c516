import type { FunctionConfiguration, GetFunctionConfigurationRequest } from '@aws-sdk/client-lambda';
import { operation } from '../../../calls/operation.ts';
import { toConfiguration } from '../configuration.ts';
import { findVersion, functionArn } from '../function-name.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
export const getFunctionConfiguration = operation<
  GetFunctionConfigurationRequest,
  FunctionConfiguration,
  'store' | 'address'
>({
  resource: functionArn,
  run(input, call) {
    const { record, version, qualifier } = findVersion(input, call);
    return toConfiguration(record, version, call.address, qualifier);
  },
});
