/**
 * What the chat page may do, as the header says it: run and load what this server serves, open sockets to the room, call
 * the user pool where people sign in, and nothing else. `'self'` does not reach from `http:` to `ws:` in every browser,
 * and the room has a port of its own.
 */
export function contentSecurityPolicy(room: string, signIn?: { readonly endpoint: string }): string {
  const places = [room, ...(signIn === undefined ? [] : [signIn.endpoint])].map((address) => new URL(address).origin);
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${places.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
