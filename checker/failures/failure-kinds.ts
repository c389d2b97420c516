import { denied } from './denied.ts';
import { capital, type FailureKind, oneOf } from './failure-kind.ts';
import { diskIsFull, noSpace } from './file-failure.ts';
import { networkFailures } from './network-failures.ts';

const again = 'Run the command again.';

/** The first match counts: an expired SSO session also looks like a credentials error. */
export const failureKinds: readonly FailureKind[] = [
  {
    // A running practice account answers every call with it, even after its disk has space again.
    matches: ({ message }) => /can no longer write its state/.test(message),
    explain: ({ message }) => ({
      reason: message.replace(/ Free some space .*$/s, ''),
      next: 'Free some space on its disk, stop it with `npx lab sandbox stop`, and run the command again. Everything it acknowledged is kept.',
      unusable: true,
    }),
  },
  {
    matches: ({ message }) => noSpace.test(message),
    explain: () => diskIsFull,
  },
  {
    matches: ({ codes, message }) =>
      oneOf('ExpiredToken', 'ExpiredTokenException', 'TokenProviderError')({ codes }) ||
      (codes.includes('CredentialsProviderError') && /expired|sso login|aws login|refresh/i.test(message)),
    explain: ({ target: { title, profile } }) => ({
      reason: `Your credentials for ${title} have expired.`,
      next:
        profile === undefined
          ? 'Sign in again (`aws sso login`, or get new temporary keys), then run the command again.'
          : `Sign in again: \`aws sso login --profile ${profile}\`. Then run the command again.`,
    }),
  },
  {
    matches: oneOf('CredentialsProviderError'),
    explain: ({ target: { title, profile } }) => ({
      reason: `No credentials found for ${title}.`,
      next:
        profile === undefined
          ? 'Choose a profile (`npx lab use aws --profile NAME`) or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. `npx lab use practice` needs none.'
          : `The profile ${profile} has none. Sign in (\`aws sso login --profile ${profile}\`, or \`aws login --profile ${profile}\`).`,
    }),
  },
  {
    matches: ({ codes, message }) =>
      oneOf('RequestTimeTooSkewed', 'RequestExpired')({ codes }) ||
      (oneOf('InvalidSignatureException', 'SignatureDoesNotMatch')({ codes }) &&
        /Signature (expired|not yet current)/i.test(message)),
    explain: () => ({
      reason: "This machine's clock is wrong, so AWS rejects the signatures.",
      next: 'Set the clock and run the command again.',
    }),
  },
  {
    // https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
    matches: ({ codes, message }) =>
      oneOf('RegionDisabledException', 'OptInRequired')({ codes }) ||
      /scoped to a valid region|not activated in this region/i.test(message),
    explain: ({ target: { title }, message }) => ({
      reason: `${capital(title)} is not available in this region: ${message}`,
      next: 'Choose a region that is enabled in the account, for example `npx lab use aws --region eu-central-1`.',
    }),
  },
  {
    matches: oneOf(
      'InvalidClientTokenId',
      'UnrecognizedClientException',
      'InvalidAccessKeyId',
      'SignatureDoesNotMatch',
      'InvalidSignatureException',
      'IncompleteSignature',
      'AuthFailure',
    ),
    explain: ({ target: { title, kind } }) => ({
      reason: `${capital(title)} rejected the access key or its secret.`,
      next:
        kind === 'practice'
          ? 'Remove AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY from your environment, or set them with `eval "$(npx lab env)"`.'
          : "See which keys are in use: `aws sts get-caller-identity`. AWS gives the same error for a region that the account hasn't enabled.",
    }),
  },
  {
    matches: oneOf('AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'ForbiddenException'),
    explain: denied,
  },
  {
    matches: ({ codes, status }) =>
      status === 429 ||
      oneOf(
        'Throttling',
        'ThrottlingException',
        'ThrottledException',
        'TooManyRequestsException',
        'RequestLimitExceeded',
        'RequestThrottledException',
        'SlowDown',
        'ProvisionedThroughputExceededException',
      )({ codes }),
    explain: ({ target: { title } }) => ({
      reason: `${capital(title)} is throttling us; the retries failed too.`,
      next: 'Wait a minute and run the command again.',
      passing: true,
    }),
  },
  {
    matches: oneOf('RefusedError'),
    explain: ({ message }) => ({
      reason: `The room rejected one of the checker's visitors: ${message}`,
      ...(message.includes('429')
        ? {
            next: 'Wait a minute and check again: others may be using the room, or the limits of its stage are too low.',
            passing: true,
          }
        : { next: '`npx lab logs` shows what `$connect` and its authorizer logged.' }),
    }),
  },
  {
    // A permission may still be spreading: https://repost.aws/knowledge-center/cognito-lambda-trigger-errors
    matches: oneOf('UnexpectedLambdaException'),
    explain: ({ message }) => ({
      reason: `Cognito couldn't invoke the user pool's trigger for the checker's own user: ${message}`,
      next: `Check that Cognito is allowed to invoke the trigger's function, and that it answers within five seconds. ${again}`,
      passing: true,
    }),
  },
  {
    matches: oneOf('UserLambdaValidationException', 'InvalidLambdaResponseException'),
    explain: ({ message }) => ({
      reason: `The user pool's trigger rejected the checker's own user, an employee: ${message}`,
      next: "Make the trigger return the event for the company's addresses, and deploy.",
    }),
  },
  ...networkFailures,
  {
    // Not every endpoint, region and partition supports every call.
    matches: oneOf(
      'InvalidAction',
      'UnknownOperationException',
      'UnknownOperation',
      'NotImplemented',
      'UnsupportedOperation',
      'UnsupportedOperationException',
    ),
    explain: ({ target: { title, kind }, message, call }) => ({
      reason: message.startsWith(capital(title))
        ? message
        : `${capital(title)} doesn't support ${call ?? 'this call'}: ${message}`,
      next:
        kind === 'practice'
          ? 'Use what the practice account supports, or AWS: `npx lab use aws`. If a practice account of an older version is running, `npx lab sandbox stop` ends it and keeps what is deployed.'
          : 'See which endpoint is in use (`AWS_ENDPOINT_URL`, or `endpoint_url` in the profile): either something other than AWS answers there, or the region lacks the call. `npx lab use aws --region` selects another region.',
    }),
  },
  {
    matches: ({ status }) => status !== undefined && status >= 500,
    explain: ({ target: { title, kind }, message }) => ({
      reason: `${capital(title)} had an internal error: ${message}`,
      next: kind === 'aws' ? 'Try again in a minute; https://health.aws.amazon.com lists outages.' : again,
    }),
  },
  {
    // A hotel's sign-in page, or a proxy that blocks the request: not AWS's answer.
    matches: ({ codes, message }) =>
      oneOf('NotFromApiGatewayError', 'NotFromAwsError')({ codes }) ||
      /Deserialization error|not valid JSON|Unexpected token|char '/.test(message),
    explain: ({ target: { title }, message }) => ({
      reason: `Something else answered instead of ${title}: ${message}`,
      next: 'There may be a proxy or a sign-in page in between. Open a web page to see, then run the command again.',
    }),
  },
];
