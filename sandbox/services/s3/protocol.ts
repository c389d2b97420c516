import type { Protocol } from '../../calls/operation.ts';
import { restXml } from '../../protocols/rest-xml.ts';
import { s3Address } from './address.ts';
import { bind } from './bindings.ts';
import { selectOperation } from './select-operation.ts';

/**
 * S3's own REST XML: the bucket can be in the host name, a key keeps its slashes, and a word in the query string
 * selects the subresource. The input has the members of the SDK's types, with `Body` as bytes, so that
 * `call.perform('s3', 'GetObject', { Bucket, Key })` needs nothing else.
 */
export const s3Protocol: Protocol = {
  ...restXml,
  async parse(request) {
    const { host = '' } = request.headers;
    const { Bucket, Key } = s3Address(host, request.path);
    const operation = selectOperation(request, { Bucket, Key });
    return { operation, input: { ...(await bind(request)), Bucket, Key } };
  },
};
