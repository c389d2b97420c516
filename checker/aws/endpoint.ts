interface Client {
  readonly config: { endpointProvider(parameters: { readonly Region: string }): { readonly url: URL } };
}

/** Returns AWS's own address of a client's service in a region, as the SDK knows it for every partition. */
export function endpointIn({ config }: Client, region: string): string {
  return config.endpointProvider({ Region: region }).url.href;
}
