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
  private folded(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        invariant(byte !== 0 || shift === 0n, "a number takes no more bytes than it needs");
        return value;
      }
      invariant(shift < 49n, "a number is safe");
    }
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
    const folded = this.folded();
    const value = Number(folded & 1n ? -((folded + 1n) / 2n) : folded / 2n);
    invariant(Number.isSafeInteger(value), "a number is safe");
    return value;
  }
  text(): string {
    const bytes = this.raw(this.varint());
    const text = bytes.toString("utf8");
    invariant(Buffer.from(text, "utf8").equals(bytes), "a text is UTF-8");
    return text;
  }
  end(): void {
    invariant(this.left === 0, "the body has no trailing bytes");
  }
}
