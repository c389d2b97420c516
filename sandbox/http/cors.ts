import type { HttpRequest, HttpResponse } from '../calls/operation.ts';

/**
 * Cognito accepts calls from pages of any origin. Here the guard has already rejected all pages but ours, so the
 * headers are AWS's own (https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS).
 */
const shared = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date',
};

/** Whether a request is a browser's preflight for a call with a target, such as Cognito's. */
export function isPreflight({ method, path, headers }: HttpRequest): boolean {
  return (
    method === 'OPTIONS' &&
    path === '/' &&
    headers['access-control-request-method'] === 'POST' &&
    /(^|[, ])x-amz-target([, ]|$)/i.test(headers['access-control-request-headers'] ?? '')
  );
}

/** The response to a preflight: allows any headers, for two days. */
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

/** Makes a response readable for the page that sent the request. */
export function forPages({ headers }: HttpRequest, response: HttpResponse): HttpResponse {
  return headers.origin === undefined ? response : { ...response, headers: { ...response.headers, ...shared } };
}
