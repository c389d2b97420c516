import type { IncomingMessage } from 'node:http';
import type { HttpRequest } from '../../calls/operation.ts';
import { type Authenticator, authenticateHead } from '../../sigv4/authenticate.ts';
import { readSignature } from '../../sigv4/signature.ts';
import type { Gateway } from './gateway.ts';
import { executeApi } from './management/service.ts';

/** Reads who signed an upgrade request, in its headers or, as browsers must, in its query string. */
export function signerOf(authenticator: Authenticator): Gateway['authenticate'] {
  return (incoming) => {
    const request = toRequest(incoming);
    const signature = readSignature(request);
    const signed = authenticateHead(request, executeApi, authenticator);
    if (signature === undefined || signed === undefined) return undefined;
    return { caller: signed.caller, accessKeyId: signature.accessKeyId };
  };
}

function toRequest(incoming: IncomingMessage): HttpRequest {
  const [path = '/', rawQuery = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
  // Without a prototype: a signature may name the header `constructor`.
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return { method: 'GET', path, rawQuery, query: new URLSearchParams(rawQuery), headers, body: Buffer.alloc(0) };
}
