import type { Examination, Finding } from './finding.ts';

/** Variables of proxies and of AWS that redirect programs. */
export const proxy: Examination = async ({ environment, chosen }) => {
  const about = 'proxy';
  const set = Object.keys(environment).filter(
    (name) => /^(https?|no|all)_proxy$/i.test(name) && environment[name] !== '',
  );
  if (set.length === 0) return { about, state: 'fine', found: 'none set' };
  const found = set.map((name) => `${name}=${withoutPassword(environment[name] ?? '')}`).join(', ');
  if (chosen.kind === 'practice') return { about, state: 'note', found: `${found}: not used for the practice account` };
  return {
    about,
    state: 'note',
    found,
    next: "The CDK uses these variables, but the checker doesn't. If AWS is only reachable through the proxy, checks report that AWS can't be reached.",
  };
};

/** AWS variables in the shell: names, and values that aren't secret. */
export const shell: Examination = async ({ environment, chosen }): Promise<Finding> => {
  const about = 'AWS variables';
  const names = Object.keys(environment).filter((name) => name.startsWith('AWS_') && name !== quiet);
  if (names.length === 0) return { about, state: 'fine', found: 'none set' };
  const found = names
    .sort()
    .map((name) => (open.test(name) ? `${name}=${environment[name]}` : `${name} is set`))
    .join(', ');
  const leads = names.filter((name) => name.startsWith('AWS_ENDPOINT_URL'));
  if (chosen.kind === 'practice' || leads.length === 0) return { about, state: 'fine', found };
  return {
    about,
    state: 'note',
    found,
    next: `${leads.join(', ')} is ignored. To use it: \`npx lab use aws --endpoint-url URL\`.`,
  };
};

/** Set by the command itself. */
const quiet = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';

const open =
  /^AWS_(PROFILE|DEFAULT_PROFILE|REGION|DEFAULT_REGION|ENDPOINT_URL\w*|CONFIG_FILE|CA_BUNDLE|SHARED_CREDENTIALS_FILE)$/;

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//…@');
}
