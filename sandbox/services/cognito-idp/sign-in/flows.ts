import type { InitiateAuthResponse } from '@aws-sdk/client-cognito-identity-provider';
import { UnsupportedError } from '../../../calls/errors.ts';
import { authFlowsOf } from '../auth-flows.ts';
import { constraint, invalidParameter } from '../errors.ts';
import { textMap } from '../shape.ts';
import { setNewPassword } from './new-password.ts';
import { signInWithPassword } from './password.ts';
import { refresh } from './refresh.ts';
import type { SignInAttempt, SignInCall } from './sign-in-attempt.ts';
import { beginSrp, finishSrp } from './srp.ts';

type Step = (attempt: SignInAttempt, call: SignInCall) => Promise<InitiateAuthResponse>;

interface Flow {
  readonly step: Step;
  /** The required value in the client's `ExplicitAuthFlows`, in the newer names. */
  readonly allowedBy: ReturnType<typeof authFlowsOf>[number];
  readonly refusal: string;
  /** The people who can start it: users, administrators, both. */
  readonly by: 'user' | 'administrator' | 'both';
}

const notEnabled = 'Auth flow not enabled for this client';

const refreshing: Flow = { step: refresh, allowedBy: 'ALLOW_REFRESH_TOKEN_AUTH', refusal: notEnabled, by: 'both' };

const asAdministrator: Flow = {
  step: signInWithPassword,
  allowedBy: 'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  refusal: notEnabled,
  by: 'administrator',
};

/** https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html */
const flows: Readonly<Record<string, Flow>> = {
  USER_PASSWORD_AUTH: {
    step: signInWithPassword,
    allowedBy: 'ALLOW_USER_PASSWORD_AUTH',
    refusal: 'USER_PASSWORD_AUTH flow not enabled for this client',
    by: 'user',
  },
  USER_SRP_AUTH: {
    step: beginSrp,
    allowedBy: 'ALLOW_USER_SRP_AUTH',
    refusal: 'USER_SRP_AUTH is not enabled for the client.',
    by: 'both',
  },
  REFRESH_TOKEN_AUTH: refreshing,
  REFRESH_TOKEN: refreshing,
  ADMIN_USER_PASSWORD_AUTH: asAdministrator,
  ADMIN_NO_SRP_AUTH: asAdministrator,
};

const challenges: Readonly<Record<string, Step>> = {
  PASSWORD_VERIFIER: finishSrp,
  NEW_PASSWORD_REQUIRED: setNewPassword,
};

const unservedFlows = ['CUSTOM_AUTH', 'USER_AUTH'];

const unservedChallenges = [
  ...['SMS_MFA', 'EMAIL_OTP', 'SMS_OTP', 'SOFTWARE_TOKEN_MFA', 'SELECT_MFA_TYPE', 'MFA_SETUP', 'SELECT_CHALLENGE'],
  ...['CUSTOM_CHALLENGE', 'DEVICE_SRP_AUTH', 'DEVICE_PASSWORD_VERIFIER', 'ADMIN_NO_SRP_AUTH'],
  ...['PASSWORD', 'PASSWORD_SRP', 'WEB_AUTHN'],
];

/** Begins to sign somebody in; throws if the client doesn't allow the flow, or if it is unsupported. */
export function initiate(
  flow: string | undefined,
  by: 'user' | 'administrator',
  attempt: SignInAttempt,
  call: SignInCall,
): Promise<InitiateAuthResponse> {
  textMap('authParameters', attempt.parameters);
  if (flow !== undefined && unservedFlows.includes(flow)) throw new UnsupportedError(`Cognito's flow ${flow}`);
  const chosen = Object.hasOwn(flows, flow ?? '') ? flows[flow ?? ''] : undefined;
  if (chosen === undefined) throw unknown('authFlow', flow, [...Object.keys(flows), ...unservedFlows]);
  if (chosen.by !== 'both' && chosen.by !== by) throw invalidParameter('Initiate Auth method not supported.');
  if (!authFlowsOf(attempt.client).includes(chosen.allowedBy)) throw invalidParameter(chosen.refusal);
  return chosen.step(attempt, call);
}

/** Handles the answer to a challenge. */
export function respond(
  challenge: string | undefined,
  attempt: SignInAttempt,
  call: SignInCall,
): Promise<InitiateAuthResponse> {
  textMap('challengeResponses', attempt.parameters);
  if (challenge !== undefined && unservedChallenges.includes(challenge)) {
    throw new UnsupportedError(`Cognito's challenge ${challenge}`);
  }
  const step = Object.hasOwn(challenges, challenge ?? '') ? challenges[challenge ?? ''] : undefined;
  if (step === undefined) {
    throw unknown('challengeName', challenge, [...Object.keys(challenges), ...unservedChallenges]);
  }
  return step(attempt, call);
}

function unknown(member: string, value: string | undefined, known: readonly string[]): Error {
  return constraint(
    member,
    value,
    value === undefined ? 'Member must not be null' : `Member must satisfy enum value set: [${known.join(', ')}]`,
  );
}
