import { isObject, textsOf } from './conditions.ts';

/**
 * Completes an ARN with fewer than six parts by a wildcard for each missing one, as AWS does for identity-based
 * policies; nothing for any other text (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html).
 */
export function completedArn(text: string): string | undefined {
  // Colons inside a variable don't separate parts.
  const missing = 6 - text.replace(/\$\{[^}]*\}/g, '').split(':').length;
  return text.startsWith('arn:') && missing > 0 ? text + ':*'.repeat(missing) : undefined;
}

/** Whether a policy statement names a resource by such an ARN, which session policies can't. */
export function hasIncompleteArn(document: string): boolean {
  const { Statement } = JSON.parse(document) as { readonly Statement?: unknown };
  return [Statement]
    .flat()
    .filter(isObject)
    .flatMap(({ Resource, NotResource }) => textsOf(Resource ?? NotResource))
    .some((text) => completedArn(text) !== undefined);
}
