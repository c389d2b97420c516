import type { FunctionConfiguration, UpdateFunctionConfigurationRequest } from '@aws-sdk/client-lambda';
import { passRole } from '../../../authorization/pass-role.ts';
import { operation } from '../../../calls/operation.ts';
import { configured, lastModified, toConfiguration } from '../configuration.ts';
import { executionRole } from '../execution-role.ts';
import { checkRevision, findFunction, functionArn } from '../function-name.ts';
import { functions } from '../records.ts';
import { requireTraceable } from '../tracing.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html */
export const updateFunctionConfiguration = operation<
  UpdateFunctionConfigurationRequest,
  FunctionConfiguration,
  'store' | 'clock' | 'ids' | 'address' | 'functions' | 'callerPolicies'
>({
  resource: functionArn,
  alsoNeeds: ({ Role }) => passRole(Role, 'lambda.amazonaws.com'),
  async run(input, call) {
    const { record, scope } = findFunction(input, call);
    checkRevision(input.RevisionId, record.latest.RevisionId, 'GetFunction');
    const latest = {
      ...configured(record.latest, input),
      LastModified: lastModified(call.clock.now()),
      RevisionId: call.ids.uuid(),
    };
    const role = executionRole(latest.Role, record.FunctionArn, call);
    if (input.TracingConfig !== undefined || input.Role !== undefined) requireTraceable(latest, role, call);
    const changed = { ...record, latest };
    const saved = call.store.commit([functions.put(scope, record.FunctionName, changed)]);
    call.functions.retire(record.FunctionArn);
    await saved;
    return toConfiguration(changed, latest, call.address);
  },
});
