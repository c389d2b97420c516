/**
 * Keeps the CDK from comparing each template with CloudFormation's schemas, which takes longer than the rest of a
 * synthesis. It would only print its findings, and the output of a working stack isn't shown; CloudFormation rejects
 * errors. https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/core/lib/private/synthesis-validation.ts
 */
export const withoutValidation = { CDK_VALIDATION: 'false' } as const;

/** The `cdk.json` context flag with which findings fail the synthesis. */
export const validates = '@aws-cdk/core:validateAgainstDefaultRules';
