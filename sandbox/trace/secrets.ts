/** Members with secret values, in any spelling. */
const secretName =
  /token|password|passwd|secret|authorization|credential|session|jwt|signature|otp|cookie|(^|_)pin$|code$/i;

/** A JSON Web Token, with or without a signature, complete or truncated. */
const webToken = /\beyJ[\w-]{8,}(?:\.[\w-]*){0,4}/g;

/** `token=…`, `"password": "…"`, `code: 123456` in a text. */
const named =
  /(["']?\b[\w-]*(?:(?:token|password|passwd|secret)[\w-]*|authorization|credential|signature|jwt|code)\\*["']?\s*[=:]\s*)(\\*"[^"\\]*\\*"|'[^']*'|[^\s,;&"'}\])]+)/gi;

/** `Bearer …`, and AWS access keys with their signatures. */
const bearer = /\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi;

export const hidden = '‹hidden›';

/** Returns a text with everything hidden that looks like a token, a password or a code. */
export function withoutSecrets(text: string): string {
  return text
    .replace(webToken, hidden)
    .replace(bearer, `$1 ${hidden}`)
    .replace(named, (whole, name: string, value: string) => (isHarmless(value) ? whole : `${name}${hidden}`));
}

/**
 * `statusCode: 200`, `code: 'ENOENT'` and `ErrorCode: AccessDenied` aren't secrets: secret codes have four or more
 * digits.
 */
function isHarmless(value: string): boolean {
  const bare = value.replace(/^\\*["']|\\*["']$/g, '');
  return bare === hidden || /^(?:\d{1,3}|true|false|null|undefined|[A-Z][A-Z_]+|(?:[A-Z][a-z]+)+)$/.test(bare);
}

const longest = 200;

/** Returns a truncated text, without keeping the rest of it in memory. */
export function cut(text: string, length = longest): string {
  if (text.length <= length) return text;
  // V8 keeps a whole string alive for a part of it; a copy keeps only what it shows.
  return `${Buffer.from(text.slice(0, length)).toString('utf8')}…`;
}

/** Returns a message in presentable form: its JSON, with secret members and long texts hidden or truncated. */
export function shown(message: string): string {
  // Large messages are truncated first: nobody parses 128 KB to show a line of it.
  if (message.length > 4096) return withoutSecrets(cut(message));
  try {
    return cut(JSON.stringify(JSON.parse(message), hideMember));
  } catch {
    return cut(withoutSecrets(message));
  }
}

function hideMember(name: string, value: unknown): unknown {
  if (secretName.test(name) && typeof value !== 'object') return hidden;
  return typeof value === 'string' ? cut(withoutSecrets(value), 120) : value;
}
