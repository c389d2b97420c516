import { AwsError } from '../calls/errors.ts';
import type { Answering, HttpResponse, Protocol } from '../calls/operation.ts';
import { excessOf, mostLevels, mostValues } from './nests-too-deeply.ts';

/**
 * The AWS JSON protocols: the operation in `X-Amz-Target`, JSON in and out, dates as seconds
 * (https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html).
 */
export function json(version: '1.0' | '1.1'): Protocol {
  function answer(status: number, body: object, { requestId }: Answering): HttpResponse {
    return {
      status,
      headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amzn-requestid': requestId },
      body: JSON.stringify(body, seconds),
    };
  }
  return {
    parse(request) {
      const operation = (request.headers['x-amz-target'] ?? '').split('.').at(-1) ?? '';
      const text = request.body.toString('utf8');
      return { operation, input: text === '' ? {} : (parseJson(text) as object) };
    },
    respond: (output, detail) => answer(200, output, detail),
    fail: (error, detail) =>
      answer(error.status, { __type: error.code, message: error.message, ...error.details }, detail),
  };
}

/**
 * Parses a request's JSON, in which a null is an absent member. In a list it stays, because removing it would leave a
 * hole. Throws SerializationException for invalid JSON, too much nesting or too many values.
 */
export function parseJson(text: string): unknown {
  const excess = excessOf(text);
  if (excess === 'levels') {
    throw new AwsError(
      'SerializationException',
      `The body of the request is nested too deeply: ${mostLevels} levels is the limit.`,
    );
  }
  if (excess === 'values') {
    throw new AwsError('SerializationException', `The body of the request has more than ${mostValues} values.`);
  }
  try {
    return JSON.parse(text, text.includes('null') ? withoutNulls : undefined);
  } catch {
    throw new AwsError('SerializationException', 'The body of the request is not JSON.');
  }
}

function withoutNulls(this: unknown, _name: string, value: unknown): unknown {
  return value === null && !Array.isArray(this) ? undefined : value;
}

/** For JSON.stringify: a Date becomes seconds since 1970. `toJSON` has run by then, so the holder is read. */
export function seconds(this: unknown, name: string, value: unknown): unknown {
  const original = (this as Record<string, unknown>)[name];
  return original instanceof Date ? original.getTime() / 1000 : value;
}
