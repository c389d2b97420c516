/** A policy as a template gives it: an object, or its JSON as text, which `Fn::Sub` makes. */
export type PolicyDocument = object | string;

/** Returns a policy's JSON. Text is passed on as it is: IAM decides whether it is a policy. */
export function policyText(document: PolicyDocument): string {
  return typeof document === 'string' ? document : JSON.stringify(document);
}
