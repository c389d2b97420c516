import type { HttpRequest, Service } from './operation.ts';
import { scopedService } from './sigv4/signature.ts';

/** Where sockets and `@connections` are reached by path: `/_aws/execute-api/<apiId>/<stage>`. */
export const executeApiPath = '/_aws/execute-api/';

/** Whether a request is for a deployed API, by its path or by the name it was sent to. */
export function isExecuteApi(request: Pick<HttpRequest, 'path' | 'headers'>): boolean {
  return request.path.startsWith(executeApiPath) || /\.execute-api\./.test(request.headers.host ?? '');
}

/**
 * The service that a request is for: by its target first, then by the scope of its signature, then by
 * its address. Undefined where none of them names a service that is here.
 */
export function route(request: HttpRequest, services: Readonly<Record<string, Service>>): Service | undefined {
  const target = request.headers['x-amz-target']?.split('.')[0];
  if (target !== undefined) return Object.values(services).find((service) => service.target === target);
  const scope = scopedService(request);
  if (scope !== undefined) return named(scope, services);
  if (isExecuteApi(request)) return services['execute-api'];
  const host = request.headers.host?.split('.')[0];
  return host === undefined ? undefined : named(host, services);
}

function named(name: string, services: Readonly<Record<string, Service>>): Service | undefined {
  return Object.hasOwn(services, name) ? services[name] : undefined;
}
