import type { Attachment } from 'svelte/attachments';
import { describeMarker, segmentsOf } from '../../src-main/contract/marker.ts';
import type { AppState } from '../state/app.svelte.ts';

/** A part of a message that can be copied: what to call it, and its text, secrets masked. */
export interface CopyPart { label: string; text: string }

type Parts = (target: Element) => CopyPart[];
const registered = new WeakMap<Element, Parts>();

/** Attachment: what of this element can be copied, for the context menu. Asked when the menu opens. */
export function copies(parts: Parts): Attachment {
  return (node) => {
    registered.set(node, parts);
    return () => registered.delete(node);
  };
}

/** What can be copied at an element, the nearest first, each label once. */
export function partsAt(target: Element | null): CopyPart[] {
  const found = new Map<string, CopyPart>();
  for (let at = target; at; at = at.parentElement) {
    for (const part of registered.get(at)?.(target ?? at) ?? []) if (!found.has(part.label)) found.set(part.label, part);
  }
  return [...found.values()];
}

/** Copies masked text: a secret that is revealed as itself, any other in words. What holds a secret leaves the clipboard after a minute. */
export async function copyMasked(app: AppState, masked: string, what: string): Promise<void> {
  let secret = false;
  const text = segmentsOf(masked).map((segment) => {
    if (!('marker' in segment)) return segment.text;
    const value = app.reveals.valueOf(segment.marker);
    secret ||= value !== undefined;
    return value ?? `[${describeMarker(segment.marker)}]`;
  }).join('');
  await app.copy(text, secret ? `${what} copied with the secret you revealed. The clipboard is cleared in a minute.` : `${what} copied`, secret);
}
