import { invariant } from "../kit/invariant";

/** Bytes as they are written one after another. */
export class Bytes {
  private readonly parts: (Uint8Array | number)[] = [];
  byte(value: number): void {
    this.parts.push(value);
  }
  raw(bytes: Uint8Array): void {
    this.parts.push(bytes);
  }
  varint(value: number): void {
    invariant(Number.isSafeInteger(value) && value >= 0, "a whole safe number from 0 on");
    let rest = value;
    for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) this.parts.push((rest % 0x80) | 0x80);
    this.parts.push(rest);
  }
  int(value: number): void {
    invariant(Number.isSafeInteger(value), "a whole safe number");
    const doubled = value < 0 ? -2 * value - 1 : 2 * value;
    if (Number.isSafeInteger(doubled)) {
      this.varint(doubled);
      return;
    }
    // By BigInt only where doubling would be unsafe.
    const folded = BigInt(value) < 0n ? -2n * BigInt(value) - 1n : 2n * BigInt(value);
    let rest = folded;
    for (; rest > 0x7fn; rest >>= 7n) this.parts.push(Number(rest & 0x7fn) | 0x80);
    this.parts.push(Number(rest));
  }
  text(value: string): void {
    const bytes = Buffer.from(value, "utf8");
    invariant(bytes.toString("utf8") === value, "a text has no half characters");
    this.varint(bytes.length);
    this.raw(bytes);
  }
  whole(): Buffer {
    let length = 0;
    for (const part of this.parts) length += typeof part === "number" ? 1 : part.length;
    const whole = Buffer.allocUnsafe(length);
    let at = 0;
    for (const part of this.parts)
      if (typeof part === "number") whole[at++] = part;
      else {
        whole.set(part, at);
        at += part.length;
      }
    return whole;
  }
}

/** Bytes as they are read one after another. Whatever is not in its one form is a broken invariant. */
export class Reader {
  private at = 0;
  constructor(private readonly bytes: Buffer) {}
  get left(): number {
    return this.bytes.length - this.at;
  }
  raw(length: number): Buffer {
    invariant(length <= this.left, "the body is complete");
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
  /** The next byte, which stays to be read. */
  peek(): number {
    invariant(this.left > 0, "the body is complete");
    return this.bytes[this.at] as number;
  }
  byte(): number {
    const byte = this.peek();
    this.at += 1;
    return byte;
  }
  varint(): number {
    let value = 0;
    for (let factor = 1, i = 0; ; factor *= 0x80, i += 1) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) {
        invariant(byte !== 0 || i === 0, "a number takes no more bytes than it needs");
        invariant(Number.isSafeInteger(value), "a number is safe");
        return value;
      }
      invariant(i < 7, "a number is safe");
    }
  }
  int(): number {
    // The lowest bit says the sign. What is left of the highest byte keeps the number below 2^55.
    let [half, factor] = [0, 0.5];
    const first = this.peek();
    for (let i = 0; ; factor *= 0x80, i += 1) {
      const byte = this.byte();
      half += (i === 0 ? byte & 0x7e : byte & 0x7f) * factor;
      if (byte < 0x80) {
        invariant(byte !== 0 || i === 0, "a number takes no more bytes than it needs");
        break;
      }
      invariant(i < 7, "a number is safe");
    }
    const value = first & 1 ? -half - 1 : half;
    invariant(Number.isSafeInteger(value), "a number is safe");
    return value;
  }
  text(): string {
    const bytes = this.raw(this.varint());
    const text = bytes.toString("utf8");
    // What is no UTF-8 is read as U+FFFD: only a text that holds one may be another than its bytes.
    invariant(!text.includes("\ufffd") || Buffer.from(text, "utf8").equals(bytes), "a text is UTF-8");
    return text;
  }
  end(): void {
    invariant(this.left === 0, "the body has no trailing bytes");
  }
}
