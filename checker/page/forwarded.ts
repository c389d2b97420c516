import type { IncomingMessage } from 'node:http';
import { UsageError } from '../failures/errors.ts';

/**
 * The variable with the address under which a forwarding service, such as GitHub Codespaces, exposes a port of this
 * machine: `https://example-{port}.app.github.dev`.
 */
export const FORWARDED = 'WEBSOCKET_LAB_FORWARDED';

/** Returns the origin of a forwarded port; undefined if the setting is missing. Throws if it is invalid. */
export function forwardedOrigin(setting: string | undefined, port: number): string | undefined {
  if (setting === undefined || setting === '') return undefined;
  const address = setting.replace('{port}', String(port));
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !setting.includes('{port}') || url.protocol !== 'https:' || url.href !== `${url.origin}/`)
    throw new UsageError(
      `${FORWARDED} is "${setting}", which is not the address of a forwarded port.`,
      `Set it to an https address with {port} in it, such as https://example-{port}.app.github.dev, or unset it.`,
    );
  return url.origin;
}

/**
 * Returns whether a request came through the forwarding service. Such a service sends its own host, or a loopback name
 * with its own host as `X-Forwarded-Host`. Any page can forge that header, so it counts only with a loopback name,
 * which a page on another host can't send.
 */
export function isForwarded({ headers }: Pick<IncomingMessage, 'headers'>, origin: string | undefined): boolean {
  if (origin === undefined) return false;
  const { host } = new URL(origin);
  const isLoopback = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(headers.host ?? '');
  return headers.host === host || (isLoopback && headers['x-forwarded-host'] === host);
}
