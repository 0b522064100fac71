// SHA-256 (FIPS 180-4) of a stream, a piece at a time: it needs no secure context, and no file is in memory whole.
const Sha256 = (() => {
  const K = new Uint32Array([
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
  ]);
  const turned = (x, n) => (x >>> n) | (x << (32 - n));

  function hasher() {
    const state = new Uint32Array([
      0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    ]);
    const words = new Uint32Array(64), block = new Uint8Array(64);
    let filled = 0, length = 0;

    function mix(bytes, at) {
      for (let i = 0; i < 16; i += 1, at += 4) {
        words[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
      }
      for (let i = 16; i < 64; i += 1) {
        const x = words[i - 15], y = words[i - 2];
        const s0 = turned(x, 7) ^ turned(x, 18) ^ (x >>> 3), s1 = turned(y, 17) ^ turned(y, 19) ^ (y >>> 10);
        words[i] = (words[i - 16] + s0 + words[i - 7] + s1) | 0;
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let i = 0; i < 64; i += 1) {
        const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25), choice = (e & f) ^ (~e & g);
        const one = (h + s1 + choice + K[i] + words[i]) | 0;
        const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22), most = (a & b) ^ (a & c) ^ (b & c);
        h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + s0 + most) | 0;
      }
      [a, b, c, d, e, f, g, h].forEach((part, i) => { state[i] += part; });
    }

    function update(bytes) {
      length += bytes.length;
      let at = 0;
      if (filled) {
        const taken = Math.min(64 - filled, bytes.length);
        block.set(bytes.subarray(0, taken), filled);
        filled += taken;
        at = taken;
        if (filled < 64) return;
        mix(block, 0);
        filled = 0;
      }
      for (; at + 64 <= bytes.length; at += 64) mix(bytes, at);
      block.set(bytes.subarray(at), 0);
      filled = bytes.length - at;
    }

    function hex() {
      const end = new Uint8Array(filled < 56 ? 64 : 128);
      end.set(block.subarray(0, filled));
      end[filled] = 0x80;
      const view = new DataView(end.buffer);
      view.setUint32(end.length - 8, Math.floor(length / 0x20000000));
      view.setUint32(end.length - 4, (length << 3) >>> 0);
      for (let at = 0; at < end.length; at += 64) mix(end, at);
      return [...state].map((part) => part.toString(16).padStart(8, "0")).join("");
    }
    return { update, hex };
  }

  // Return the digest of a file, read four megabytes at a time.
  async function ofFile(file) {
    const own = hasher();
    for (let at = 0; at < file.size; at += 1 << 22) {
      own.update(new Uint8Array(await file.slice(at, at + (1 << 22)).arrayBuffer()));
    }
    return `sha256:${own.hex()}`;
  }
  return { hasher, ofFile };
})();
