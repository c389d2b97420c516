import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import type { HttpRequest } from '../calls/operation.ts';
import { digest, slice } from '../state/digest.ts';
import { canonicalPath, canonicalQuery } from './canonical.ts';
import { readChunks } from './chunks.ts';
import { type Credential, readCredential } from './credential.ts';

/** A request's signature, from a header or its query string (presigned). */
export interface Signature extends Credential {
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `20261123T101500Z` */
  readonly date: string;
  readonly sessionToken: string | undefined;
  /** How many seconds a presigned URL is valid, NaN if missing; undefined for a signature in a header. */
  readonly expires: number | undefined;
}

const algorithm = 'AWS4-HMAC-SHA256';

/**
 * Parses a request's signature; undefined if it has none, or if a part of it is missing, repeated or malformed
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
 */
export function readSignature(request: Pick<HttpRequest, 'headers' | 'query'>): Signature | undefined {
  const { headers, query } = request;
  if (claimsSignature(headers)) {
    const given = (headers.authorization ?? '').slice(algorithm.length).split(',').map(namedValue);
    const parts = new Map(given);
    if (parts.size < given.length) return undefined;
    return assemble(parts.get('Credential'), parts.get('SignedHeaders'), parts.get('Signature'), {
      date: headers['x-amz-date'] ?? compact(headers.date),
      sessionToken: headers['x-amz-security-token'],
      expires: undefined,
    });
  }
  if (claimsPresigned(query)) {
    if ([...query.keys()].some((name) => name.startsWith('X-Amz-') && query.getAll(name).length > 1)) return undefined;
    return assemble(query.get('X-Amz-Credential'), query.get('X-Amz-SignedHeaders'), query.get('X-Amz-Signature'), {
      date: query.get('X-Amz-Date') ?? '',
      sessionToken: query.get('X-Amz-Security-Token') ?? undefined,
      expires: Number(query.get('X-Amz-Expires') ?? Number.NaN),
    });
  }
  return undefined;
}

/** Returns `Signature=fe5f80` as `['Signature', 'fe5f80']`. */
function namedValue(part: string): [name: string, value: string | undefined] {
  const at = part.indexOf('=');
  return at < 0 ? [part.trim(), undefined] : [part.slice(0, at).trimStart(), part.slice(at + 1).trimEnd()];
}

function assemble(
  credential: string | null | undefined,
  signedHeaders: string | null | undefined,
  signature: string | null | undefined,
  { date, sessionToken, expires }: Pick<Signature, 'date' | 'sessionToken' | 'expires'>,
): Signature | undefined {
  const read = readCredential(credential ?? '');
  if (read === undefined || !signedHeaders || !signature) return undefined;
  // Member by member: spreading both takes four times as long, on every request.
  const { accessKeyId, day, region, service, end } = read;
  const names = signedHeaders.split(';');
  return { accessKeyId, day, region, service, end, signedHeaders: names, signature, date, sessionToken, expires };
}

