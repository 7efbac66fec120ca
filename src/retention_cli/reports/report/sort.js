for (const table of document.querySelectorAll("table.sorts")) {
  const body = table.tBodies[0];
  table.querySelectorAll("thead th").forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      table.querySelectorAll("thead th").forEach((one) => one.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = (row) => {
        const text = row.cells[at].textContent.trim();
        const plain = text.replaceAll(",", "").replace(/ ?(%|pp)$/, "");
        return text === "-" ? "" : plain === "" || isNaN(plain) ? text : Number(plain);
      };
      const order = (a, b) => {
        const [x, y] = [key(a), key(b)];
        if (x === "" || y === "") return (x === "") - (y === "");
        const way = x - y || String(x).localeCompare(String(y), "en", { numeric: true });
        return down ? -way : way;
      };
      body.append(...[...body.rows].sort(order));
    });
  });
}
