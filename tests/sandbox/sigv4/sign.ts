import { createHash, createHmac } from 'node:crypto';

/** A request that can be wrong in any way, which an SDK client would not send. */
export interface Forged {
  readonly method?: string;
  /** As sent, with its query. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly service: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** Including `host` and `x-amz-date` by default. */
  readonly signed?: readonly string[];
  readonly payload?: string;
  readonly date?: Date;
  /** The parts of the credential's scope that should differ from the right ones. */
  readonly scope?: { readonly day?: string; readonly region?: string; readonly end?: string };
  /** The host that is signed, if a different one is sent. */
  readonly host: string;
}

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  readonly signature: string;
  readonly key: Buffer;
  readonly stamp: string;
  readonly scope: string;
}

/** Signs in a header (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html). */
export function sign(forged: Forged): Sent {
  const { method = 'POST', path = '/', body = '', service, credentials, scope: asked = {} } = forged;
  const stamp = stampOf(forged.date ?? new Date());
  const payload = forged.payload ?? sha256(body);
  const token = credentials.sessionToken;
  const headers: Record<string, string> = {
    host: forged.host,
    'x-amz-date': stamp,
    ...(token === undefined ? {} : { 'x-amz-security-token': token }),
    ...forged.headers,
  };
  const names = [...(forged.signed ?? Object.keys(headers))].sort();
  const [plain = '/', query = ''] = path.split(/\?(.*)/s);
  const canonical = [
    method,
    service === 's3' ? plain : plain.split('/').map(encodeURIComponent).join('/'),
    query
      .split('&')
      .filter(Boolean)
      .map((item) => (item.includes('=') ? item : `${item}=`))
      .sort()
      .join('&'),
    ...names.map((name) => `${name}:${headers[name] ?? ''}`),
    '',
    names.join(';'),
    payload,
  ].join('\n');
  const parts = [asked.day ?? stamp.slice(0, 8), asked.region ?? 'us-east-1', service, asked.end ?? 'aws4_request'];
  const scope = parts.join('/');
  const key = parts.reduce<Buffer>(
    (under, part) => hmac(under, part),
    Buffer.from(`AWS4${credentials.secretAccessKey}`),
  );
  const signature = hmac(key, ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonical)].join('\n')).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { method, path, headers: { ...headers, authorization }, body, signature, key, stamp, scope };
}

/** A body in signed chunks (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html). */
export function inChunks(pieces: readonly string[], { signature, key, stamp, scope }: Sent): string {
  let before = signature;
  return [...pieces, '']
    .map((piece) => {
      const text = ['AWS4-HMAC-SHA256-PAYLOAD', stamp, scope, before, sha256(''), sha256(piece)].join('\n');
      before = hmac(key, text).toString('hex');
      return `${piece.length.toString(16)};chunk-signature=${before}\r\n${piece}\r\n`;
    })
    .join('');
}

export function stampOf(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d{3}/g, '');
}

export function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

export function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
