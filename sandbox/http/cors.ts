import type { HttpRequest, HttpResponse } from '../calls/operation.ts';

/**
 * Cognito takes calls from pages of any origin. Here the guard has refused all pages but ours by now, so the headers
 * are AWS's own (https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS).
 */
const shared = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date',
};

/** Whether a browser asks beforehand if its page may make a call with a target, as Cognito's calls are. */
export function isPreflight({ method, path, headers }: HttpRequest): boolean {
  return (
    method === 'OPTIONS' &&
    path === '/' &&
    headers['access-control-request-method'] === 'POST' &&
    /(^|[, ])x-amz-target([, ]|$)/i.test(headers['access-control-request-headers'] ?? '')
  );
}

/** The answer to a preflight: whatever headers it asks for, and two days' leave. */
export function preflight({ headers }: HttpRequest): HttpResponse {
  return {
    status: 200,
    headers: {
      ...shared,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': headers['access-control-request-headers'] ?? '',
      'access-control-max-age': '172800',
    },
    body: '',
  };
}

/** An answer that the page which asked may read. */
export function forPages({ headers }: HttpRequest, response: HttpResponse): HttpResponse {
  return headers.origin === undefined ? response : { ...response, headers: { ...response.headers, ...shared } };
}
