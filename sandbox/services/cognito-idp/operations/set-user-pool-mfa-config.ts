import type {
  SetUserPoolMfaConfigRequest,
  SetUserPoolMfaConfigResponse,
} from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { findPool, poolArn } from '../pool.ts';
import { structure, text, unserved } from '../shape.ts';

const mfa = 'multi-factor authentication of user pools';

const shape = structure(
  {
    UserPoolId: text(1, 55),
    MfaConfiguration: unserved(mfa, (value) => value === 'OFF'),
    SmsMfaConfiguration: unserved(mfa),
    EmailMfaConfiguration: unserved(mfa),
    SoftwareTokenMfaConfiguration: structure({ Enabled: unserved(mfa, (value) => value === false) }),
    WebAuthnConfiguration: unserved('passkeys of user pools (WebAuthnConfiguration)'),
  },
  ['UserPoolId'],
);

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserPoolMfaConfig.html */
export const setUserPoolMfaConfig = operation<SetUserPoolMfaConfigRequest, SetUserPoolMfaConfigResponse, 'store'>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  run(input, call) {
    shape('', input);
    findPool(input.UserPoolId, call);
    return { MfaConfiguration: 'OFF' };
  },
});
