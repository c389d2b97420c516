import type { Caller, Clock } from '../calls/context.ts';
import type { HttpRequest, Service } from '../calls/operation.ts';
import { refusal, wrongScope } from './refusal.ts';
import type { Sessions } from './session.ts';
import {
  claimsPresigned,
  claimsSignature,
  coversHeaders,
  flawOf,
  hasOldSignature,
  lackOfPresigned,
  readSignature,
  type Signature,
  stampOf,
} from './signature.ts';

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

/** Milliseconds. */
const skew = 5 * 60_000;
/** Seconds. */
const week = 604_800;

/**
 * Finds out who signed a request; undefined where nobody did, which few operations allow.
 * Throws what AWS answers to an unknown key, a wrong secret, a changed body, a wrong clock, an ended session.
 */
export function authenticate(request: HttpRequest, service: Service, by: Authenticator): Authenticated | undefined {
  const isInHeader = claimsSignature(request.headers);
  if (!isInHeader && claimsPresigned(request.query)) {
    const lack = lackOfPresigned(request, service.name);
    if (lack !== undefined) throw refusal('incompleteQuery', service, lack);
  }
  const signature = readSignature(request);
  if (signature === undefined) {
    if (isInHeader) throw refusal('incomplete', service);
    // Buckets of today take version 4 only: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
    if (service.name === 's3' && hasOldSignature(request)) throw refusal('oldVersion', service);
    return undefined;
  }
  if (signature.service !== service.name || signature.end !== 'aws4_request') throw wrongScope(service);
  const now = by.clock.now();
  const key = findKey(signature, service, by);
  checkDate(signature, service, now);
  if (!coversHeaders(request, signature)) throw refusal('unsignedHeaders', service);
  const flaw = flawOf(key.secretAccessKey, request, signature);
  if (flaw !== undefined) throw refusal(flaw, service);
  return { caller: key.caller, region: signature.region };
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
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(signature.date);
  if (parts === null || !signature.date.startsWith(signature.day)) throw refusal('wrongSignature', service);
  const [, year, month, day, hour, minute, second] = parts.map(Number) as [number, ...number[]];
  const signed = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
  if (signature.expires === undefined) {
    if (Math.abs(now.getTime() - signed) > skew) throw refusal('skew', service, skewed(signature.date, signed, now));
    return;
  }
  if (!(signature.expires >= 0 && signature.expires <= week)) throw refusal('badExpiry', service);
  if (signed - skew > now.getTime()) throw refusal('skew', service);
  if (signed + signature.expires * 1000 < now.getTime()) throw refusal('expiredPresigned', service);
}

/** AWS's wording (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html). */
function skewed(date: string, signed: number, now: Date): string {
  const isLate = signed < now.getTime();
  const limit = stampOf(new Date(now.getTime() + (isLate ? -skew : skew)));
  return isLate
    ? `Signature expired: ${date} is now earlier than ${limit} (${stampOf(now)} - 5 min.)`
    : `Signature not yet current: ${date} is still later than ${limit} (${stampOf(now)} + 5 min.)`;
}
