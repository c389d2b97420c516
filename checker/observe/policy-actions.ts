/** A policy document, as far as it is read here; a value may be a function of the template. */
interface Document {
  readonly Statement?: Statement | readonly Statement[];
}

interface Statement {
  readonly Action?: unknown;
}

interface Properties {
  readonly PolicyName?: unknown;
  readonly PolicyDocument?: Document;
  readonly Policies?: ReadonlyArray<Pick<Properties, 'PolicyName' | 'PolicyDocument'>>;
}

interface Template {
  readonly Resources?: Readonly<Record<string, { readonly Type?: string; readonly Properties?: Properties }>>;
}

/** The actions that a policy names, as they are written. */
export function actionsOf({ Statement = [] }: Document): string[] {
  return [Statement]
    .flat()
    .flatMap(({ Action = [] }) => Action)
    .flatMap((action) => (typeof action === 'string' ? action : []));
}

/** The actions of the inline policies of a name in a template; undefined where it has none of that name. */
export function actionsIn(template: string, name: string): string[] | undefined {
  const { Resources = {} } = JSON.parse(template) as Template;
  const documents = Object.values(Resources)
    .filter(({ Type }) => Type?.startsWith('AWS::IAM::'))
    .flatMap(({ Properties = {} }) => [Properties, ...(Array.isArray(Properties.Policies) ? Properties.Policies : [])])
    .flatMap(({ PolicyName, PolicyDocument }) => (PolicyName === name && PolicyDocument ? PolicyDocument : []));
  return documents.length === 0 ? undefined : documents.flatMap(actionsOf);
}
