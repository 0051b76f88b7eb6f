import { intoView } from '../design/into-view.ts';

/** Opens what folds a field away, brings it into view, marks it and puts the caret in it. A path without a field of its own turns to its nearest parent. */
export function pointTo(form: HTMLElement, path: string): void {
  for (let rest = path; rest !== ''; rest = rest.slice(0, Math.max(0, rest.lastIndexOf('.')))) {
    const field = form.querySelector(`[data-path="${rest}"]`) ?? form.querySelector(`[data-path^="${rest}."]`);
    if (!field) continue;
    for (let around = field.closest('details'); around; around = around.parentElement?.closest('details') ?? null) around.open = true;
    field.setAttribute('data-pointed', '');
    intoView(field);
    // After the dialog has taken the focus for itself.
    setTimeout(() => field.querySelector<HTMLElement>('input, select, textarea, button')?.focus(), 60);
    return;
  }
}
