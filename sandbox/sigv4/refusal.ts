import { AwsError } from '../calls/errors.ts';
import type { Service } from '../calls/operation.ts';

/** Why a caller can't be authenticated. */
export type Reason =
  | 'unknownKey'
  | 'unknownToken'
  | 'wrongSignature'
  | 'incomplete'
  | 'incompleteQuery'
  | 'unsignedHeaders'
  | 'changedBody'
  | 'expired'
  | 'skew'
  | 'expiredPresigned'
  | 'badExpiry'
  | 'oldVersion'
  | 'missing';

const sentences: Readonly<Record<Reason, string>> = {
  unknownKey: 'The security token included in the request is invalid.',
  unknownToken: 'The security token included in the request is invalid.',
  wrongSignature:
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  incomplete:
    "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters, and a date in 'X-Amz-Date' or 'Date'.",
  incompleteQuery: 'Re-examine the query-string parameters.',
  unsignedHeaders: "'Host' must be a 'SignedHeader' in the AWS Authorization.",
  changedBody:
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  expired: 'The security token included in the request is expired',
  skew: 'The difference between the request time and the current time is more than 5 minutes.',
  expiredPresigned: 'Request has expired',
  badExpiry: "'X-Amz-Expires' must be a number of seconds, and less than a week (604800).",
  oldVersion: 'Request is missing Authentication Token',
  missing: 'Request is missing Authentication Token',
};

/** S3 has its own messages (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html). */
const sentencesOfS3: Readonly<Record<Reason, string>> = {
  unknownKey: 'The AWS Access Key Id you provided does not exist in our records.',
  unknownToken: 'The provided token is malformed or otherwise invalid.',
  wrongSignature:
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  incomplete: 'The authorization header is malformed; the Credential, SignedHeaders and Signature are needed.',
  incompleteQuery:
    'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
  unsignedHeaders: 'There were headers present in the request which were not signed',
  changedBody: "The provided 'x-amz-content-sha256' header does not match what was computed.",
  expired: 'The provided token has expired.',
  skew: 'The difference between the request time and the current time is too large.',
  expiredPresigned: 'Request has expired',
  badExpiry: 'X-Amz-Expires should be a number, and less than a week (in seconds); that is, 604800.',
  oldVersion: 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
  missing: 'Access Denied',
};

type Family = 'query' | 'json' | 's3';

/** The codes differ by protocol (https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html, and S3's and the JSON services' own lists). */
const codes: Readonly<Record<Family, Readonly<Record<Reason, string>>>> = {
  query: {
    unknownKey: 'InvalidClientTokenId',
    unknownToken: 'InvalidClientTokenId',
    wrongSignature: 'SignatureDoesNotMatch',
    incomplete: 'IncompleteSignature',
    incompleteQuery: 'IncompleteSignature',
    unsignedHeaders: 'SignatureDoesNotMatch',
    changedBody: 'SignatureDoesNotMatch',
    expired: 'ExpiredToken',
    skew: 'SignatureDoesNotMatch',
    expiredPresigned: 'SignatureDoesNotMatch',
    badExpiry: 'SignatureDoesNotMatch',
    oldVersion: 'MissingAuthenticationToken',
    missing: 'MissingAuthenticationToken',
  },
  json: {
    unknownKey: 'UnrecognizedClientException',
    unknownToken: 'UnrecognizedClientException',
    wrongSignature: 'InvalidSignatureException',
    incomplete: 'IncompleteSignatureException',
    incompleteQuery: 'IncompleteSignatureException',
    unsignedHeaders: 'InvalidSignatureException',
    changedBody: 'InvalidSignatureException',
    expired: 'ExpiredTokenException',
    skew: 'InvalidSignatureException',
    expiredPresigned: 'InvalidSignatureException',
    badExpiry: 'InvalidSignatureException',
    oldVersion: 'MissingAuthenticationTokenException',
    missing: 'MissingAuthenticationTokenException',
  },
  s3: {
    unknownKey: 'InvalidAccessKeyId',
    unknownToken: 'InvalidToken',
    wrongSignature: 'SignatureDoesNotMatch',
    incomplete: 'AuthorizationHeaderMalformed',
    incompleteQuery: 'AuthorizationQueryParametersError',
    unsignedHeaders: 'AccessDenied',
    changedBody: 'XAmzContentSHA256Mismatch',
    expired: 'ExpiredToken',
    skew: 'RequestTimeTooSkewed',
    expiredPresigned: 'AccessDenied',
    badExpiry: 'AuthorizationQueryParametersError',
    oldVersion: 'InvalidRequest',
    missing: 'AccessDenied',
  },
};

/** Errors for which S3 returns 400, and others 403. */
const badRequestsOfS3: ReadonlySet<Reason> = new Set([
  'unknownToken',
  'changedBody',
  'expired',
  'badExpiry',
  'oldVersion',
]);

/** A service's error for a caller that it can't authenticate. `precisely` is a message that S3 doesn't have. */
export function refusal(reason: Reason, service: Pick<Service, 'name' | 'target'>, precisely?: string): AwsError {
  const family = familyOf(service);
  const sentence = family === 's3' ? sentencesOfS3[reason] : (precisely ?? sentences[reason]);
  const isBad = reason.startsWith('incomplete') || (family === 's3' && badRequestsOfS3.has(reason));
  return new AwsError(codes[family][reason], sentence, isBad ? 400 : refusalStatus(service));
}

/**
 * The error for a credential whose scope has a wrong service, region or terminator. S3 calls any of them a malformed
 * header (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html).
 */
export function scopeRefusal(
  service: Pick<Service, 'name' | 'target'>,
  part: 'service' | 'region' | 'terminator',
  given: string,
): AwsError {
  if (service.name === 's3') {
    const why = {
      service: `incorrect service "${given}". This endpoint belongs to "s3".`,
      region: `the region '${given}' is wrong; expecting 'us-east-1'`,
      terminator: `incorrect terminal "${given}". This endpoint uses "aws4_request".`,
    };
    return new AwsError(codes.s3.incomplete, `The authorization header is malformed; ${why[part]}`, 400);
  }
  const sentences = {
    service: `Credential should be scoped to correct service: '${service.name}'.`,
    region: `Credential should be scoped to a valid region, not '${given}'.`,
    terminator: `Credential should be scoped with a valid terminator: 'aws4_request', not '${given}'.`,
  };
  return new AwsError(codes[familyOf(service)].wrongSignature, sentences[part], refusalStatus(service));
}

/** The error for a request that is signed both in its header and in its query string. */
export function twoSignatures(service: Pick<Service, 'name' | 'target'>): AwsError {
  if (service.name === 's3') {
    return new AwsError(
      'InvalidArgument',
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    );
  }
  return refusal('incomplete', service, 'Sign a request in its header or in its query string, not in both.');
}

/** The set of error codes that a service uses. */
export function familyOf({ name }: Pick<Service, 'name'>): Family {
  return name === 's3' ? 's3' : ['sts', 'iam', 'cloudformation'].includes(name) ? 'query' : 'json';
}

/** The HTTP status of a rejection: the JSON services return 400. */
export function refusalStatus({ target }: Pick<Service, 'target'>): number {
  return target !== undefined ? 400 : 403;
}
