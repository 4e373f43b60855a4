/** The header of a user with a password (RFC 7617). */
export function basicAuthorization(username: string, password: string): { readonly authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}

/** Why `fetch` got no answer: the cause that it wraps, where there is one. */
export function reasonOfFetch({ cause, message }: Error): string {
  return cause instanceof Error ? cause.message : message;
}
