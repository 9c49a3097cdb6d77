/**
 * The buffers in a result that can be handed over instead of copied: those of typed arrays that span
 * their whole buffer. A view into a larger buffer (WASM memory, a slab of a volume) is copied, since
 * transferring it would take the rest away from its owner.
 */
export function transferList(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const visit = (item: unknown, depth: number): void => {
    if (typeof item !== 'object' || item === null || depth > 6) return;
    if (ArrayBuffer.isView(item)) {
      const { buffer, byteLength } = item;
      if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) found.add(buffer);
      return;
    }
    for (const child of Array.isArray(item) ? item : Object.values(item)) visit(child, depth + 1);
  };
  visit(value, 0);
  return [...found];
}
