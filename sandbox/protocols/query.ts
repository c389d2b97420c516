import { XMLBuilder } from 'fast-xml-parser';
import { AwsError } from '../calls/errors.ts';
import type { Protocol } from '../calls/operation.ts';

/** The namespace of error responses that belong to no service. */
const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', suppressEmptyNode: false });

/**
 * The AWS Query protocol of STS, IAM and CloudFormation: a form in, XML out
 * (https://smithy.io/2.0/aws/protocols/aws-query-protocol.html). Every value arrives as text.
 */
export const query: Protocol = {
  parse(request) {
    const text = request.method === 'GET' ? request.rawQuery : request.body.toString('utf8');
    if (hasTooMany(text)) throw new AwsError('MalformedQueryString', 'The request has too many parameters.');
    const form = new URLSearchParams(text);
    const operation = form.get('Action');
    if (operation === null) throw new AwsError('MissingAction', 'The request is missing an Action parameter.');
    return { operation, input: fromForm(form) };
  },

  respond(output, { service, operation, requestId }) {
    return xml(200, requestId, {
      [`${operation}Response`]: {
        '@xmlns': service.namespace,
        [`${operation}Result`]: toXml(output),
        ResponseMetadata: { RequestId: requestId },
      },
    });
  },

  fail(error, { service, requestId }) {
    return xml(error.status, requestId, {
      ErrorResponse: {
        '@xmlns': service.namespace,
        Error: {
          Type: error.status < 500 ? 'Sender' : 'Receiver',
          Code: error.code,
          Message: error.message,
          ...(toXml(error.details) as object),
        },
        RequestId: requestId,
      },
    });
  },
};

/**
 * Parameters of the largest request that these services accept, with a margin: a stack has 200 parameters and 50 tags.
 */
const mostParameters = 10_000;

function hasTooMany(form: string): boolean {
  let count = 0;
  for (let at = form.indexOf('&'); at >= 0; at = form.indexOf('&', at + 1)) {
    count += 1;
    if (count > mostParameters) return true;
  }
  return false;
}

function xml(status: number, requestId: string, document: object) {
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: builder.build(document) as string,
  };
}

/** `Tags.member.1.Key=a` becomes `{ Tags: [{ Key: 'a' }] }`; `Map.entry.1.key` and `.value` become an object. */
export function fromForm(form: URLSearchParams): object {
  const root: Record<string, unknown> = {};
  for (const [name, value] of form) {
    if (name === 'Action' || name === 'Version' || name.startsWith('X-Amz-') || name === 'AWSAccessKeyId') continue;
    const path = name.split('.');
    if (path.includes('__proto__')) continue;
    // No shape of these services is nested deeper, and what is echoed must fit into a response.
    if (path.length > 32) throw new AwsError('MalformedQueryString', 'A parameter is nested too deeply.');
    let node = root;
    for (const step of path.slice(0, -1)) {
      if (typeof node[step] !== 'object') node[step] = {};
      node = node[step] as Record<string, unknown>;
    }
    node[path.at(-1) ?? name] = value;
  }
  return collapse(root) as object;
}

function collapse(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node;
  const members = Object.entries(node);
  const [only, list] = members[0] ?? [];
  if (members.length === 1 && only === 'member') return inOrder(list).map(collapse);
  if (members.length === 1 && only === 'entry') {
    return Object.fromEntries(
      inOrder(list).map((entry) => {
        const { key, value } = entry as { key: string; value: unknown };
        return [key, collapse(value)];
      }),
    );
  }
  return Object.fromEntries(members.map(([name, value]) => [name, collapse(value)]));
}

/** The values of `{ '1': …, '2': … }` in numeric order; an empty list is sent as one empty string. */
function inOrder(list: unknown): unknown[] {
  if (typeof list !== 'object' || list === null) return [];
  return Object.entries(list)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, value]) => value);
}

/** Lists become `<Name><member>…`, maps `<entry><key>…`, dates ISO 8601, absent members nothing. */
export function toXml(value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return { member: value.map(toXml) };
  if (value instanceof Map) return { entry: [...value].map(([key, member]) => ({ key, value: toXml(member) })) };
  if (typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, member]) => member !== undefined && member !== null)
        .map(([name, member]) => [name, toXml(member)]),
    );
  }
  return String(value);
}
