import { createHash, createHmac } from 'node:crypto';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface Plain {
  readonly method: string;
  /** With the query string, percent-encoded as sent. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/**
 * Signs a request as the SDKs do, but accepts anything: the SDKs' own clients reject much of what is sent here
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
 */
export function sign(
  request: Plain,
  service: string,
  host: string,
  { accessKeyId, secretAccessKey }: Credentials,
): Plain {
  const date = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = [date.slice(0, 8), 'us-east-1', service, 'aws4_request'];
  const payload = sha256(request.body);
  // S3 accepts its own headers only if they are signed.
  const own = Object.entries(request.headers).filter(([name]) => name.startsWith('x-amz-'));
  const headers: Record<string, string> = {
    ...Object.fromEntries(own),
    host,
    'x-amz-content-sha256': payload,
    'x-amz-date': date,
  };
  const [path = '/', query = ''] = request.path.split(/\?(.*)/s);
  const names = Object.keys(headers).sort();
  const canonical = [
    request.method,
    canonicalPath(path, service),
    query
      .split('&')
      .filter(Boolean)
      .map((item) => (item.includes('=') ? item : `${item}=`))
      .sort()
      .join('&'),
    ...names.map((name) => `${name}:${headers[name]?.trim().replace(/ +/g, ' ')}`),
    '',
    names.join(';'),
    payload,
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', date, scope.join('/'), sha256(canonical)].join('\n');
  const key = scope.reduce<Buffer>((under, part) => hmac(under, part), Buffer.from(`AWS4${secretAccessKey}`));
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope.join('/')}, SignedHeaders=${names.join(';')}, Signature=${hmac(key, text).toString('hex')}`;
  return { ...request, headers: { ...request.headers, ...headers, authorization } };
}

function canonicalPath(path: string, service: string): string {
  if (service === 's3') return path;
  const steps = path.split('/').filter((step) => step !== '');
  return `/${steps.map(encode).join('/')}${steps.length > 0 && path.endsWith('/') ? '/' : ''}`;
}

/** AWS's encoding: everything but letters, digits and `-._~`. A lone surrogate becomes the replacement character. */
export function encode(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString()).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
