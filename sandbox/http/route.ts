import { executeApiPath } from '../calls/addresses.ts';
import type { HttpRequest, Service } from '../calls/operation.ts';
import { fittingRoute } from '../protocols/rest-route.ts';
import { claimsPresigned, claimsSignature, hasOldSignature, scopedService } from '../sigv4/signature.ts';

/** Whether a request is for a deployed API, by its path or by the name it was sent to. */
export function isExecuteApi(request: Pick<HttpRequest, 'path' | 'headers'>): boolean {
  return request.path.startsWith(executeApiPath) || /\.execute-api\./.test(request.headers.host ?? '');
}

/**
 * The service that a request is for: by its target first, then by the scope of its signature, then by
 * its address, then by its shape. Undefined where none of them names a service that is here.
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
 * At an address that all services share, what nobody signed tells by its shape what it is for: by the version of a
 * query API, by the path of a REST one. What is left of what an SDK sends is S3's, whose paths are anybody's own.
 */
function shaped(request: HttpRequest, services: readonly Service[]): Service | undefined {
  const isForm = /^application\/x-www-form-urlencoded/i.test(request.headers['content-type'] ?? '');
  const form = isForm ? new URLSearchParams(request.body.toString('latin1')) : request.query;
  const version = form.has('Action') ? form.get('Version') : null;
  if (version !== null) return services.find(({ namespace }) => namespace?.endsWith(`/${version}/`));
  const rest = services.find((service) => fittingRoute(request, service) !== undefined);
  const { headers, method, query } = request;
  // What an SDK posts to S3 says so in its query; other services are asked by POST alone.
  const isPostOfOther = method === 'POST' && !['delete', 'uploads', 'uploadId'].some((word) => query.has(word));
  if (rest !== undefined || isPostOfOther) return rest;
  const isSigned = claimsSignature(headers) || claimsPresigned(query) || hasOldSignature(request);
  const isOfClient = isSigned || headers['amz-sdk-invocation-id'];
  return isOfClient ? services.find(({ name }) => name === 's3') : undefined;
}

function named(name: string, services: Readonly<Record<string, Service>>): Service | undefined {
  return Object.hasOwn(services, name) ? services[name] : undefined;
}
