const paths =
  'user/, federated-user/, role/, group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/';

/** Returns IAM's complaint about a Resource or NotResource, in its words. */
export function arnProblem(resource: string): string | undefined {
  if (resource === '*') return undefined;
  const [arn, partition, service, region, account, ...path] = resource.split(':');
  if (partition === undefined) return `Resource ${resource} must be in ARN format or "*".`;
  if (!/^(?:aws(?:-[a-z-]+)?|\*)$/.test(partition)) {
    const shown = [service ?? '*', region ?? '*', account ?? '*', path.length > 0 ? path.join(':') : '*'].join(':');
    return `Partition "${partition}" is not valid for resource "arn:${partition}:${shown}".`;
  }
  if (arn !== 'arn') return `Resource ${resource} must be in ARN format or "*".`;
  if (service === undefined || /[*?]/.test(service)) {
    return 'Resource vendor must be fully qualified and cannot contain regexes.';
  }
  const named = path.join(':');
  const regional = region !== undefined && region !== '' && region !== '*';
  if (service === 'iam' && regional) return `IAM resource ${resource} cannot contain region information.`;
  if (service === 's3' && regional && !named.startsWith('accesspoint')) {
    return `Resource ${resource} can not contain region information.`;
  }
  if (service === 'iam' && path.length > 0 && named !== '*' && named !== 'root' && !startsAsPath(named)) {
    return `IAM resource path must either be "*", root, or start with ${paths}.`;
  }
  return undefined;
}

function startsAsPath(path: string): boolean {
  return paths.split(', ').some((start) => path.startsWith(start));
}

/** Whether IAM's older parser accepts an ARN: it has a vendor, and no empty part if it is too short. */
export function legacyArn(resource: string): boolean {
  if (resource === '*') return true;
  const parts = resource.split(':');
  return (parts.length > 5 || !resource.includes('::')) && parts[2] !== '';
}
