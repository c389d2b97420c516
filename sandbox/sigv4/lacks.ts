import type { HttpRequest } from '../calls/operation.ts';
import { readCredential } from './credential.ts';
import { credentialIn } from './signature.ts';

/** Returns what a presigned URL lacks, in AWS's words; undefined if it is complete. Only S3 requires the expiry. */
export function lackOfPresigned({ query }: Pick<HttpRequest, 'query'>, service: string): string | undefined {
  const parts = ['X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-SignedHeaders', 'X-Amz-Date'];
  const lacking = [...parts, ...(service === 's3' ? ['X-Amz-Expires'] : [])].filter((name) => !query.get(name));
  if (lacking.length > 0) {
    const sentences = lacking.map((name) => `AWS query-string parameters must include '${name}'.`);
    return `${sentences.join(' ')} Re-examine the query-string parameters.`;
  }
  const credential = query.get('X-Amz-Credential') ?? '';
  return readCredential(credential) === undefined ? lackOfCredential(credential) : undefined;
}

/** Returns what a signature header lacks, in AWS's words; undefined if it has each part once. */
export function lackOfHeader({ headers }: Pick<HttpRequest, 'headers'>): string | undefined {
  const credential = credentialIn(headers.authorization);
  return credential === undefined || readCredential(credential) !== undefined
    ? undefined
    : lackOfCredential(credential);
}

function lackOfCredential(credential: string): string {
  return `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`;
}
