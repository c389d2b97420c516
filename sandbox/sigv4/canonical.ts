/** Every service except S3 signs the path encoded once more than sent, with dots and doubled slashes resolved. */
export function canonicalPath(path: string, service: string): string {
  if (service === 's3')
    return path
      .split('/')
      .map((step) => encode(decode(step)))
      .join('/');
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(encode(step));
  }
  const slash = steps.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${steps.join('/')}${slash}`;
}

/** The query string's items, in AWS's encoding and order, without the signature itself. */
export function canonicalQuery(rawQuery: string): string {
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
  // Most texts have nothing to encode, and a test is quicker.
  if (/^[\w.~-]*$/.test(text)) return text;
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