function compact(httpDate: string | undefined): string {
  const date = new Date(httpDate ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? '' : stampOf(date);
}

/** A time in the format of signatures: `20261123T101500Z`. */
export function stampOf(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/**
 * The service that a request is signed for; undefined if it isn't signed. Other parts of the signature may be missing:
 * the service reports that.
 */
export function scopedService({ headers, query }: Pick<HttpRequest, 'headers' | 'query'>): string | undefined {
  const credential = claimsSignature(headers) ? credentialIn(headers.authorization) : query.get('X-Amz-Credential');
  return credential?.split('/').at(-2);
}

/** Whether a request has a signature header, however incomplete. */
export function claimsSignature(headers: HttpRequest['headers']): boolean {
  return headers.authorization?.startsWith(algorithm) ?? false;
}

/** Whether a URL is presigned, however incomplete. */
export function claimsPresigned(query: HttpRequest['query']): boolean {
  return query.get('X-Amz-Algorithm') === algorithm;
}

/** Returns the credential that a signature header names; undefined if it names none. */
export function credentialIn(authorization: string | undefined): string | undefined {
  return /\bCredential=([^,\s]+)/.exec(authorization ?? '')?.[1];
}

/** Whether a request has a version 2 signature for S3, in a header or in its query string. */
export function hasOldSignature({ headers, query }: Pick<HttpRequest, 'headers' | 'query'>): boolean {
  return /^AWS [^:]+:/.test(headers.authorization ?? '') || (query.has('AWSAccessKeyId') && query.has('Signature'));
}

/** AWS's headers that the signature covers in another way, or that say nothing about the request. */
const needNotBeSigned: ReadonlySet<string> = new Set([
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-user-agent',
]);

/**
 * Returns a header that must be signed and isn't: the host, or one of AWS's, such as `X-Amz-Target`; undefined if all
 * are (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
 */
export function uncoveredHeader({ headers }: HttpRequest, { signedHeaders, service }: Signature): string | undefined {
  if (!signedHeaders.includes('host')) return 'host';
  return Object.keys(headers).find((name) => {
    const isFree = service === 's3' ? name === 'x-amz-content-sha256' : needNotBeSigned.has(name);
    return name.startsWith('x-amz-') && !isFree && !signedHeaders.includes(name);
  });
}

/** Returns the fault in a request, except in its chunks, that should be signed with this secret; undefined if none. */
export function flawOf(
  secret: string,
  request: HttpRequest,
  signature: Signature,
): 'wrongSignature' | 'changedBody' | undefined {
  const named = namedPayload(request, signature);
  const payload = named ?? hashOf(request);
  const canonical = [
    request.method,
    canonicalPath(request.path, signature.service),
    canonicalQuery(request.rawQuery),
    ...signature.signedHeaders.map((name) => `${name}:${withoutSpaces(headerOf(name, request))}`),
    '',
    signature.signedHeaders.join(';'),
    payload,
  ].join('\n');
  const key = signingKey(secret, signature);
  const text = [algorithm, signature.date, scopeOf(signature), sha256(canonical)].join('\n');
  if (!isHmac(signature.signature, key, text)) return 'wrongSignature';
  if (payload.startsWith(signedChunks)) return undefined;
  const isUnsigned = signature.service === 's3' && /^(?:STREAMING-)?UNSIGNED-PAYLOAD(?:-TRAILER)?$/.test(payload);
  return isUnsigned || named === undefined || named === hashOf(request) ? undefined : 'changedBody';
}

/** A signature can name any header, also `constructor`, and `set-cookie`, whose value is a list. */
function headerOf(name: string, { headers }: Pick<HttpRequest, 'headers'>): string {
  return Object.hasOwn(headers, name) ? String(headers[name]) : '';
}

/** Returns a header's value as it is signed: without spaces around it, and with one where there are several. */
function withoutSpaces(value: string): string {
  const trimmed = value.trim();
  return trimmed.includes('  ') ? trimmed.replace(/ +/g, ' ') : trimmed;
}

const signedChunks = 'STREAMING-AWS4-HMAC-SHA256';

/** Returns whether a body's chunks, if they are signed, are signed with this secret. */
export async function hasSignedChunks(secret: string, request: HttpRequest, signature: Signature): Promise<boolean> {
  const payload = namedPayload(request, signature) ?? '';
  if (!payload.startsWith(signedChunks)) return true;
  return areSigned(request.body, signature, signingKey(secret, signature), payload.endsWith('-TRAILER'));
}

/**
 * Whether each chunk's signature continues the previous one's, the first the request's, and the trailer's the last
 * one's (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html).
 */
async function areSigned(body: Buffer, signature: Signature, key: Buffer, hasTrailer: boolean): Promise<boolean> {
  const read = readChunks(body);
  if (read === undefined) return false;
  let before = signature.signature;
  let sinceBreath = 0;
  for (const chunk of read.chunks) {
    // Hashing many chunks takes as long as hashing a large body.
    sinceBreath += chunk.bytes.length;
    if (sinceBreath > slice) {
      sinceBreath = 0;
      await breathe();
    }
    const parts = ['AWS4-HMAC-SHA256-PAYLOAD', signature.date, scopeOf(signature), before, sha256('')];
    const content = await digest('sha256', chunk.bytes, 'hex');
    if (!isHmac(chunk.signature ?? '', key, [...parts, content].join('\n'))) return false;
    before = chunk.signature ?? '';
  }
  const [trailers = '', signed] = read.trailer.split(/x-amz-trailer-signature:\s*/i);
  const lines = trailers.split('\r\n').filter((line) => line !== '');
  if (!hasTrailer) return lines.length === 0 && signed === undefined;
  const content = sha256(lines.map((line) => `${line}\n`).join(''));
  const text = ['AWS4-HMAC-SHA256-TRAILER', signature.date, scopeOf(signature), before, content].join('\n');
  return isHmac((signed ?? '').trim(), key, text);
}

function scopeOf({ day, region, service }: Signature): string {
  return `${day}/${region}/${service}/aws4_request`;
}

function isHmac(given: string, key: Buffer, text: string): boolean {
  const right = Buffer.from(createHmac('sha256', key).update(text).digest('hex'));
  const claimed = Buffer.from(given);
  return claimed.length === right.length && timingSafeEqual(claimed, right);
}

const keys = new Map<string, Buffer>();

/** The key is the same for a day, region and service, and takes four hashes to compute. */
function signingKey(secret: string, { day, region, service }: Signature): Buffer {
  const name = `${secret}/${day}/${region}/${service}`;
  let key = keys.get(name);
  if (key === undefined) {
    key = [day, region, service, 'aws4_request'].reduce<Buffer>(
      (under, part) => createHmac('sha256', under).update(part).digest(),
      Buffer.from(`AWS4${secret}`),
    );
    if (keys.size > 1000) keys.clear();
    keys.set(name, key);
  }
  return key;
}

/** Returns the hash of its body that the request names: the hash, or a placeholder; undefined if it names none. */
function namedPayload({ headers, query }: HttpRequest, { service, expires }: Signature): string | undefined {
  const named = headers['x-amz-content-sha256'] ?? query.get('X-Amz-Content-Sha256') ?? undefined;
  return named === undefined && service === 's3' && expires !== undefined ? 'UNSIGNED-PAYLOAD' : named;
}

function hashOf({ body, bodyHash }: HttpRequest): string {
  return bodyHash ?? sha256(body);
}

function sha256(data: string | Buffer): string {
  return hash('sha256', data, 'hex');
}
