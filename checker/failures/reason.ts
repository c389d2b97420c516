/**
 * What CloudFormation says of a resource that failed, without what only AWS's support can use: the request's token
 * and the handler's code, and the words around the service's own message.
 */
export function withoutNoise(reason: string): string {
  return reason
    .replace(/\s*\((?:RequestToken|HandlerErrorCode): [^)]*\)/g, '')
    .replace(/,? Request ID: [\w-]+/g, '')
    .replace(/^Resource handler returned message: "([\s\S]*)"$/, '$1')
    .trim();
}
