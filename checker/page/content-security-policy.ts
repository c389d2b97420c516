/**
 * Returns the directives that confine the chat page: it can only run and load this server's files, open sockets to the
 * room, and call the user pool where people sign in. `'self'` doesn't include `ws:` for an `http:` page in every
 * browser, and the room has its own port.
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
