import type { Bridge } from '../../src-main/contract/commands.ts';
import type { ImportPreview, ImportScope } from '../../src-main/contract/import.ts';
import type { Problem } from '../../src-main/contract/result.ts';
import { SHOWN_CHARACTERS, sourceOfFile, sourceOfText } from './source.ts';

export type Stage =
  /** A text is being put together. */
  | { name: 'text' }
  | { name: 'reading'; since: number }
  | { name: 'preview'; preview: ImportPreview }
  | { name: 'keeping'; since: number; preview: ImportPreview };

/** The import dialog: its text, what was recognised in it, and what became of it. The text stays until it is kept or the dialog closed. */
export class Imports {
  #open = $state(false);
  #stage = $state.raw<Stage>({ name: 'text' });
  #problem = $state.raw<Problem | null>(null);
  /** The large text or file that is named instead of shown. */
  #held = $state.raw<{ text: string; name: string | null } | null>(null);
  #fileName: string | null = null;
  #importId = '';
  text = $state('');
  answer = $state('');
  title = $state('');
  what = $state<ImportScope>('all');
  readonly #bridge: Bridge;
  readonly #kept: (runId: string) => void;

  /** @param kept shows the Run */
  constructor(bridge: Bridge, kept: (runId: string) => void) {
    this.#bridge = bridge;
    this.#kept = kept;
  }

  get isOpen(): boolean { return this.#open; }
  get stage(): Stage { return this.#stage; }
  get problem(): Problem | null { return this.#problem; }
  get held(): { text: string; name: string | null } | null { return this.#held; }
  get fileName(): string | null { return this.#fileName; }
  get isEmpty(): boolean { return this.#held === null && this.text.trim() === ''; }
  get busy(): boolean { return this.#stage.name === 'reading' || this.#stage.name === 'keeping'; }

  /** Opens the dialog, with the text of the last time if it was closed in the middle. */
  open(): void { this.#open = true; }

  /** Takes a pasted text and reads it at once. */
  async paste(text: string): Promise<void> {
    const source = sourceOfText(text);
    this.open();
    if (!source.ok) return this.#fail(source.problem);
    await this.#take(source.value.text, null);
  }

  async file(file: File): Promise<void> {
    this.open();
    const source = await sourceOfFile(file);
    if (!source.ok) return this.#fail(source.problem);
    await this.#take(source.value.text, source.value.name);
  }

  /** Reads the text as it stands; `answer` belongs to its last request. */
  async read(): Promise<void> {
    const text = this.#held?.text ?? this.text;
    if (text.trim() === '') return;
    const importId = crypto.randomUUID();
    await this.#forget();
    this.#importId = importId;
    this.#problem = null;
    const before = this.#stage;
    this.#stage = { name: 'reading', since: performance.now() };
    const answer = this.answer.trim();
    const preview = await this.#bridge.call('import.preview', { importId, text, ...(answer !== '' && { answer }), ...(this.#fileName !== null && { fileName: this.#fileName }) });
    if (this.#importId !== importId) return;
    if (!preview.ok) return this.#fail(preview.problem);
    // An answer added later changes neither the title a person has given nor the choice made.
    if (before.name !== 'preview' || this.title === before.preview.title) this.title = preview.value.title;
    if (before.name !== 'preview') this.what = preview.value.signIn > 0 && preview.value.exchanges > 60 ? 'sign-in' : 'all';
    this.#stage = { name: 'preview', preview: preview.value };
  }

  /** Keeps what was read as a Run, and shows it. */
  async keep(): Promise<void> {
    if (this.#stage.name !== 'preview') return;
    const { preview } = this.#stage;
    const importId = this.#importId;
    this.#problem = null;
    this.#stage = { name: 'keeping', since: performance.now(), preview };
    const kept = await this.#bridge.call('import.keep', { importId, title: this.title.trim() === '' ? preview.title : this.title.trim(), what: this.what });
    if (this.#importId !== importId) return;
    if (!kept.ok) {
      // What was read is gone with the one that read it; the text is still here.
      return this.#fail(kept.problem);
    }
    this.#importId = '';
    this.clear();
    this.#open = false;
    this.#kept(kept.value.runId);
  }

  /** Stops reading or keeping; the text stays. */
  async cancel(): Promise<void> {
    await this.#forget();
    this.#stage = { name: 'text' };
  }

  /** Back to the text, to change it. */
  async back(): Promise<void> {
    await this.cancel();
    this.#problem = null;
  }

  clear(): void {
    this.text = '';
    this.answer = '';
    this.title = '';
    this.#held = null;
    this.#fileName = null;
    this.#problem = null;
    this.#stage = { name: 'text' };
  }

  /** Closes the dialog and forgets everything in it. */
  close(): void {
    void this.#forget();
    this.clear();
    this.#open = false;
  }

  async #take(text: string, name: string | null): Promise<void> {
    await this.#forget();
    this.clear();
    this.#fileName = name;
    if (text.length > SHOWN_CHARACTERS) this.#held = { text, name };
    else this.text = text;
    await this.read();
  }

  async #forget(): Promise<void> {
    const importId = this.#importId;
    this.#importId = '';
    if (importId !== '') await this.#bridge.call('import.cancel', { importId });
  }

  #fail(problem: Problem): void {
    this.#importId = '';
    this.#problem = problem;
    this.#stage = { name: 'text' };
  }
}
