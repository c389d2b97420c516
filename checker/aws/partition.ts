/**
 * Returns the partition of a region as the SDK knows it: `aws`, `aws-cn`, `aws-eusc`, `aws-iso`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export async function partitionOf(region: string): Promise<string> {
  const { partition } = await import('@aws-sdk/core/client');
  return partition(region).name;
}
