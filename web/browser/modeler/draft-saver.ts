import { find, word, type EditorData } from './editor-data.ts';

export type SaveState = 'saved' | 'saving' | 'unsaved' | 'conflict' | 'offline';

const quietMs = 700;

/**
 * Keeps the draft on the server while the designer works. Nothing is overwritten: when somebody else saved in between,
 * saving stops and the page says who may be asked; the text stays in the editor.
 */
export class DraftSaver {
  readonly #data: EditorData;
  readonly #content: () => Promise<string>;
  #version: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #state: SaveState = 'saved';

  constructor(data: EditorData, content: () => Promise<string>) {
    this.#data = data;
    this.#content = content;
    this.#version = data.file.version;
    window.addEventListener('beforeunload', (event) => {
      if (this.#state !== 'saved') event.preventDefault();
    });
  }

  changed(): void {
    if (this.#state === 'conflict') return;
    this.#show('unsaved');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), quietMs);
  }

  /** Resolves when what was there at the call is on the server. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#running) {
      this.#again = true;
      await this.#running;
      if (this.#again) await this.save();
      return;
    }
    this.#again = false;
    if (this.#state === 'saved' || this.#state === 'conflict') return;
    this.#running = this.#send();
    await this.#running;
    this.#running = undefined;
  }

  get state(): SaveState {
    return this.#state;
  }

  async #send(): Promise<void> {
    this.#show('saving');
    try {
      const content = await this.#content();
      const response = await fetch(`${this.#data.base}/files/${encodeURIComponent(this.#data.file.name)}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', 'x-csrf-token': this.#data.csrfToken },
        body: JSON.stringify({ content, version: this.#version }),
      });
      if (response.status === 409) {
        this.#show('conflict');
        return;
      }
      if (!response.ok) throw new Error(String(response.status));
      const { version } = (await response.json()) as { version: number };
      this.#version = version;
      this.#show('saved');
    } catch {
      this.#show('offline');
      this.#timer = setTimeout(() => void this.save(), 5 * quietMs);
    }
  }

  #show(state: SaveState): void {
    this.#state = state;
    const label = find('[data-save-state]');
    label.dataset.saveState = state;
    label.textContent = word(this.#data, `workbench.save.${state}`);
  }
}
