import type { Problem } from '../../src-main/contract/result.ts';

export interface Toast {
  id: number;
  tone: 'info' | 'ok' | 'bad';
  message: string;
  why?: string;
  next?: string;
  action?: { label: string; run: () => void };
}

/** Short messages that leave on their own; problems stay until they are dismissed. */
export class Toasts {
  #list = $state.raw<Toast[]>([]);
  #next = 0;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  get list(): readonly Toast[] { return this.#list; }

  say(message: string, tone: Toast['tone'] = 'ok'): void { this.#add({ tone, message }, 2600); }

  offer(message: string, label: string, run: () => void): void {
    this.#add({ tone: 'info', message, action: { label, run } }, 12_000);
  }

  problem({ message, why, next }: Problem): void {
    if (this.#list.some((toast) => toast.tone === 'bad' && toast.message === message)) return;
    this.#add({ tone: 'bad', message, ...(why !== undefined && { why }), ...(next !== undefined && { next }) }, null);
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.#list = this.#list.filter((toast) => toast.id !== id);
  }

  #add(toast: Omit<Toast, 'id'>, stays: number | null): void {
    const id = this.#next++;
    this.#list = [...this.#list, { ...toast, id }].slice(-4);
    if (stays !== null) this.#timers.set(id, setTimeout(() => this.dismiss(id), stays));
  }
}
