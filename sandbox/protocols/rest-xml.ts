import { XMLBuilder } from 'fast-xml-parser';
import type { HttpResponse, Protocol } from '../calls/operation.ts';

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@' });

/** The result of an S3 operation: an XML document, bytes, or only headers. */
export interface RestXmlOutput {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** One root element, with its members and lists in S3's order. */
  readonly document?: object;
  readonly body?: Buffer;
}

/** S3's REST XML responses (https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html). */
export const restXml: Pick<Protocol, 'respond' | 'fail'> = {
  respond(output, { service, requestId }) {
    const { status = 200, headers = {}, document, body } = output as RestXmlOutput;
    if (document === undefined)
      return { status, headers: { 'x-amz-request-id': requestId, ...headers }, body: body ?? '' };
    const [root = '', members] = Object.entries(document)[0] ?? [];
    return xml(status, requestId, { [root]: { '@xmlns': service.namespace, ...(members as object) } }, headers);
  },
  fail(error, { requestId }) {
    return xml(error.status, requestId, {
      Error: { Code: error.code, Message: error.message, ...error.details, RequestId: requestId },
    });
  },
};

function xml(
  status: number,
  requestId: string,
  document: object,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId, ...headers },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(document)}`,
  };
}
