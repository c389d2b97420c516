import type { Caller, Clock } from '../context.ts';
import { AwsError } from '../errors.ts';
import type { HttpRequest, Service } from '../operation.ts';
import type { Session, Sessions } from './session.ts';
import { isSignedWith, readSignature, type Signature } from './signature.ts';

/** A long-term access key and whose it is. */
export interface AccessKey {
  readonly secretAccessKey: string;
  readonly caller: Caller;
}

export interface Authenticator {
  readonly clock: Clock;
  readonly sessions: Sessions;
  /** Long-term keys, by access key id. */
  accessKey(id: string): AccessKey | undefined;
}

/** Who signed a request, and where they meant it to go. */
export interface Authenticated {
  readonly caller: Caller;
  readonly region: string;
}

const skew = 5 * 60_000;

/**
 * Finds out who signed a request; undefined where nobody did, which few operations allow.
 * Throws what AWS answers to an unknown key, a wrong secret, a changed body, a wrong clock, an ended session.
 */
export function authenticate(request: HttpRequest, service: Service, by: Authenticator): Authenticated | undefined {
  const signature = readSignature(request);
  if (signature === undefined) return undefined;
  const session = signature.sessionToken === undefined ? undefined : by.sessions.read(signature.sessionToken);
  const key = findKey(signature, session, by);
  if (key === undefined) throw refusal('unknownKey', service);
  if (session !== undefined && session.expires <= by.clock.now().getTime()) throw refusal('expired', service);
  checkDate(signature, service, by.clock.now());
  if (!isSignedWith(key.secretAccessKey, request, signature)) throw refusal('wrongSignature', service);
  return { caller: key.caller, region: signature.region };
}

function findKey(signature: Signature, session: Session | undefined, by: Authenticator): AccessKey | undefined {
  if (signature.sessionToken === undefined) return by.accessKey(signature.accessKeyId);
  if (session?.accessKeyId !== signature.accessKeyId) return undefined;
  return { secretAccessKey: by.sessions.secretOf(session.accessKeyId), caller: session.caller };
}

function checkDate(signature: Signature, service: Service, now: Date): void {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(signature.date);
  if (parts === null || !signature.date.startsWith(signature.day)) throw refusal('wrongSignature', service);
  const [, year, month, day, hour, minute, second] = parts.map(Number) as [number, ...number[]];
  const signed = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
  if (signature.expires !== undefined) {
    if (signed + signature.expires * 1000 < now.getTime()) throw refusal('expiredPresigned', service);
  } else if (Math.abs(now.getTime() - signed) > skew) {
    throw refusal('skew', service);
  }
}

type Reason = 'unknownKey' | 'wrongSignature' | 'expired' | 'skew' | 'expiredPresigned' | 'missing';

const sentences: Readonly<Record<Reason, string>> = {
  unknownKey: 'The security token included in the request is invalid.',
  wrongSignature:
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  expired: 'The security token included in the request is expired',
  skew: 'Signature expired: the difference between the request time and the current time is more than 5 minutes.',
  expiredPresigned: 'Request has expired',
  missing: 'Request is missing Authentication Token',
};

/** S3 has sentences of its own (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html). */
const sentencesOfS3: Readonly<Record<Reason, string>> = {
  unknownKey: 'The AWS Access Key Id you provided does not exist in our records.',
  wrongSignature:
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  expired: 'The provided token has expired.',
  skew: 'The difference between the request time and the current time is too large.',
  expiredPresigned: 'Request has expired',
  missing: 'Access Denied',
};

/** The codes differ by protocol (https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html, and S3's and the JSON services' own lists). */
const codes: Readonly<Record<'query' | 'json' | 's3', Readonly<Record<Reason, string>>>> = {
  query: {
    unknownKey: 'InvalidClientTokenId',
    wrongSignature: 'SignatureDoesNotMatch',
    expired: 'ExpiredToken',
    skew: 'SignatureDoesNotMatch',
    expiredPresigned: 'SignatureDoesNotMatch',
    missing: 'MissingAuthenticationToken',
  },
  json: {
    unknownKey: 'UnrecognizedClientException',
    wrongSignature: 'InvalidSignatureException',
    expired: 'ExpiredTokenException',
    skew: 'InvalidSignatureException',
    expiredPresigned: 'InvalidSignatureException',
    missing: 'MissingAuthenticationTokenException',
  },
  s3: {
    unknownKey: 'InvalidAccessKeyId',
    wrongSignature: 'SignatureDoesNotMatch',
    expired: 'ExpiredToken',
    skew: 'RequestTimeTooSkewed',
    expiredPresigned: 'AccessDenied',
    missing: 'AccessDenied',
  },
};

/** The error with which a service refuses a caller it cannot identify. */
export function refusal(reason: Reason, service: Pick<Service, 'name' | 'target'>): AwsError {
  const family = familyOf(service);
  const sentence = (family === 's3' ? sentencesOfS3 : sentences)[reason];
  return new AwsError(codes[family][reason], sentence, refusalStatus(service));
}

/** Which of the sets of error codes a service uses. */
export function familyOf({ name }: Pick<Service, 'name'>): 'query' | 'json' | 's3' {
  return name === 's3' ? 's3' : ['sts', 'iam', 'cloudformation'].includes(name) ? 'query' : 'json';
}

/** The HTTP status of a refusal: the JSON services answer 400. */
export function refusalStatus({ target }: Pick<Service, 'target'>): number {
  return target !== undefined ? 400 : 403;
}
