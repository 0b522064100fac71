// What the browser keeps between visits, where the buyer lets it and it can.
const Store = (() => {
  let key = null, isUsable = false;

  function begin(data) {
    key = `selfassess ${data.pin.id}@${data.pin.version} ${data.pin.digest} ${data.tender?.id ?? ""}`;
    if (!data.keeps) return;
    try {
      localStorage.setItem(`${key} try`, "1");
      localStorage.removeItem(`${key} try`);
      isUsable = true;
    } catch {
      isUsable = false; // a page in a frame of a mail program, a browser that keeps nothing
    }
  }
  const read = () => (isUsable ? localStorage.getItem(key) : null);
  function write(text) {
    if (!isUsable) return false;
    try {
      localStorage.setItem(key, text);
      return true;
    } catch {
      return false; // the store is full
    }
  }
  const forget = () => isUsable && localStorage.removeItem(key);

  return { begin, read, write, forget, isUsable: () => isUsable };
})();
