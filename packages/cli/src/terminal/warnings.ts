/**
 * Warnings of one command, shown when it has ended well: a command that fails says one clear line and not
 * forty before it. Warnings that differ only in the file they start with are shown once with their number.
 */
export class Warnings {
  readonly #groups = new Map<string, string[]>();

  add(message: string): void {
    const kind = message.replace(/^\S+/, '');
    this.#groups.set(kind, [...(this.#groups.get(kind) ?? []), message]);
  }

  /** One line each. */
  lines(): string[] {
    return [...this.#groups.values()].flatMap((messages) =>
      messages.length <= FEW
        ? messages
        : [`${messages[0]} (The same holds for ${messages.length - 1} more files.)`],
    );
  }
}

/** So many of a kind are shown one by one. */
const FEW = 3;
