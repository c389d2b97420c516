/** The parts of a signature's credential: `AKIA…/20261123/us-east-1/dynamodb/aws4_request`. */
export interface Credential {
  readonly accessKeyId: string;
  /** `20261123` */
  readonly day: string;
  readonly region: string;
  readonly service: string;
  /** `aws4_request` */
  readonly end: string;
}

/** Parses a credential; undefined if it doesn't have exactly its five parts. Their content isn't checked yet. */
export function readCredential(credential: string): Credential | undefined {
  const [accessKeyId, day, region, service, end, ...more] = credential.split('/');
  if (!accessKeyId || !day || !region || !service || !end || more.length > 0) return undefined;
  return { accessKeyId, day, region, service, end };
}

/**
 * Whether a text has the format of a region name, in any of AWS's partitions: `us-east-1`, `us-gov-west-1`,
 * `eusc-de-east-1` (https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html).
 */
export function isRegion(name: string): boolean {
  return name.length <= 32 && /^[a-z]{2,4}(-[a-z]{2,12}){1,3}-\d{1,2}$/.test(name);
}
