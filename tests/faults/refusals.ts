import { randomUUID } from 'node:crypto';

/** AWS's errors instead of an answer, and the answers of something in between. */
export const refusals = [
  'fault',
  'throttled',
  'expired',
  'denied',
  'web page',
  'empty',
  'no content',
  'empty object',
  'other XML',
  'not found by a proxy',
] as const;
export type Refusal = (typeof refusals)[number];

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/**
 * The answers by protocol, judging by the request's content type: a form is answered in XML, everything else in JSON.
 */
export const answers: Readonly<Record<Refusal, (contentType: string) => Answer>> = {
  fault: said(500, 'InternalFailure', 'We encountered an internal error. Please try again.'),
  throttled: said(400, 'ThrottlingException', 'Rate exceeded'),
  expired: said(403, 'ExpiredTokenException', 'The security token included in the request is expired'),
  denied: said(403, 'AccessDeniedException', 'User: arn:aws:iam::111122223333:user/ada is not authorized'),
  'web page': () => ({
    status: 200,
    headers: { 'content-type': 'text/html' },
    text: '<!doctype html><title>Welcome to the hotel</title><p>Please sign in.',
  }),
  empty: () => ({ status: 200, headers: {}, text: '' }),
  'no content': () => ({ status: 204, headers: requestId(), text: '' }),
  'empty object': () => ({ status: 200, headers: { 'content-type': 'application/json', ...requestId() }, text: '{}' }),
  'other XML': () => ({ status: 200, headers: { 'content-type': 'text/xml' }, text: '<rss><channel/></rss>' }),
  'not found by a proxy': () => ({
    status: 404,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'NotFoundException' },
    text: '{"message":"does not exist"}',
  }),
};

function said(status: number, code: string, message: string): (contentType: string) => Answer {
  return (contentType): Answer =>
    contentType.startsWith('application/x-www-form-urlencoded')
      ? {
          status,
          headers: { 'content-type': 'text/xml', ...requestId() },
          text: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
        }
      : {
          status,
          headers: { 'content-type': 'application/json', 'x-amzn-errortype': code, ...requestId() },
          text: JSON.stringify({ __type: code, message }),
        };
}

function requestId(): Record<string, string> {
  return { 'x-amzn-requestid': randomUUID() };
}
