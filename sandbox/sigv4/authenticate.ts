import type { Caller } from '../calls/caller.ts';
import type { Clock } from '../calls/context.ts';
import type { HttpRequest, Service } from '../calls/operation.ts';
import { isRegion } from './credential.ts';
import { lackOfHeader, lackOfPresigned } from './lacks.ts';
import { refusal, scopeRefusal, twoSignatures } from './refusal.ts';
import type { Sessions } from './session.ts';
import {
  claimsPresigned,
  claimsSignature,
  flawOf,
  hasOldSignature,
  hasSignedChunks,
  readSignature,
  type Signature,
  stampOf,
  uncoveredHeader,
} from './signature.ts';

/** A long-term access key and its owner. */
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

/** The signer of a request, and the service and region it is signed for. */
export interface Authenticated {
  readonly caller: Caller;
  readonly region: string;
}

/** A signature and the key that it claims. */
interface Identified {
  readonly signature: Signature;
  readonly key: AccessKey;
}

/** Milliseconds. */
const skew = 5 * 60_000;
/** Seconds. */
const week = 604_800;

/**
 * Identifies who signed a request; undefined if nobody did, which few operations allow. Rejects with AWS's error for an
 * unknown key, a wrong secret, a changed body, a wrong clock, an expired session.
 */
export async function authenticate(
  request: HttpRequest,
  service: Service,
  by: Authenticator,
): Promise<Authenticated | undefined> {
  const proven = provenHead(request, service, by);
  if (proven === undefined) return undefined;
  const { signature, key } = proven;
  if (!(await hasSignedChunks(key.secretAccessKey, request, signature))) throw refusal('wrongSignature', service);
  return { caller: key.caller, region: signature.region };
}

/** The same for a request without a body, such as a handshake. Throws. */
export function authenticateHead(request: HttpRequest, service: Service, by: Authenticator): Authenticated | undefined {
  const proven = provenHead(request, service, by);
  return proven === undefined ? undefined : { caller: proven.key.caller, region: proven.signature.region };
}

function provenHead(request: HttpRequest, service: Service, by: Authenticator): Identified | undefined {
  const identified = identify(request, service, by);
  if (identified === undefined) return undefined;
  const flaw = flawOf(identified.key.secretAccessKey, request, identified.signature);
  if (flaw !== undefined) throw refusal(flaw, service);
  return identified;
}

/**
 * Returns the owner of the key that a request claims: everything that can be known before its body has arrived. Throws
 * as `authenticate` does, except for a wrong signature.
 */
export function identify(request: HttpRequest, service: Service, by: Authenticator): Identified | undefined {
  const isInHeader = claimsSignature(request.headers);
  if (isInHeader && claimsPresigned(request.query)) throw twoSignatures(service);
  if (!isInHeader && claimsPresigned(request.query)) {
    const lack = lackOfPresigned(request, service.name);
    if (lack !== undefined) throw refusal('incompleteQuery', service, lack);
  }
  const signature = readSignature(request);
  if (signature === undefined) {
    if (isInHeader) throw refusal('incomplete', service, lackOfHeader(request));
    if (claimsPresigned(request.query)) throw refusal('incompleteQuery', service);
    // Current buckets only accept version 4:
    // https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
    if (service.name === 's3' && hasOldSignature(request)) throw refusal('oldVersion', service);
    return undefined;
  }
  checkScope(signature, service);
  const now = by.clock.now();
  const key = findKey(signature, service, by);
  checkDate(signature, service, now);
  const uncovered = uncoveredHeader(request, signature);
  if (uncovered !== undefined) throw refusal('unsignedHeaders', service, mustBeSigned(uncovered));
  return { signature, key };
}

/** Every part of the scope except the day, which `checkDate` compares. The region becomes part of ids and paths. */
function checkScope({ region, service: scoped, end }: Signature, service: Service): void {
  if (scoped !== service.name) throw scopeRefusal(service, 'service', scoped);
  if (end !== 'aws4_request') throw scopeRefusal(service, 'terminator', end);
  if (!isRegion(region)) throw scopeRefusal(service, 'region', region);
}

/** AWS's wording, with the usual spelling of the header: `X-Amz-Target`. */
function mustBeSigned(header: string): string {
  const name = header.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
  return `'${name}' must be a 'SignedHeader' in the AWS Authorization.`;
}

function findKey(signature: Signature, service: Service, by: Authenticator): AccessKey {
  const { accessKeyId, sessionToken } = signature;
  if (sessionToken === undefined) {
    const key = by.accessKey(accessKeyId);
    if (key === undefined) throw refusal('unknownKey', service);
    return key;
  }
  const session = by.sessions.read(sessionToken);
  if (session?.accessKeyId !== accessKeyId) throw refusal('unknownToken', service);
  if (session.expires <= by.clock.now().getTime()) throw refusal('expired', service);
  return { secretAccessKey: by.sessions.secretOf(accessKeyId), caller: session.caller };
}

function checkDate(signature: Signature, service: Service, now: Date): void {
  const signed = signedAt(signature.date);
  if (signed === undefined || signature.date.slice(0, 8) !== signature.day) throw refusal('wrongSignature', service);
  if (signature.expires === undefined) {
    if (Math.abs(now.getTime() - signed) > skew) throw refusal('skew', service, skewed(signature.date, signed, now));
    return;
  }
  if (!(signature.expires >= 0 && signature.expires <= week)) throw refusal('badExpiry', service);
  if (signed - skew > now.getTime()) throw refusal('skew', service);
  if (signed + signature.expires * 1000 < now.getTime()) throw refusal('expiredPresigned', service);
}

let last: { readonly date: string; readonly at: number } | undefined;

/**
 * Returns a signature's time, in milliseconds since 1970; undefined if it is malformed. The last one is kept: many
 * calls come in the same second.
 */
function signedAt(date: string): number | undefined {
  if (date === last?.date) return last.at;
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
  if (parts === null) return undefined;
  const [year = 0, month = 1, day, hour, minute, second] = parts.slice(1).map(Number);
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  last = { date, at };
  return at;
}

/** AWS's wording (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html). */
function skewed(date: string, signed: number, now: Date): string {
  const isLate = signed < now.getTime();
  const limit = stampOf(new Date(now.getTime() + (isLate ? -skew : skew)));
  return isLate
    ? `Signature expired: ${date} is now earlier than ${limit} (${stampOf(now)} - 5 min.)`
    : `Signature not yet current: ${date} is still later than ${limit} (${stampOf(now)} + 5 min.)`;
}
