import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A section of one of the two files: `profile work` in the one, `work` in the other. */
interface Section {
  readonly name: string;
  readonly text: string;
}

/**
 * The names of the profiles of this machine, as its two files have them. A file that is not there has none.
 * https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export async function profileNames(env: NodeJS.ProcessEnv = process.env): Promise<string[]> {
  return [...new Set((await profiles(env)).map(({ name }) => name))];
}

/**
 * Where a profile says that all services are, if it says so. The SDK follows it by itself, the CDK CLI does not.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export async function endpointOf(profile: string, env: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  const sections = (await profiles(env)).filter(({ name }) => name === profile);
  // What is indented belongs to one service.
  return sections.flatMap(({ text }) => /^endpoint_url\s*=\s*(\S+)/m.exec(text)?.[1] ?? [])[0];
}

/** What the two files say of a profile, by the names of the settings. */
export type Settings = Readonly<Partial<Record<string, string>>>;

/** Returns what a profile says; nothing if there is no such profile. */
export async function settingsOf(profile: string, env: NodeJS.ProcessEnv = process.env): Promise<Settings> {
  const sections = (await profiles(env)).filter(({ name }) => name === profile);
  // What is indented belongs to one service. Of a setting that both files have, that of the credentials file counts.
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
