import type { Environment } from '../../src-main/contract/environment.ts';

/** The trust of an environment while it is typed. */
export interface TrustDraft {
  proxy: 'system' | 'none' | 'explicit';
  proxyUrl: string;
  ca: string;
  pinned: { host: string; fingerprint256: string }[];
  /** Separated by spaces. */
  allowedHosts: string;
}

export function trustDraftOf({ trust, allowedHosts }: Pick<Environment, 'trust' | 'allowedHosts'> = {}): TrustDraft {
  return {
    proxy: trust?.proxy?.kind ?? 'system', proxyUrl: trust?.proxy?.kind === 'explicit' ? trust.proxy.url : '', ca: trust?.ca ?? '',
    pinned: (trust?.pinned ?? []).map((pin) => ({ ...pin })), allowedHosts: (allowedHosts ?? []).join(' '),
  };
}

/** What would be saved, unchecked; members that say nothing are left out. */
export function trustOf({ proxy, proxyUrl, ca, pinned, allowedHosts }: TrustDraft): { trust?: unknown; allowedHosts?: string[] } {
  const trust = {
    ...(proxy === 'none' && { proxy: { kind: 'none' } }), ...(proxy === 'explicit' && { proxy: { kind: 'explicit', url: proxyUrl } }),
    ...(ca.trim() !== '' && { ca: ca.trim() }), ...(pinned.length > 0 && { pinned }),
  };
  const hosts = allowedHosts.split(/[\s,]+/).filter(Boolean);
  return { ...(Object.keys(trust).length > 0 && { trust }), ...(hosts.length > 0 && { allowedHosts: hosts }) };
}
