/**
 * Warnings of one command, shown when it has ended well: a command that fails says one clear line and not
 * forty before it. Equal ones are shown once, and so
 * are those that differ only in the file they start with, with their number.
 */
export class Warnings {
  readonly #groups = new Map<string, Set<string>>();

  add(message: string): void {
    const kind = message.replace(/^\S+/, '');
    const group = this.#groups.get(kind) ?? new Set();
    this.#groups.set(kind, group.add(message));
  }

  /** One line each. */
  lines(): string[] {
    return [...this.#groups.values()].flatMap((group) => {
      const messages = [...group];
      return messages.length <= FEW
        ? messages
        : [`${messages[0]} (The same holds for ${messages.length - 1} more.)`];
    });
  }
}

/** So many of a kind are shown one by one. */
const FEW = 3;
