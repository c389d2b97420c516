/** A policy in a template: an object, or its JSON as a string, from `Fn::Sub`. */
export type PolicyDocument = object | string;

/** Returns a policy's JSON. Strings are passed on unchanged: IAM decides whether they are policies. */
export function policyText(document: PolicyDocument): string {
  return typeof document === 'string' ? document : JSON.stringify(document);
}
