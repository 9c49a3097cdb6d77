import type { DocumentValue } from './document.js';
import { float32Text } from './float-text.js';

/** The document as JSON in XGBoost's notation of floats, without white space. */
export function jsonText(document: DocumentValue): string {
  const pieces: string[] = [];
  write(document, pieces);
  return pieces.join('');
}

function write(value: DocumentValue, pieces: string[]): void {
  if (typeof value === 'string') {
    pieces.push(JSON.stringify(value));
  } else if (typeof value === 'number') {
    pieces.push(String(value));
  } else if (value instanceof Float32Array) {
    pieces.push('[', Array.from(value, float32Text).join(','), ']');
  } else if (ArrayBuffer.isView(value)) {
    pieces.push('[', value.join(','), ']');
  } else if (Array.isArray(value)) {
    pieces.push('[');
    value.forEach((item: DocumentValue, index) => {
      if (index > 0) pieces.push(',');
      write(item, pieces);
    });
    pieces.push(']');
  } else {
    let separator = '{';
    for (const [key, item] of Object.entries(value)) {
      pieces.push(separator, JSON.stringify(key), ':');
      write(item, pieces);
      separator = ',';
    }
    pieces.push(separator === '{' ? '{}' : '}');
  }
}
