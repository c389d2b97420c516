import type { LoggedRequest } from './logged-request.ts';

/**
 * Returns a line of an access log: the format, with its variables replaced. A variable without a value becomes a
 * hyphen. No variable has the message, the headers or the query
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html).
 */
export function accessLine(format: string, { event, status, error }: LoggedRequest): string {
  const { requestContext } = event;
  const context = {
    ...requestContext,
    status,
    error: error && { message: error, messageString: JSON.stringify(error) },
  };
  return format
    .trimEnd()
    .replace(/\$context\.(\w+(?:\.[\w-]+)*)/g, (_, path: string) => valueAt(context, path.split('.')));
}

function valueAt(context: object, path: readonly string[]): string {
  let value: unknown = context;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return '-';
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  if (value === undefined) return '-';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
