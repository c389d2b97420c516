/** The part of a policy document that is read here; a value may be a template function. */
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

/** Returns the actions that a policy names, as written. */
export function actionsOf({ Statement = [] }: Document): string[] {
  return [Statement]
    .flat()
    .flatMap(({ Action = [] }) => Action)
    .flatMap((action) => (typeof action === 'string' ? action : []));
}

/** Returns the actions of a template's inline policies with a name; undefined if it has none with that name. */
export function actionsIn(template: string, name: string): string[] | undefined {
  const { Resources = {} } = JSON.parse(template) as Template;
  const documents = Object.values(Resources)
    .filter(({ Type }) => Type?.startsWith('AWS::IAM::'))
    .flatMap(({ Properties = {} }) => [Properties, ...(Array.isArray(Properties.Policies) ? Properties.Policies : [])])
    .flatMap(({ PolicyName, PolicyDocument }) => (PolicyName === name && PolicyDocument ? PolicyDocument : []));
  return documents.length === 0 ? undefined : documents.flatMap(actionsOf);
}
