import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { HttpRequest } from '../operation.ts';

/** What a signed request says of its signature, in a header or in its query (presigned). */
export interface Signature {
  readonly accessKeyId: string;
  /** `20261123` */
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `20261123T101500Z` */
  readonly date: string;
  readonly sessionToken: string | undefined;
  /** Seconds a presigned address is good for; undefined for a signature in a header. */
  readonly expires: number | undefined;
}

/**
 * Reads the signature of a request; undefined where it carries none
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
 */
export function readSignature(request: Pick<HttpRequest, 'headers' | 'query'>): Signature | undefined {
  const { headers, query } = request;
  const authorization = headers.authorization;
  if (authorization?.startsWith('AWS4-HMAC-SHA256 ')) {
    const parts = new Map(
      authorization
        .slice('AWS4-HMAC-SHA256 '.length)
        .split(',')
        .map((part) => part.trim().split(/=(.*)/s) as [string, string]),
    );
    return assemble(parts.get('Credential'), parts.get('SignedHeaders'), parts.get('Signature'), {
      date: headers['x-amz-date'] ?? compact(headers.date),
      sessionToken: headers['x-amz-security-token'],
      expires: undefined,
    });
  }
  if (query.get('X-Amz-Algorithm') === 'AWS4-HMAC-SHA256') {
    return assemble(query.get('X-Amz-Credential'), query.get('X-Amz-SignedHeaders'), query.get('X-Amz-Signature'), {
      date: query.get('X-Amz-Date') ?? '',
      sessionToken: query.get('X-Amz-Security-Token') ?? undefined,
      expires: Number(query.get('X-Amz-Expires') ?? 0),
    });
  }
  return undefined;
}

function assemble(
  credential: string | null | undefined,
  signedHeaders: string | null | undefined,
  signature: string | null | undefined,
  rest: Pick<Signature, 'date' | 'sessionToken' | 'expires'>,
): Signature | undefined {
  const scope = (credential ?? '').split('/');
  const [accessKeyId, day, region, service] = scope.slice(-5);
  if (!accessKeyId || !day || !region || !service || !signedHeaders || !signature) return undefined;
  return { accessKeyId, day, region, service, signedHeaders: signedHeaders.split(';'), signature, ...rest };
}

function compact(httpDate: string | undefined): string {
  const date = new Date(httpDate ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** Whether the request was signed with this secret. */
export function isSignedWith(secret: string, request: HttpRequest, signature: Signature): boolean {
  const payload = payloadHash(request, signature);
  if (payload === undefined) return false;
  const canonical = [
    request.method,
    canonicalPath(request.path, signature.service),
    canonicalQuery(request.rawQuery),
    ...signature.signedHeaders.map((name) => `${name}:${(request.headers[name] ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    signature.signedHeaders.join(';'),
    payload,
  ].join('\n');
  const scope = `${signature.day}/${signature.region}/${signature.service}/aws4_request`;
  const text = `AWS4-HMAC-SHA256\n${signature.date}\n${scope}\n${sha256(canonical)}`;
  const expected = createHmac('sha256', signingKey(secret, signature)).update(text).digest();
  const given = Buffer.from(signature.signature, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const keys = new Map<string, Buffer>();

/** The key is the same for a day, region and service, and takes four hashes to make. */
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

/** The hash that was signed; undefined where the header names one that the body does not have. */
function payloadHash({ headers, body }: HttpRequest, signature: Signature): string | undefined {
  const named = headers['x-amz-content-sha256'];
  if (signature.service === 's3') {
    if (signature.expires !== undefined) return named ?? 'UNSIGNED-PAYLOAD';
    if (named !== undefined && !/^[0-9a-f]{64}$/.test(named)) return named;
  }
  const actual = sha256(body);
  return named === undefined || named === actual ? actual : undefined;
}

/** Every service but S3 signs the path encoded once more than it is sent, with dots and doubled slashes resolved. */
function canonicalPath(path: string, service: string): string {
  if (service === 's3') return path;
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(encode(step));
  }
  const slash = steps.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${steps.join('/')}${slash}`;
}

function canonicalQuery(rawQuery: string): string {
  return rawQuery
    .split('&')
    .filter((item) => item !== '' && !item.startsWith('X-Amz-Signature='))
    .map((item) => {
      const [name = '', value = ''] = item.split(/=(.*)/s);
      return [encode(decode(name)), encode(decode(value))] as const;
    })
    .sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
