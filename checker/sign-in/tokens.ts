/** Cognito's tokens for a sign-in. */
export interface Tokens {
  readonly id: string;
  readonly access: string;
  /** What gets new ones without a password; Cognito gives none with renewed tokens. */
  readonly refresh?: string;
}

/** The claims that the room and the checker read from an ID token. */
export interface Claims {
  readonly iss: string;
  readonly aud: string;
  /** Seconds since 1970. */
  readonly iat: number;
  readonly exp: number;
  readonly 'cognito:username': string;
  readonly sub: string;
}

/** Returns an ID token's claims, unverified: Cognito itself gave it to the checker. */
export function claimsOf(idToken: string): Claims & Readonly<Record<string, unknown>> {
  return parsed(idToken, 1) as Claims & Readonly<Record<string, unknown>>;
}

/** Returns a token's header: algorithm and key id. */
export function headerOf(token: string): { readonly alg: string; readonly kid: string } {
  return parsed(token, 0) as { alg: string; kid: string };
}

function parsed(token: string, part: number): unknown {
  return JSON.parse(Buffer.from(token.split('.')[part] ?? '', 'base64url').toString());
}
