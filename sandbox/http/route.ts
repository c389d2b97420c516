import { executeApiPath } from '../calls/addresses.ts';
import type { HttpRequest, Service } from '../calls/operation.ts';
import { fittingRoute } from '../protocols/rest-route.ts';
import { claimsPresigned, claimsSignature, hasOldSignature, scopedService } from '../sigv4/signature.ts';

/** Whether a request is for a deployed API, by its path or its host name. */
export function isExecuteApi(request: Pick<HttpRequest, 'path' | 'headers'>): boolean {
  return request.path.startsWith(executeApiPath) || /\.execute-api\./.test(request.headers.host ?? '');
}

/**
 * Returns the service that a request is for: by its target, its signature's scope, its address, or its shape, in that
 * order. Undefined if none of them names one of our services.
 */
export function route(request: HttpRequest, services: Readonly<Record<string, Service>>): Service | undefined {
  const target = request.headers['x-amz-target']?.split('.')[0];
  if (target !== undefined) return Object.values(services).find((service) => service.target === target);
  const scope = scopedService(request);
  if (scope !== undefined) return named(scope, services);
  if (isExecuteApi(request)) return services['execute-api'];
  const host = request.headers.host?.split('.')[0];
  return (host === undefined ? undefined : named(host, services)) ?? shaped(request, Object.values(services));
}

/**
 * At an address that all services share, the shape of an unsigned request says what it is for: the version of a query
 * API, the path of a REST API. Everything else that an SDK sends is for S3, whose paths are arbitrary.
 */
function shaped(request: HttpRequest, services: readonly Service[]): Service | undefined {
  const isForm = /^application\/x-www-form-urlencoded/i.test(request.headers['content-type'] ?? '');
  const form = isForm ? new URLSearchParams(request.body.toString('latin1')) : request.query;
  const version = form.has('Action') ? form.get('Version') : null;
  if (version !== null) return services.find(({ namespace }) => namespace?.endsWith(`/${version}/`));
  const rest = services.find((service) => fittingRoute(request, service) !== undefined);
  const { headers, method, query } = request;
  // An SDK's posts to S3 are marked in their query string; other services only use POST.
  const isPostOfOther = method === 'POST' && !['delete', 'uploads', 'uploadId'].some((word) => query.has(word));
  if (rest !== undefined || isPostOfOther) return rest;
  const isSigned = claimsSignature(headers) || claimsPresigned(query) || hasOldSignature(request);
  const isOfClient = isSigned || headers['amz-sdk-invocation-id'];
  return isOfClient ? services.find(({ name }) => name === 's3') : undefined;
}

function named(name: string, services: Readonly<Record<string, Service>>): Service | undefined {
  return Object.hasOwn(services, name) ? services[name] : undefined;
}
