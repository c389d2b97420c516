import type { GetSessionTokenRequest, GetSessionTokenResponse } from '@aws-sdk/client-sts';
import { AwsError, UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { durationOf } from '../validation.ts';

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
export const getSessionToken = operation<GetSessionTokenRequest, GetSessionTokenResponse, 'sessions' | 'clock' | 'ids'>(
  {
    needsNoPermission: true,
    resource: () => '*',
    run(input, call) {
      if (call.caller.type !== 'user' || call.caller.session !== undefined) {
        throw new AwsError('AccessDenied', 'Cannot call GetSessionToken with session credentials', 403);
      }
      if (input.SerialNumber !== undefined) throw new UnsupportedError('multi-factor authentication');
      const seconds = durationOf(input.DurationSeconds, 43_200, 129_600);
      const issued = call.clock.now();
      const expires = new Date(Math.floor(issued.getTime() / 1000 + seconds) * 1000);
      return { Credentials: call.sessions.issue(call.caller, { issued, expires }, call.ids) };
    },
  },
);
