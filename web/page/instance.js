/**
 * One instance of the engine. It may trap; then it is of no use any more, and the caller makes another.
 *
 * @typedef {{ header: any, bytes: Uint8Array<ArrayBuffer> }} Answer
 */
class Instance {
  /** @param {WebAssembly.Module} module */
  constructor(module) {
    /** @type {Blob | null} The file that `open` reads from. */
    this.file = null;
    this.window = { at: 0, bytes: new Uint8Array() };
    /** The files beside the open one that an export is read from, by the paths that it has for them. @type {Map<string, Blob>} */
    this.beside = new Map();
    this.panic = "";
    /** What was read or decoded for the engine and not fetched yet. */
    this.text = new Uint8Array();
    const imports = {
      page: {
        read_file: (/** @type {number} */ at, /** @type {number} */ into, /** @type {number} */ length) => this.read(at, into, length),
        decode_text: (/** @type {number} */ label, /** @type {number} */ long, /** @type {number} */ at, /** @type {number} */ length) => this.decode(label >>> 0, long, at >>> 0, length),
        read_beside: (/** @type {number} */ at, /** @type {number} */ length) => this.route(at >>> 0, length),
        take_text: (/** @type {number} */ into) => this.memory().set(this.text, into >>> 0),
        panic_text: (/** @type {number} */ at, /** @type {number} */ length) => {
          this.panic = new TextDecoder().decode(this.memory().subarray(at, at + length));
        },
      },
    };
    this.exports = /** @type {any} */ (new WebAssembly.Instance(module, imports).exports);
    this.exports.start();
  }

  /**
   * Keeps text as UTF-8 for the engine: bytes in an encoding, or the name of that where there are none. Gives twice the
   * length, and 1 more when something was replaced; -1 for an encoding that is not known.
   *
   * @param {number} label @param {number} long @param {number} at @param {number} length
   */
  decode(label, long, at, length) {
    const bytes = this.memory();
    try {
      const decoder = new TextDecoder(new TextDecoder().decode(bytes.subarray(label, label + long)), { ignoreBOM: true });
      let faulty = false, text = decoder.encoding;
      if (length > 0) {
        const part = bytes.subarray(at, at + length);
        text = decoder.decode(part);
        try {
          new TextDecoder(decoder.encoding, { ignoreBOM: true, fatal: true }).decode(part);
        } catch {
          faulty = true;
        }
      }
      this.text = new TextEncoder().encode(text);
      return this.text.length * 2 + Number(faulty);
    } catch {
      return -1;
    }
  }

  memory() {
    return new Uint8Array(this.exports.memory.buffer);
  }

  /** Memory that the engine took never goes back; an instance that took much is better replaced. */
  isLarge() {
    return this.exports.memory.buffer.byteLength > LARGE;
  }

  /**
   * Sends a request and returns the answer.
   *
   * @param {any} header
   * @param {Uint8Array} [bytes]
   * @returns {Answer}
   */
  ask(header, bytes = new Uint8Array()) {
    const text = new TextEncoder().encode(JSON.stringify(header));
    const length = 4 + text.length + bytes.length;
    const at = this.exports.allocate(length) >>> 0;
    const memory = this.memory();
    new DataView(memory.buffer).setUint32(at, text.length, true);
    memory.set(text, at + 4);
    memory.set(bytes, at + 4 + text.length);
    const packed = BigInt.asUintN(64, this.exports.call(at, length));
    const from = Number(packed >> 32n), size = Number(packed & 0xffffffffn);
    const answer = this.memory().slice(from, from + size);
    this.exports.release(from, size);
    const end = 4 + new DataView(answer.buffer).getUint32(0, true);
    return { header: JSON.parse(new TextDecoder().decode(answer.subarray(4, end))), bytes: answer.slice(end) };
  }

  /**
   * Keeps a file beside the open one for the engine, and gives its length; -1 where there is none.
   *
   * @param {number} at
   * @param {number} length
   */
  route(at, length) {
    const file = this.beside.get(new TextDecoder().decode(this.memory().subarray(at, at + length)));
    if (!file || file.size > MOST_BESIDE) return -1;
    try {
      this.text = new Uint8Array(new FileReaderSync().readAsArrayBuffer(file));
      return this.text.length;
    } catch {
      return -1;
    }
  }

  /**
   * Reads from the open file for the engine, a window at a time, because archives are read in small pieces.
   *
   * @param {number} at
   * @param {number} into
   * @param {number} length
   */
  read(at, into, length) {
    try {
      const inside = () => at >= this.window.at && at < this.window.at + this.window.bytes.length;
      if (!inside()) {
        if (!this.file) return -1;
        const part = this.file.slice(at, at + Math.max(length, WINDOW));
        this.window = { at, bytes: new Uint8Array(new FileReaderSync().readAsArrayBuffer(part)) };
        if (!inside()) return 0;
      }
      const start = at - this.window.at;
      const part = this.window.bytes.subarray(start, start + length);
      this.memory().set(part, into >>> 0);
      return part.length;
    } catch {
      return -1;
    }
  }
}

/** Bytes of a file beside an export of which no more is read. */
const MOST_BESIDE = 256 << 20;

/** Bytes of an archive that are read at once. */
const WINDOW = 1 << 20;

/** Bytes of memory beyond which an instance is replaced when its work is done. */
const LARGE = 128 << 20;
