/** How a token is looked at without being changed. */
export type Way = 'introspection' | 'userinfo';

/** The ways that the provider's metadata offers. */
export function waysOf(metadata: Record<string, unknown> | undefined, kind: 'access_token' | 'refresh_token'): Way[] {
  const has = (name: string): boolean => typeof metadata?.[name] === 'string';
  return [...(has('introspection_endpoint') ? ['introspection' as const] : []), ...(kind === 'access_token' && has('userinfo_endpoint') ? ['userinfo' as const] : [])];
}
