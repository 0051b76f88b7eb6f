const KEY = 'grantscope.layout';
const defaults = { sidebar: 232, inspectorWidth: 440, inspectorHeight: 260, tokens: 164 };
export type Pane = keyof typeof defaults;

/** Sizes of the panes in CSS pixels. Only these numbers are kept in local storage: no name, no Run, no secret. */
export class Layout {
  #sizes = $state(read());

  size(pane: Pane): number { return this.#sizes[pane]; }

  resize(pane: Pane, size: number): void {
    this.#sizes[pane] = Math.round(size);
    localStorage.setItem(KEY, JSON.stringify(this.#sizes));
  }
}

function read(): Record<Pane, number> {
  const sizes = { ...defaults };
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    for (const pane of Object.keys(defaults) as Pane[]) {
      const size: unknown = (kept as Record<string, unknown>)[pane];
      if (typeof size === 'number' && Number.isFinite(size)) sizes[pane] = size;
    }
  } catch {
    // Unreadable sizes are worth nothing: the defaults stand.
  }
  return sizes;
}
