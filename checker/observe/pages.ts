/** One page of an API Gateway list; its client has no paginators. */
interface Page<Item> {
  readonly Items?: Item[] | undefined;
  readonly NextToken?: string | undefined;
}

/** Returns the items of all pages. An empty page isn't necessarily the last. */
export async function allPages<Item>(get: (token: string | undefined) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  let token: string | undefined;
  do {
    const page = await get(token);
    items.push(...(page.Items ?? []));
    token = page.NextToken;
  } while (token !== undefined && token !== '');
  return items;
}
