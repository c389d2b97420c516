/**
 * Keeps the CDK from comparing each template with CloudFormation's schemas, which takes longer than all the rest of a
 * synthesis. It would only print what it finds, and nobody is shown what a stack that works prints; CloudFormation rejects
 * what is wrong. https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/core/lib/private/synthesis-validation.ts
 */
export const withoutValidation = { CDK_VALIDATION: 'false' } as const;

/** What a learner sets to true in the context of `cdk.json` to have findings end the synthesis. */
export const validates = '@aws-cdk/core:validateAgainstDefaultRules';
