import type { Subject } from '../checking/check.ts';

/** The text of the template that the stack was last deployed from. */
export async function observeTemplate({ target, stack }: Pick<Subject, 'target' | 'stack'>): Promise<string> {
  if (!stack.deployed) return '';
  const [client, { GetTemplateCommand }] = await Promise.all([
    target.clients.cloudformation(),
    import('../aws/sdk/cloudformation.ts'),
  ]);
  const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName: stack.id }));
  return TemplateBody;
}
