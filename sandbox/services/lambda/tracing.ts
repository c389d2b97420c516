import { decideFor } from '../../authorization/authorize.ts';
import type { Call } from '../../calls/context.ts';
import type { RoleRecord } from '../iam/records.ts';
import { assumedRole } from '../sts/assumed-role.ts';
import { invalid } from './function-name.ts';
import type { VersionRecord } from './records.ts';

/**
 * If a function should be traced, throws Lambda's error if its role isn't allowed to send traces. The practice account
 * has no X-Ray, so nothing is sampled or sent (https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html).
 */
export function requireTraceable(
  { Tracing }: Pick<VersionRecord, 'Tracing'>,
  role: RoleRecord,
  call: Call<'callerPolicies' | 'clock'>,
): void {
  if (Tracing !== 'Active') return;
  const { callerPolicies, clock, region } = call;
  const need = { action: 'xray:PutTraceSegments', resource: '*' };
  if (decideFor(assumedRole(role, role.RoleName), need, { callerPolicies, clock, region })?.decision === 'allowed')
    return;
  throw invalid('The provided execution role does not have permissions to call PutTraceSegments on XRAY');
}
