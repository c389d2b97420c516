import { isObject, textsOf } from './conditions.ts';

/**
 * An ARN of fewer than six parts with a wildcard for each that is missing, as AWS completes those of identity-based
 * policies; nothing for any other text
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html).
 */
export function completedArn(text: string): string | undefined {
  // The colons within a variable divide nothing.
  const missing = 6 - text.replace(/\$\{[^}]*\}/g, '').split(':').length;
  return text.startsWith('arn:') && missing > 0 ? text + ':*'.repeat(missing) : undefined;
}

/** Whether a statement of a policy names a resource by such an ARN, which session policies may not. */
export function hasIncompleteArn(document: string): boolean {
  const { Statement } = JSON.parse(document) as { readonly Statement?: unknown };
  return [Statement]
    .flat()
    .filter(isObject)
    .flatMap(({ Resource, NotResource }) => textsOf(Resource ?? NotResource))
    .some((text) => completedArn(text) !== undefined);
}
