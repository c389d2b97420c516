/**
 * Returns CloudFormation's reason for a failed resource, without the request token and the handler's code, which only
 * AWS Support can use, and without the words around the service's own message.
 */
export function withoutNoise(reason: string): string {
  return reason
    .replace(/\s*\((?:RequestToken|HandlerErrorCode): [^)]*\)/g, '')
    .replace(/,? Request ID: [\w-]+/g, '')
    .replace(/^Resource handler returned message: "([\s\S]*)"$/, '$1')
    .trim();
}
