import type { Protocol } from '../../calls/operation.ts';
import { restXml } from '../../protocols/rest-xml.ts';
import { s3Address } from './address.ts';
import { bind } from './bindings.ts';
import { selectOperation } from './select-operation.ts';

/**
 * S3's own REST XML: the bucket may stand in the host, a key keeps its slashes, and what is asked of a bucket
 * or an object is told by a word in the query. The input has the members of the SDK's types, with `Body` as
 * bytes, so that `call.perform('s3', 'GetObject', { Bucket, Key })` needs no more than that.
 */
export const s3Protocol: Protocol = {
  ...restXml,
  parse(request) {
    const { host = '' } = request.headers;
    const { Bucket, Key } = s3Address(host, request.path);
    const operation = selectOperation(request, { Bucket, Key });
    const input = { ...bind(request), ...(Bucket === undefined ? {} : { Bucket }) };
    return { operation, input: Key === undefined ? input : { ...input, Key } };
  },
};
