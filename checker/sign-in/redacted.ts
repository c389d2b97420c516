/**
 * A text without the tokens and access keys in it: each is as good as its owner for as long as it lives. A secret key is
 * known by its length and by the name that stands before it.
 */
export function redacted(text: string): string {
  return text
    .replace(/eyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g, (token) => `${token.slice(0, 6)}…(a token)`)
    .replace(/\b(AKIA|ASIA)[A-Z2-7]{12,}\b/g, '$1…(a key)')
    .replace(/(secret\w*\W{1,6})[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/gi, '$1…(a key)');
}
