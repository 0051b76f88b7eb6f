import { getContext, setContext } from 'svelte';

const key = Symbol('whole text');

/** For a view that is searched: while `whole` answers true, no text inside is cut. Called while the view is made. */
export function provideWholeText(whole: () => boolean): void {
  setContext(key, whole);
}

/** Whether text is to be shown whole, whatever its length; false where nobody asks for that. */
export function useWholeText(): () => boolean {
  return getContext<(() => boolean) | undefined>(key) ?? (() => false);
}
