import { decideFor } from '../../authorization/authorize.ts';
import type { Caller } from '../../calls/caller.ts';
import { denialMessage } from '../../iam-policy/denial-message.ts';
import type { Gateway } from './gateway.ts';
import { executeApiArn } from './live.ts';
import { masked } from './masked.ts';
import type { ConnectionRecord } from './records.ts';

/**
 * Returns why a caller isn't allowed to connect if `$connect` uses AWS_IAM, in API Gateway's words; undefined if it is
 * allowed (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html).
 */
export function mayConnect(
  { callerPolicies, clock, weather }: Pick<Gateway, 'callerPolicies' | 'clock' | 'weather'>,
  caller: Caller,
  record: Pick<ConnectionRecord, 'accountId' | 'region' | 'apiId' | 'stage'>,
): string | undefined {
  const action = 'execute-api:Invoke';
  const resource = executeApiArn(record, `${record.apiId}/${record.stage}/$connect`);
  const known = callerPolicies.seeing(weather.seenBy('execute-api'));
  const decision = decideFor(caller, { action, resource }, { callerPolicies: known, clock, region: record.region });
  if (decision === undefined) return 'The security token included in the request is invalid.';
  if (decision.decision === 'allowed') return undefined;
  return masked(denialMessage({ principalArn: caller.arn, action, resource, decision }));
}
