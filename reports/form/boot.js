// Unpack style, program and data of the page, and start the one with the other. The policy of the page names the digests
// of style and program as well: no other text can run, whatever stands here.
(async () => {
  // Five signs for four bytes, in the alphabet of base 85 but for three signs that mean something in a page.
  function bytesOf(text) {
    const signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%.()*+-;,=:?@^_`{|}~";
    const value = new Map([...signs].map((sign, at) => [sign, at])), spare = (5 - (text.length % 5)) % 5;
    const whole = text + "~".repeat(spare), view = new DataView(new ArrayBuffer((whole.length / 5) * 4));
    for (let at = 0; at < whole.length; at += 5) {
      let four = 0;
      for (let next = at; next < at + 5; next += 1) four = four * 85 + value.get(whole[next]);
      view.setUint32((at / 5) * 4, four);
    }
    return new Uint8Array(view.buffer, 0, view.byteLength - spare);
  }
  try {
    const packed = bytesOf(document.getElementById("packed").textContent.trim());
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
    const { program, style, page } = JSON.parse(await new Response(stream).text());
    const sheet = document.createElement("style");
    sheet.textContent = style;
    const types = globalThis.trustedTypes?.createPolicy("selfassess", { createScript: (text) => text });
    const script = document.createElement("script");
    script.text = types ? types.createScript(program) : program;
    document.head.append(sheet, script);
    globalThis.startForm(page, navigator.languages ?? []);
  } catch (error) {
    document.getElementById("old").hidden = false;
    throw error;
  }
})();
