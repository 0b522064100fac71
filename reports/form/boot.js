// Unpack the program and the data of the page, and start the one with the other. The policy of the page names the digest
// of the program as well: no other text can run, whatever stands here.
(async () => {
  try {
    const packed = Uint8Array.from(atob(document.getElementById("packed").textContent.trim()), (sign) => sign.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    const { program, page } = JSON.parse(await new Response(stream).text());
    const types = globalThis.trustedTypes?.createPolicy("selfassess", { createScript: (text) => text });
    const script = document.createElement("script");
    script.text = types ? types.createScript(program) : program;
    document.head.append(script);
    globalThis.startForm(page, navigator.languages ?? []);
  } catch (error) {
    document.getElementById("old").hidden = false;
    throw error;
  }
})();
