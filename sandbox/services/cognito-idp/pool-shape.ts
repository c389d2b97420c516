import { schemaShape } from './schema.ts';
import { boolean, list, oneOf, type Shape, structure, text, unserved, whole } from './shape.ts';
import { tagsShape } from './tag-shape.ts';

const emailMessage = text(6, 20000, /[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{####\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*/u);
const emailSubject = text(1, 140, /[\p{L}\p{M}\p{S}\p{N}\p{P}\s]+/u);
const smsMessage = text(6, 140, /.*\{####\}.*/);

const passwordPolicy = structure({
  MinimumLength: whole(6, 99),
  RequireUppercase: boolean,
  RequireLowercase: boolean,
  RequireNumbers: boolean,
  RequireSymbols: boolean,
  PasswordHistorySize: unserved("a user pool's memory of former passwords", (size) => size === 0),
  TemporaryPasswordValidityDays: whole(0, 365),
});

const functionArn = text(
  20,
  2048,
  /arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?/,
);

/** The settings that can be set when a pool is created and whenever it is updated. */
const settings: Readonly<Record<string, Shape>> = {
  PoolName: text(1, 128, /[\w\s+=,.@-]+/),
  Policies: structure({
    PasswordPolicy: passwordPolicy,
    SignInPolicy: structure({
      AllowedFirstAuthFactors: unserved(
        'first factors of sign-in other than a password',
        (factors) => Array.isArray(factors) && factors.every((factor) => factor === 'PASSWORD'),
      ),
    }),
  }),
  DeletionProtection: oneOf('ACTIVE', 'INACTIVE'),
  LambdaConfig: structure({ PreSignUp: functionArn }),
  AutoVerifiedAttributes: (path, value) => {
    list(oneOf('phone_number', 'email'))(path, value);
    unserved('SMS: a user pool cannot verify phone_number', (names) => !(names as string[]).includes('phone_number'))(
      path,
      value,
    );
  },
  SmsVerificationMessage: smsMessage,
  EmailVerificationMessage: emailMessage,
  EmailVerificationSubject: emailSubject,
  VerificationMessageTemplate: structure({
    SmsMessage: smsMessage,
    EmailMessage: emailMessage,
    EmailSubject: emailSubject,
    EmailMessageByLink: text(6, 20000),
    EmailSubjectByLink: emailSubject,
    DefaultEmailOption: unserved(
      'verification by link (CONFIRM_WITH_LINK)',
      (option) => option === 'CONFIRM_WITH_CODE',
    ),
  }),
  SmsAuthenticationMessage: smsMessage,
  MfaConfiguration: unserved('multi-factor authentication of user pools', (mfa) => mfa === 'OFF'),
  UserAttributeUpdateSettings: structure({
    AttributesRequireVerificationBeforeUpdate: unserved(
      'attributes that keep their value until the new one is verified (AttributesRequireVerificationBeforeUpdate)',
    ),
  }),
  DeviceConfiguration: unserved('remembered devices of user pools (DeviceConfiguration)'),
  EmailConfiguration: structure({
    EmailSendingAccount: unserved(
      "SES as a user pool's sender of mail (EmailSendingAccount DEVELOPER)",
      (sender) => sender === 'COGNITO_DEFAULT',
    ),
    ReplyToEmailAddress: text(0, 256, /[\p{L}\p{M}\p{S}\p{N}\p{P}]+@[\p{L}\p{M}\p{S}\p{N}\p{P}]+/u),
    SourceArn: unserved("SES as a user pool's sender of mail (SourceArn)"),
    From: unserved("SES as a user pool's sender of mail (From)"),
    ConfigurationSet: unserved("SES as a user pool's sender of mail (ConfigurationSet)"),
  }),
  SmsConfiguration: unserved('SMS of user pools (SmsConfiguration)'),
  UserPoolTags: tagsShape,
  AdminCreateUserConfig: structure({
    AllowAdminCreateUserOnly: boolean,
    UnusedAccountValidityDays: whole(0, 365),
    InviteMessageTemplate: structure({
      SMSMessage: text(6, 140),
      EmailMessage: text(6, 20000),
      EmailSubject: emailSubject,
    }),
  }),
  UserPoolAddOns: structure({
    AdvancedSecurityMode: unserved('threat protection of user pools (AdvancedSecurityMode)', (mode) => mode === 'OFF'),
    AdvancedSecurityAdditionalFlows: unserved('threat protection of user pools (AdvancedSecurityAdditionalFlows)'),
  }),
  AccountRecoverySetting: structure({
    RecoveryMechanisms: list(
      structure({ Priority: whole(1, 2), Name: oneOf('verified_email', 'verified_phone_number', 'admin_only') }, [
        'Priority',
        'Name',
      ]),
      1,
      2,
    ),
  }),
  UserPoolTier: oneOf('LITE', 'ESSENTIALS', 'PLUS'),
};

/** CreateUserPool's input. */
export const createShape = structure(
  {
    ...settings,
    AliasAttributes: list(oneOf('phone_number', 'email', 'preferred_username')),
    UsernameAttributes: list(oneOf('phone_number', 'email')),
    UsernameConfiguration: structure({ CaseSensitive: boolean }, ['CaseSensitive']),
    Schema: schemaShape,
  },
  ['PoolName'],
);

/** UpdateUserPool's input. */
export const updateShape = structure({ ...settings, UserPoolId: text(1, 55) }, ['UserPoolId']);
