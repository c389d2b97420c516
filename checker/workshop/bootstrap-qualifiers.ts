import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { labFolder } from './lab-files.ts';
import { labs } from './labs.ts';

/** The CDK's default: https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html */
const usual = 'hnb659fds';

/**
 * Returns the qualifiers of the bootstraps that the labs are deployed through: from the context in a lab's `cdk.json`,
 * or from a synthesizer in its `stack.ts`, or the default one.
 */
export async function bootstrapQualifiers(root: string): Promise<string[]> {
  const all = await Promise.all(labs.map(({ id }) => qualifierOf(labFolder(root, id))));
  return [...new Set(all)];
}

async function qualifierOf(folder: string): Promise<string> {
  const [settings, stack] = await Promise.all(
    ['cdk.json', 'stack.ts'].map((name) => readFile(join(folder, name), 'utf8').catch(() => '')),
  );
  const [, given] = /\bqualifier\s*:\s*['"]([\w]+)['"]/.exec(stack ?? '') ?? [];
  return given ?? inContext(settings ?? '') ?? usual;
}

function inContext(settings: string): string | undefined {
  try {
    const { context = {} } = JSON.parse(settings) as { context?: Readonly<Record<string, unknown>> };
    const qualifier = context['@aws-cdk/core:bootstrapQualifier'];
    return typeof qualifier === 'string' ? qualifier : undefined;
  } catch {
    return undefined;
  }
}
