/** IAM and deployments spread slowly on AWS: a check that fails looks again for this long, in milliseconds. */
export const spread = 60_000;
