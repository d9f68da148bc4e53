import { invariant } from "../kit/invariant";

const beginsWith = 512;
/** A varint has no more bytes than this. */
const varintMost = 8;

/** Bytes as they are written one after another. */
export class Bytes {
  private bytes = Buffer.allocUnsafe(beginsWith);
  private at = 0;

  byte(value: number): void {
    this.makeRoom(1);
    this.bytes[this.at++] = value;
  }
  raw(bytes: Uint8Array): void {
    this.makeRoom(bytes.length);
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }
  varint(value: number): void {
    invariant(Number.isSafeInteger(value) && value >= 0, "a whole safe number from 0 on");
    this.makeRoom(varintMost);
    let rest = value;
    for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) this.bytes[this.at++] = (rest % 0x80) | 0x80;
    this.bytes[this.at++] = rest;
  }
  int(value: number): void {
    invariant(Number.isSafeInteger(value), "a whole safe number");
    const folded = value < 0 ? -2 * value - 1 : 2 * value;
    if (Number.isSafeInteger(folded)) this.varint(folded);
    else this.folded(value < 0 ? -2n * BigInt(value) - 1n : 2n * BigInt(value));
  }
  text(value: string): void {
    invariant(value.isWellFormed(), "a text has no half characters");
    const length = Buffer.byteLength(value, "utf8");
    this.varint(length);
    this.makeRoom(length);
    this.bytes.write(value, this.at, "utf8");
    this.at += length;
  }
  whole(): Buffer {
    return Buffer.from(this.bytes.subarray(0, this.at));
  }

  /** A number that is unsafe once it is doubled. */
  private folded(value: bigint): void {
    this.makeRoom(varintMost);
    let rest = value;
    for (; rest > 0x7fn; rest >>= 7n) this.bytes[this.at++] = Number(rest & 0x7fn) | 0x80;
    this.bytes[this.at++] = Number(rest);
  }

  private makeRoom(length: number): void {
    if (this.at + length <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.bytes.length, this.at + length));
    larger.set(this.bytes.subarray(0, this.at));
    this.bytes = larger;
  }
}

/** Bytes as they are read one after another. Whatever is not in its one form is a broken invariant. */
export class Reader {
  private at = 0;
  constructor(
    /** All bytes, those that were read and those that were not. */
    readonly all: Buffer,
  ) {}
  get left(): number {
    return this.all.length - this.at;
  }
  raw(length: number): Buffer {
    const at = this.skip(length);
    return this.all.subarray(at, at + length);
  }
  /** So many bytes as a text. */
  spelled(length: number, as: "hex" | "base64url"): string {
    const at = this.skip(length);
    return this.all.toString(as, at, at + length);
  }
  /** Goes on behind so many bytes. Returns where in all bytes they are. */
  skip(length: number): number {
    invariant(length <= this.left, "the body is complete");
    this.at += length;
    return this.at - length;
  }
  /** The next byte, which stays to be read. */
  peek(): number {
    invariant(this.left > 0, "the body is complete");
    return this.all[this.at] as number;
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
    const length = this.varint();
    const at = this.skip(length);
    const text = this.all.toString("utf8", at, at + length);
    // What is no UTF-8 is read as U+FFFD: only a text that holds one may be another than its bytes.
    const isSame = () => Buffer.from(text, "utf8").equals(this.all.subarray(at, at + length));
    invariant(!text.includes("\ufffd") || isSame(), "a text is UTF-8");
    return text;
  }
  end(): void {
    invariant(this.left === 0, "the body has no trailing bytes");
  }
}
