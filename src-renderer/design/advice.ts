import { getContext, setContext } from 'svelte';

/** Something worth knowing about what stands in a field; no error, it stops nothing. */
export interface Advice { message: string; next?: string | undefined }

/** What is to be said at a member, by its path. */
export type Advise = (path: string) => readonly Advice[];

const key = Symbol('advice');

/** For a form: the fields inside say what this gives for their path. Called while the form is made. */
export function provideAdvice(advise: Advise): void {
  setContext(key, advise);
}

/** For a field: nothing outside of a form that gives advice. Called while the field is made. */
export function useAdvice(): Advise {
  return getContext<Advise | undefined>(key) ?? (() => []);
}
