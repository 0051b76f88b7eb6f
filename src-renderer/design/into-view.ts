/** Attachment that brings an element to the middle of what scrolls around it, once. */
export function intoView(node: Element): void {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  // After the first layout of a view that has just been opened.
  requestAnimationFrame(() => node.scrollIntoView({ block: 'center', behavior: calm ? 'instant' : 'smooth' }));
}
