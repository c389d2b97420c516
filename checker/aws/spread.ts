/** IAM changes and deployments spread slowly on AWS: a failed check is retried for this long, in milliseconds. */
export const spread = 60_000;
