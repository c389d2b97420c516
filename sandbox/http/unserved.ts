import { XMLBuilder } from 'fast-xml-parser';
import { UnsupportedError } from '../calls/errors.ts';
import type { HttpRequest, HttpResponse } from '../calls/operation.ts';
import { claimsPresigned, claimsSignature, scopedService } from '../sigv4/signature.ts';

/** The error formats of services that we don't have: their clients can't read anything else. */
type Shape = 'json' | 'query' | 'ec2';

const builder = new XMLBuilder();

/**
 * REST XML services, whose requests have neither a target nor an action. Their errors are those of the query protocol.
 */
const restXml: ReadonlySet<string> = new Set(['cloudfront', 'route53', 's3-object-lambda', 's3-outposts', 's3express']);
/** Their paths: `/2013-04-01/hostedzone`. No REST JSON service has such a path and XML. */
const restXmlPath = /^\/\d{4}-\d\d-\d\d\/(?:hostedzone|healthcheck|change|distribution|trafficpolic|delegationset)/;

/**
 * Returns the error for a service that the practice account doesn't have, in that service's error format
 * (https://smithy.io/2.0/aws/protocols/).
 */
export function unserved(request: HttpRequest, requestId: string): HttpResponse {
  const name = serviceOf(request);
  const what = request.headers['x-amz-target'] ?? name ?? `${request.method} ${request.path}`;
  const { code, message, status } = new UnsupportedError(what);
  const shape = shapeOf(request, name);
  if (shape === 'json') {
    return {
      status,
      headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, 'x-amzn-errortype': code },
      body: JSON.stringify({ __type: code, message }),
    };
  }
  const error = { Code: code, Message: message };
  const document =
    shape === 'ec2'
      ? { Response: { Errors: { Error: error }, RequestID: requestId } }
      : { ErrorResponse: { Error: { Type: 'Sender', ...error }, RequestId: requestId } };
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(document)}`,
  };
}

/** The service according to the signature, or to the host name: `sns.us-east-1.amazonaws.com`. */
function serviceOf(request: HttpRequest): string | undefined {
  if (claimsSignature(request.headers) || claimsPresigned(request.query)) return scopedService(request);
  return /^([a-z0-9-]+)\.(?:[a-z0-9.-]+\.)?amazonaws\.com(?::\d+)?$/i.exec(request.headers.host ?? '')?.[1];
}

function shapeOf({ headers, query, body, path }: HttpRequest, name: string | undefined): Shape {
  if (headers['x-amz-target'] !== undefined) return 'json';
  if (name === 'ec2') return 'ec2';
  const type = headers['content-type'] ?? '';
  if (query.has('Action') || /^application\/x-www-form-urlencoded/i.test(type)) {
    return /(?:^|&)Version=2016-11-15(?:&|$)/.test(body.toString('latin1', 0, 10_000)) ? 'ec2' : 'query';
  }
  return restXml.has(name ?? '') || restXmlPath.test(path) || /\bxml\b/i.test(type) ? 'query' : 'json';
}
