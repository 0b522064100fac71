"use strict";
// Rows are sorted by whole numbers that stand in their cells, computed exactly before; what has no figure comes last.
const LAST = 1000000000;
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  for (const button of table.querySelectorAll("thead button")) {
    button.addEventListener("click", () => {
      const head = button.closest("th");
      const column = head.cellIndex;
      const turned = head.getAttribute("aria-sort") === "ascending";
      for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", turned ? "descending" : "ascending");
      const order = (row) => Number(row.cells[column].dataset.order);
      const before = (one, two) => {
        const [a, b] = [order(one), order(two)];
        if (a === LAST || b === LAST) return a === b ? 0 : a === LAST ? 1 : -1;
        return turned ? b - a : a - b;
      };
      body.append(...rows.slice().sort(before));
    });
  }
}
