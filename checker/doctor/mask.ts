import { homedir } from 'node:os';

/** Returns a text that is safe to share: no access key, no token, no password, and the home folder as `~`. */
export function masked(text: string, environment: NodeJS.ProcessEnv = process.env, home = homedir()): string {
  const secrets = Object.entries(environment).flatMap(([name, value]) =>
    /SECRET|TOKEN|PASSWORD|ACCESS_KEY/i.test(name) && value !== undefined && value.length >= 8 ? [value] : [],
  );
  const shown = secrets.reduce((left, secret) => left.replaceAll(secret, '…'), text);
  return shown
    .replace(/\b(AKIA|ASIA)[A-Z0-9]{12,}\b/g, '$1…')
    .replace(/(\/\/)[^@/\s]*:[^@/\s]*@/g, '$1…@')
    .replaceAll(home.length > 1 ? home : '\0', '~');
}
