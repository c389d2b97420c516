import type { AttributeType } from '@aws-sdk/client-cognito-identity-provider';
import { AwsError } from '../../../calls/errors.ts';
import type { UserPoolRecord } from '../records.ts';
import { textMap } from '../shape.ts';
import { attributesShape } from '../users/attributes.ts';
import { callTrigger, type TriggerCall } from './call-trigger.ts';

/** The future user of the pool, and how they sign up. */
export interface SigningUp {
  readonly source: 'SignUp' | 'AdminCreateUser';
  readonly username: string;
  /** As the caller passed them, still without a `sub`. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Missing if an administrator creates the user. */
  readonly clientId?: string;
  readonly validationData: readonly AttributeType[] | null | undefined;
  readonly clientMetadata: Readonly<Record<string, string>> | null | undefined;
}

/** The trigger's decisions about somebody who signs up. */
export interface Admission {
  /** The user needs no code. */
  readonly isConfirmed: boolean;
  /** The addresses that count as verified. */
  readonly verified: ReadonlyArray<'email' | 'phone_number'>;
}

const flags = ['autoConfirmUser', 'autoVerifyEmail', 'autoVerifyPhone'] as const;

/**
 * Invokes the pool's PreSignUp trigger, if it has one, before a user is created. Throws if the trigger rejects the
 * user. Ignores its response for users that an administrator creates.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html
 */
export async function preSignUp(signingUp: SigningUp, pool: UserPoolRecord, call: TriggerCall): Promise<Admission> {
  const { validationData, clientMetadata } = signingUp;
  if (validationData) attributesShape('validationData', validationData);
  if (clientMetadata) textMap('clientMetadata', clientMetadata);
  const functionArn = pool.settings.LambdaConfig?.PreSignUp;
  if (functionArn === undefined) return { isConfirmed: false, verified: [] };
  const trigger = { name: 'PreSignUp', functionArn, poolId: pool.id } as const;
  const response = await callTrigger(trigger, eventOf(signingUp, pool, call), call);
  for (const flag of flags) {
    if (!['boolean', 'undefined'].includes(typeof (response[flag] ?? undefined))) {
      throw new AwsError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
    }
  }
  if (signingUp.source === 'AdminCreateUser') return { isConfirmed: false, verified: [] };
  const isConfirmed = response.autoConfirmUser === true;
  const verified = [
    ...(response.autoVerifyEmail === true ? ['email' as const] : []),
    ...(response.autoVerifyPhone === true ? ['phone_number' as const] : []),
  ];
  if (verified.length > 0 && !isConfirmed) {
    // Not documented. Source: https://github.com/aws/aws-sdk-java/issues/1049
    throw new AwsError(
      'InvalidLambdaResponseException',
      'Phone or email cannot be auto verified, when user is not being auto confirmed.',
    );
  }
  return { isConfirmed, verified };
}

function eventOf(
  { source, username, attributes, clientId, validationData, clientMetadata }: SigningUp,
  { id }: UserPoolRecord,
  { region }: TriggerCall,
): object {
  return {
    version: '1',
    region,
    userPoolId: id,
    userName: username,
    callerContext: {
      awsSdkVersion: 'aws-sdk-unknown-unknown',
      clientId: clientId ?? 'CLIENT_ID_NOT_APPLICABLE',
    },
    triggerSource: `PreSignUp_${source}`,
    request: {
      userAttributes: attributes,
      validationData: validationData ? textsOf(validationData) : null,
      ...(clientMetadata ? { clientMetadata } : {}),
    },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  };
}

function textsOf(data: readonly AttributeType[]): Readonly<Record<string, string>> {
  return Object.fromEntries(data.map(({ Name = '', Value = '' }) => [Name, Value]));
}
