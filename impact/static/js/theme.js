// Runs before the page is drawn, so that a chosen theme never flashes. Without it the system's preference rules.
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage is closed to us: the system's preference stays.
}
