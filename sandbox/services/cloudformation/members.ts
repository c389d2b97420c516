/** A boolean member of a request: the query protocol brings it as text. */
export function flag(value: unknown): boolean {
  return value === true || value === 'true';
}

/** A list member of a request: an empty one comes as empty text. */
export function list<T>(value: readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? value : [];
}

/** A page of a list: `NextToken` is the place to go on from. */
export function pageOf<T>(
  items: readonly T[],
  token: string | undefined,
  size: number,
): { readonly page: T[]; readonly NextToken?: string } {
  const start = Number(token ?? 0) || 0;
  const end = start + size;
  return { page: items.slice(start, end), ...(end < items.length ? { NextToken: String(end) } : {}) };
}
