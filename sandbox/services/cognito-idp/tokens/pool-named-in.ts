/** Returns the pool id that a token claims, unverified; undefined if it isn't a token. */
export function poolNamedIn(token: string): string | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const issuer = typeof claims === 'object' && claims !== null && 'iss' in claims ? claims.iss : undefined;
    return typeof issuer === 'string' ? issuer.split('/').at(-1) : undefined;
  } catch {
    return undefined;
  }
}
