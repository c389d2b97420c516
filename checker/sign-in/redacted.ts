/**
 * Returns a text without the tokens and access keys in it: anyone who has one can use it until it expires. A secret key
 * is identified by its length and by the name before it.
 */
export function redacted(text: string): string {
  return text
    .replace(/eyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g, (token) => `${token.slice(0, 6)}…(a token)`)
    .replace(/\b(AKIA|ASIA)[A-Z2-7]{12,}\b/g, '$1…(a key)')
    .replace(/(secret\w*\W{1,6})[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/gi, '$1…(a key)');
}
