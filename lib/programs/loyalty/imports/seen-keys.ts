/**
 * Whether a file may name a video twice, told from eight bytes a row: a database asked the same of a million rows takes
 * seconds, and nearly every file says no. Two keys may share a number, so a yes must be looked into; a no is certain.
 */
export class SeenKeys {
  #slots = new Float64Array(1 << 15);
  #count = 0;
  mayHaveDoubles = false;

  add(key: string): void {
    if (this.mayHaveDoubles) return;
    if (this.#count * 2 >= this.#slots.length) this.#grow();
    if (this.#put(numberOf(key))) this.#count += 1;
    else this.mayHaveDoubles = true;
  }

  #put(number: number): boolean {
    const mask = this.#slots.length - 1;
    let at = number & mask;
    for (let held = this.#slots[at]; held !== 0; held = this.#slots[at]) {
      if (held === number) return false;
      at = (at + 1) & mask;
    }
    this.#slots[at] = number;
    return true;
  }

  #grow(): void {
    const former = this.#slots;
    this.#slots = new Float64Array(former.length * 2);
    for (const number of former) if (number !== 0) this.#put(number);
  }
}

/** Fifty-two bits of two hashes taken in one go; never zero, which marks an empty slot. */
function numberOf(key: string): number {
  let one = 0x811c9dc5;
  let two = 0x9e3779b9;
  for (let at = 0; at < key.length; at += 1) {
    const code = key.charCodeAt(at);
    one = Math.imul(one ^ code, 0x01000193);
    two = Math.imul(two ^ code, 0x85ebca6b) ^ (two >>> 13);
  }
  return (one >>> 0) + (((two >>> 0) & 0xfffff) + 1) * 0x100000000;
}
