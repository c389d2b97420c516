import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A section of one of the two files: `profile work` in the one, `work` in the other. */
interface Section {
  readonly name: string;
  readonly text: string;
}

/**
 * Returns the names of this machine's profiles, from its two files. A missing file has none.
 * https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export async function profileNames(env: NodeJS.ProcessEnv = process.env): Promise<string[]> {
  return [...new Set((await profiles(env)).map(({ name }) => name))];
}

/**
 * Returns the endpoint that a profile sets for all services, if any. The SDK follows it automatically; the CDK CLI does
 * not.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export async function endpointOf(profile: string, env: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  const sections = (await profiles(env)).filter(({ name }) => name === profile);
  // Indented lines belong to one service.
  return sections.flatMap(({ text }) => /^endpoint_url\s*=\s*(\S+)/m.exec(text)?.[1] ?? [])[0];
}

/** Returns a profile's settings in the two files, by name. */
export type Settings = Readonly<Partial<Record<string, string>>>;

/** Returns a profile's settings; nothing if there is no such profile. */
export async function settingsOf(profile: string, env: NodeJS.ProcessEnv = process.env): Promise<Settings> {
  const sections = (await profiles(env)).filter(({ name }) => name === profile);
  // Indented lines belong to one service. If both files have a setting, the credentials file wins.
  const lines = sections.flatMap(({ text }) => [...text.matchAll(/^(\w+)[ \t]*=[ \t]*(.*?)[ \t]*$/gm)]);
  return Object.fromEntries(lines.map(([, name = '', value]) => [name, value]));
}

async function profiles(env: NodeJS.ProcessEnv): Promise<Section[]> {
  const folder = join(homedir(), '.aws');
  const [config, credentials] = await Promise.all([
    sectionsOf(env.AWS_CONFIG_FILE ?? join(folder, 'config')),
    sectionsOf(env.AWS_SHARED_CREDENTIALS_FILE ?? join(folder, 'credentials')),
  ]);
  const inConfig = config.flatMap(({ name, text }) => {
    if (name === 'default') return { name, text };
    const profile = /^profile\s+(.+)$/.exec(name)?.[1]?.replace(/^(["'])(.*)\1$/, '$2');
    return profile === undefined ? [] : { name: profile, text };
  });
  return [...inConfig, ...credentials];
}

async function sectionsOf(file: string): Promise<Section[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split(/^\s*(?=\[)/m).flatMap((part) => {
    const name = /^\[\s*([^\]]+?)\s*\]/.exec(part)?.[1];
    return name === undefined ? [] : { name, text: part };
  });
}
