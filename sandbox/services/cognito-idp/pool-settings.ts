import type {
  PasswordPolicyType,
  UpdateUserPoolRequest,
  VerificationMessageTemplateType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { UserPoolRecord } from './records.ts';

type Settings = UserPoolRecord['settings'];

/**
 * A pool's settings, with AWS's defaults for omitted ones: UpdateUserPool also resets those
 * (https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html).
 */
export function poolSettings(input: Omit<UpdateUserPoolRequest, 'UserPoolId' | 'UserPoolTags'>): Settings {
  const { PoolName, Policies, AutoVerifiedAttributes, SmsAuthenticationMessage, AdminCreateUserConfig } = input;
  const password = passwordPolicy(Policies?.PasswordPolicy, AdminCreateUserConfig?.UnusedAccountValidityDays);
  return {
    ...(PoolName === undefined ? {} : { Name: PoolName }),
    Policies: { PasswordPolicy: password, SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] } },
    DeletionProtection: input.DeletionProtection ?? 'INACTIVE',
    LambdaConfig: input.LambdaConfig ?? {},
    AutoVerifiedAttributes,
    ...messages(input),
    SmsAuthenticationMessage,
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
    MfaConfiguration: 'OFF',
    EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT', ...input.EmailConfiguration },
    AdminCreateUserConfig: {
      AllowAdminCreateUserOnly: false,
      ...AdminCreateUserConfig,
      UnusedAccountValidityDays: password.TemporaryPasswordValidityDays,
    },
    UserPoolAddOns: input.UserPoolAddOns,
    AccountRecoverySetting: input.AccountRecoverySetting ?? {
      RecoveryMechanisms: [
        { Priority: 1, Name: 'verified_email' },
        { Priority: 2, Name: 'verified_phone_number' },
      ],
    },
    UserPoolTier: input.UserPoolTier ?? 'ESSENTIALS',
  };
}

/** Returns the settings that can only be set when a pool is created. */
export function lastingSettings({ AliasAttributes, UsernameAttributes, UsernameConfiguration }: Settings): Settings {
  return { AliasAttributes, UsernameAttributes, UsernameConfiguration };
}

/** Without a policy everything is required; a policy requires what it names. */
function passwordPolicy(given: PasswordPolicyType | undefined, unusedDays: number | undefined): PasswordPolicyType {
  const all = given === undefined;
  return {
    MinimumLength: given?.MinimumLength ?? 8,
    RequireUppercase: given?.RequireUppercase ?? all,
    RequireLowercase: given?.RequireLowercase ?? all,
    RequireNumbers: given?.RequireNumbers ?? all,
    RequireSymbols: given?.RequireSymbols ?? all,
    // The older member of AdminCreateUserConfig is the same setting.
    TemporaryPasswordValidityDays: given?.TemporaryPasswordValidityDays ?? unusedDays ?? 7,
  };
}

/** The texts exist in two places each, and the template's win. */
function messages(input: Omit<UpdateUserPoolRequest, 'UserPoolId'>): Partial<Settings> {
  const { VerificationMessageTemplate: given = {} } = input;
  const SmsMessage = given.SmsMessage ?? input.SmsVerificationMessage;
  const EmailMessage = given.EmailMessage ?? input.EmailVerificationMessage;
  const EmailSubject = given.EmailSubject ?? input.EmailVerificationSubject;
  const template: VerificationMessageTemplateType = {
    ...given,
    SmsMessage,
    EmailMessage,
    EmailSubject,
    DefaultEmailOption: 'CONFIRM_WITH_CODE',
  };
  return {
    SmsVerificationMessage: SmsMessage,
    EmailVerificationMessage: EmailMessage,
    EmailVerificationSubject: EmailSubject,
    VerificationMessageTemplate: template,
  };
}
