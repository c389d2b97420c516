/**
 * Returns what CloudFormation says about a failed resource, without what only AWS Support can use (the request token
 * and the handler's code) and without the words around the service's own message.
 */
export function withoutNoise(reason: string): string {
  return reason
    .replace(/\s*\((?:RequestToken|HandlerErrorCode): [^)]*\)/g, '')
    .replace(/,? Request ID: [\w-]+/g, '')
    .replace(/^Resource handler returned message: "([\s\S]*)"$/, '$1')
    .trim();
}
