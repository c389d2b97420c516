import { headOf } from '../../http/receive.ts';
import { type Authenticator, authenticateHead } from '../../sigv4/authenticate.ts';
import { readSignature } from '../../sigv4/signature.ts';
import type { Gateway } from './gateway.ts';
import { executeApi } from './management/service.ts';

/** Reads who signed an upgrade request, in its headers or, as browsers must, in its query string. */
export function signerOf(authenticator: Authenticator): Gateway['authenticate'] {
  return (incoming) => {
    const request = headOf(incoming);
    const signature = readSignature(request);
    const signed = authenticateHead(request, executeApi, authenticator);
    if (signature === undefined || signed === undefined) return undefined;
    return { caller: signed.caller, accessKeyId: signature.accessKeyId };
  };
}
